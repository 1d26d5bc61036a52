"""Files of anchors at the desk: added to a claim, saved with a trace, removed; never shown on a page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.measures.verification import claims
from bot.desk.reports.evidence import confirm_with_file
from bot.desk.reports.verification import Inspection
from bot.settings.office import ShownFiles
from storage.database import Database
from storage.office.audit import Act, entries_of
from storage.office.staff import StaffRole
from storage.responses.shown_files import files_of_workshop
from tests.analysis.builder import CUT_OFF, Story
from tests.bot.web.desk.offices import AT_EASE
from tests.bot.web.desk.told_office import ToldOffice
from tests.bot.web.desk.window import Window
from tests.shown_files import PDF, picture

PAGE = "/desk/reports/W/anchors"
ADD = "Add a file … to unit of case 3"
FILE = ("Adas order.pdf", PDF, "text/html")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ToldOffice]:
    """One officer tells of a new unit."""
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    story = Story(url).workshop("W")
    told = {"anchor_status_unit": "new", "title_unit": "Order 45 of 2018"}
    story.answers(story.person("W", "FJ"), "M6", anchors="unit", **told)
    story.connection.commit()
    story.close()
    office = ToldOffice(Database(url))
    folder = tmp_path / "files"
    office.office = replace(office.office, files=ShownFiles(folder))
    office.app = office.doors(AT_EASE)
    office.now = CUT_OFF
    yield office
    office.transactions.close()


def kept(office: ToldOffice) -> list[Path]:
    folder = office.office.files.folder
    return sorted(folder.iterdir()) if folder.is_dir() else []


def grade(office: ToldOffice) -> str:
    (one,) = office.database.read(claims, "W", office.now)
    return one.grade


async def with_file(office: ToldOffice, file: tuple[str, bytes, str] = FILE) -> Window:
    ana = await office.signs_in()
    await ana.opens(PAGE)
    await ana.follows(ADD)
    return await ana.presses("Add it", file, how="Order 45, by e-mail")


async def test_a_file_confirms_a_claim_and_its_undo_removes_both(office: ToldOffice) -> None:
    ana = await with_file(office)
    assert "File 1 is kept for unit of case 3." in ana.note
    assert grade(office) == "document seen"
    assert [one.read_bytes() for one in kept(office)] == [PDF]
    assert "Adas order" not in ana.answer.text
    await ana.presses("Undo")
    assert "is removed" in ana.note
    assert kept(office) == []
    assert grade(office) == "described"


async def test_a_file_is_only_saved_under_a_name_of_the_office_and_each_opening_is_noted(
    office: ToldOffice,
) -> None:
    ana = await with_file(office)
    await ana.opens(PAGE)
    await ana.follows("File 1, PDF of unit, case 3")
    assert ana.answer.content == PDF
    headers = ana.answer.headers
    assert headers["content-disposition"] == 'attachment; filename="W-case-3-file-1.pdf"'
    assert headers["content-type"] == "application/pdf"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    (opened,) = office.database.read(entries_of, Act.FILE_OPENED)
    assert (opened.about, opened.counts) == ("W case 3 unit", {"file": 1})


async def test_a_file_is_removed_for_good_after_a_question(office: ToldOffice) -> None:
    ana = await with_file(office)
    await ana.opens(PAGE)
    assert "Not seen unit of case 3" not in ana.buttons
    await ana.follows("Remove file 1 …")
    assert "cannot be brought back" in ana.panel
    await ana.presses("Remove it")
    assert kept(office) == []
    assert (await ana.opens("/desk/reports/W/files/1")).status == 404


async def test_what_is_no_document_is_refused_in_words(office: ToldOffice) -> None:
    ana = await with_file(office, ("order.pdf", b"MZ a program", "application/pdf"))
    assert "none of PDF, JPEG, PNG and Word" in ana.errors
    assert "Order 45, by e-mail" in ana.answer.text
    await ana.presses("Add it", ("order.png", picture("PNG"), "image/png"))
    assert "File 1 is kept" in ana.note


async def test_a_file_of_three_megabytes_is_taken_and_one_of_eleven_is_not(
    office: ToldOffice,
) -> None:
    large = PDF[:-6] + b" " * 3_000_000 + PDF[-6:]
    ana = await with_file(office, ("order.pdf", large, "application/pdf"))
    assert "File 1 is kept" in ana.note
    await ana.opens(PAGE)
    await ana.follows(ADD)
    await ana.presses("Add it", ("order.pdf", PDF + b" " * 12_000_000, "x/y"), how="Order 45")
    assert ana.status == 413


async def test_a_manager_is_given_no_file(office: ToldOffice) -> None:
    await with_file(office)
    eva = await office.signs_in("Eva", StaffRole.MANAGER)
    assert (await eva.opens("/desk/reports/W/files/1")).status == 403


class LosesAnswers:
    """A database whose answers do not arrive: what was written stays."""

    def __init__(self, database: Database) -> None:
        self._database, self.read = database, database.read

    def run(self, *given: Any, **more: Any) -> Any:
        self._database.run(*given, **more)
        raise OSError


def test_a_file_stays_when_nobody_heard_that_its_row_was_stored(office: ToldOffice) -> None:
    lost = LosesAnswers(office.database)
    given = (office.office, (3, "unit"), Inspection("Ana", "Order 45"), PDF, office.now)
    with pytest.raises(OSError):
        confirm_with_file(lost, *given)
    (file,) = office.database.read(files_of_workshop, "W")
    assert [one.name for one in kept(office)] == [file.name]
