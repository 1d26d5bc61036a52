"""Files that people have shown: reports and data count them, and tell nothing else of them."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.reports.choices import Wishes
from bot.desk.reports.exporting import export
from bot.desk.reports.reporting import reports
from bot.messaging.messages import Uploaded
from storage.database import Database
from storage.responses.shown_files import files_of_workshop
from tests.bot.participants.test_files_shown import FORM, Folder
from tests.bot.stage import SUVA, shared_template
from tests.shown_files import PDF

FILE_NAME = "Adas secret order.pdf"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_template(tmp_path_factory)


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(template, tmp_path)
    yield folder
    folder.stage.close()


async def answered(folder: Folder) -> Database:
    """Ada has shown a file, Ben has skipped the question."""
    stage = folder.stage
    await stage.publish(FORM)
    stage.at("2018-06-07 12:00")
    ada, ben = await stage.joined("Ada Vea"), await stage.joined("Ben Qalo", "FJ")
    await stage.until_next_message()
    await stage.until_next_message()
    for person in (ada, ben):
        await person.types("/continue")
        await person.taps("Yes")
    await ada.sends(Uploaded(ada.sender, FILE_NAME, PDF, len(PDF), "the order of Ada"))
    await ben.taps("Skip")
    return stage.application.transactions.database


def texts_in(made: bytes) -> str:
    """All text of a file, also of a zip and of zips in it."""
    if not made.startswith(b"PK"):
        return made.decode("utf-8", "replace")
    parts = zipfile.ZipFile(io.BytesIO(made))
    return "\n".join(f"{name}\n{texts_in(parts.read(name))}" for name in parts.namelist())


async def test_who_showed_a_file_is_counted_and_nothing_else_is_told(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    database = await answered(folder)
    stage = folder.stage
    office = stage.application.office
    (kept,) = database.read(files_of_workshop, SUVA.code)
    told = [texts_in(export(database, office, [SUVA.code], stage.now))]
    wishes = Wishes(survey="M6")
    made = reports(
        database, office, [SUVA.code], ["json", "xlsx", "docx", "html"], stage.now, wishes
    )
    told += [texts_in(one) for one in made.values()]
    told += [
        texts_in(made)
        for made in reports(database, office, [SUVA.code], ["json", "txt"], stage.now).values()
    ]
    assert "A file was shown" in told[0]
    for text in (*told, caplog.text):
        for secret in (kept.name, kept.sha256, FILE_NAME, "Adas secret", "the order of Ada"):
            assert secret not in text
