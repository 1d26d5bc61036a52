"""Daily copies: a failed one leaves nothing and is said, and no good one is deleted for a bad one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.operations.backup_failures import backup_failure
from bot.operations.backups import Copied, DailyBackups, back_up, copy_all
from bot.operations.health import Check, Level, health_of
from bot.settings.config import Settings
from bot.settings.office import Office
from storage.database import Database
from storage.file_folder import put
from storage.files import trouble_with_folder
from storage.operations.copying import looks_whole
from storage.operations.upgrading import prepare
from tests.bot.fieldwork_world import utc
from tests.disks import small_disk

NOW = utc("2018-08-12T10:00")
DAY = timedelta(days=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'followup.sqlite3'}")
    prepare(database, NOW)
    yield database
    database.close()


def office_with(folder: Path) -> Office:
    return Settings.model_validate({"backups": {"folder": folder}}).office_of()


def copies(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def check_of(database: Database, folder: Path, now: datetime) -> Check:
    found = health_of(database, office_with(folder), now).checks
    return next(one for one in found if one.name == "backup")


def test_a_full_folder_gets_no_empty_copies_and_no_good_one_is_deleted(
    database: Database, tmp_path: Path
) -> None:
    backups = DailyBackups(tmp_path / "copies", keep=2)
    for day in range(2):
        back_up(database, backups, None, NOW + day * DAY)
    good = copies(backups.folder)
    with small_disk(20_000):
        for minute in range(5):
            back_up(database, backups, None, NOW + 2 * DAY + timedelta(minutes=minute))
    assert copies(backups.folder) == good
    back_up(database, backups, None, NOW + 3 * DAY)
    kept = copies(backups.folder)
    assert kept == [good[1], "followup-20180815T100000Z.sqlite3"]
    assert all(looks_whole(backups.folder / one) for one in kept)


def test_files_that_are_no_whole_copies_do_not_count(database: Database, tmp_path: Path) -> None:
    backups = DailyBackups(tmp_path / "copies", keep=2)
    back_up(database, backups, None, NOW)
    empty = [f"followup-20180813T1000{second:02}Z.sqlite3" for second in range(3)]
    for name in empty:
        (backups.folder / name).touch()
    back_up(database, backups, None, NOW + 2 * DAY)
    whole = ["followup-20180812T100000Z.sqlite3", "followup-20180814T100000Z.sqlite3"]
    assert copies(backups.folder) == sorted([*whole, *empty])


def test_two_copies_of_one_second_are_two(database: Database, tmp_path: Path) -> None:
    backups = DailyBackups(tmp_path / "copies", keep=5)
    for _ in range(2):
        back_up(database, backups, None, NOW)
    assert len(copies(backups.folder)) == 2


def test_a_clock_that_was_wrong_does_not_push_out_new_copies(
    database: Database, tmp_path: Path
) -> None:
    backups = DailyBackups(tmp_path / "copies", keep=2)
    for moment in (NOW + 300 * DAY, NOW + 301 * DAY, NOW, NOW + DAY):
        back_up(database, backups, None, moment)
    assert copies(backups.folder) == [
        "followup-20180812T100000Z.sqlite3",
        "followup-20180813T100000Z.sqlite3",
    ]


def test_what_killed_processes_have_left_goes_after_a_day(
    database: Database, tmp_path: Path
) -> None:
    backups = DailyBackups(tmp_path / "copies", keep=2)
    backups.folder.mkdir()
    (backups.folder / ".followup-abc").touch()
    back_up(database, backups, None, datetime.now(NOW.tzinfo))
    assert len(copies(backups.folder)) == 2
    back_up(database, backups, None, datetime.now(NOW.tzinfo) + 2 * DAY)
    assert ".followup-abc" not in copies(backups.folder)


def test_a_copy_gets_its_name_after_its_files(database: Database, tmp_path: Path) -> None:
    """Whoever kills the process at any step leaves no copy that counts and lacks files."""
    place, office = tmp_path / "copies" / "followup-1.sqlite3", office_with(tmp_path / "copies")
    office = replace(office, files=replace(office.files, folder=tmp_path / "files"))
    put(office.files.folder, b"a certificate")
    place.parent.mkdir()
    there: list[bool] = []
    made = copy_all(database, office, place, lambda: there.append(place.exists()))
    assert made == Copied(place, 1)
    assert len(there) > 1
    assert not any(there)
    assert looks_whole(place)


def test_a_folder_of_files_without_its_database_goes_after_a_day(
    database: Database, tmp_path: Path
) -> None:
    backups = DailyBackups(tmp_path / "copies", keep=2)
    left = backups.folder / "followup-20180801T100000Z.sqlite3.files"
    left.mkdir(parents=True)
    back_up(database, backups, None, datetime.now(NOW.tzinfo))
    assert left.exists()
    back_up(database, backups, None, datetime.now(NOW.tzinfo) + 2 * DAY)
    assert not left.exists()


def test_the_doctor_says_where_no_copy_can_be_written_and_why(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "file" / "copies"
    (tmp_path / "file").touch()
    backups = DailyBackups(folder, keep=2)
    back_up(database, backups, None, NOW)
    found = check_of(database, folder, NOW + timedelta(hours=3))
    assert found.level is Level.WRONG
    assert found.says == f"No copy could be written to {folder}: Not a directory, 3 hours ago."
    assert "backups.folder" in found.fix
    assert trouble_with_folder(folder) == "Not a directory"
    (tmp_path / "file").unlink()
    assert trouble_with_folder(folder) == ""
    back_up(database, backups, None, NOW + DAY)
    assert database.read(backup_failure, NOW) is None
    assert check_of(database, folder, NOW + DAY).level is Level.FINE
