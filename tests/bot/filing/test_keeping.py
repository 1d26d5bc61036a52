"""Files outside the database: nothing with a row is missing, and nothing without one stays for ever."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.filing.checking import Refused
from bot.filing.keeping import content_of, keep, remove_forgotten, remove_lost
from bot.operations.file_checks import files
from bot.operations.housekeeping import Housekeeping
from bot.settings.office import Office, ShownFiles
from storage.database import Conflict, Database
from storage.fieldwork.case_changes import move_answers
from storage.fieldwork.cases import open_case
from storage.operations.upgrading import prepare
from storage.responses.shown_files import (
    ANSWER,
    CLAIM,
    Belongs,
    add_file,
    files_of_person,
    forget_file,
    forget_files_of,
    get_file,
)
from storage.responses.verifications import (
    add_verification,
    find_verification,
    withdraw_verification,
)
from tests.shown_files import PDF
from tests.storage.world import NOW, World, made
from tests.storage.writes import RULES

DAYS = timedelta(days=2)


class Kept:
    """A small world with an office that keeps files."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'followup.sqlite3'}")
        prepare(self.database, NOW)
        self.world: World = self.database.run(made)
        self.office = replace(Office(RULES), files=ShownFiles(folder / "files"))

    def add(self, about: str = CLAIM, item: str = "sop") -> int:
        kept = keep(self.office, PDF)
        belongs = Belongs(self.world.case, about, item, "Eva")
        return self.database.run(add_file, kept, belongs, NOW)

    def verify(self) -> None:
        self.database.run(add_verification, (self.world.case, "sop"), "Eva", "seen", NOW)

    @property
    def names(self) -> list[str]:
        folder = self.office.files.folder
        return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []

    def age(self, name: str) -> None:
        """Let a file be two days old."""
        past = (NOW - DAYS).timestamp()
        os.utime(self.office.files.folder / name, (past, past))

    def check(self) -> str:
        found = self.database.read(files, self.office, NOW)
        return f"{found.level}: {found.says}"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Kept]:
    kept = Kept(tmp_path)
    yield kept
    kept.database.close()


def test_a_file_is_removed_after_its_row_says_so_and_before_the_row_goes(here: Kept) -> None:
    number = here.add()
    here.database.run(forget_file, number)
    assert len(here.names) == 1
    assert here.database.read(files_of_person, here.world.ada.id) == []
    assert remove_forgotten(here.database, here.office) == 1
    assert here.names == []
    assert remove_forgotten(here.database, here.office) == 0


def test_a_removal_that_was_ended_half_way_is_ended_by_the_next(here: Kept) -> None:
    number = here.add()
    here.database.run(forget_file, number)
    (here.office.files.folder / here.names[0]).unlink()
    assert remove_forgotten(here.database, here.office) == 1


def test_the_daily_work_removes_what_an_ended_process_has_left_after_a_day(here: Kept) -> None:
    here.verify()
    here.add()
    (kept,) = here.names
    keep(here.office, PDF)
    (left,) = set(here.names) - {kept}
    (here.office.files.folder / ".followup-half").write_bytes(b"%PDF")
    assert remove_lost(here.database, here.office, NOW) == 0
    for name in (kept, left, ".followup-half"):
        here.age(name)
    assert here.check() == "look: 2 files that belong to nothing lie in files."
    Housekeeping(here.database, office=here.office).daily(NOW)
    assert here.names == [kept]
    assert here.check() == "fine: 1 file, all there."


def test_a_file_goes_when_its_verification_or_its_answer_is_no_more(here: Kept) -> None:
    here.verify()
    here.add()
    here.add(ANSWER, "photo")
    assert remove_lost(here.database, here.office, NOW) == 1
    seen = here.database.read(find_verification, here.world.case, "sop")
    assert seen is not None
    here.database.run(withdraw_verification, seen.id, "Eva", NOW)
    assert remove_lost(here.database, here.office, NOW) == 1
    assert here.names == []


def test_two_claims_may_show_the_same_file_and_each_keeps_its_own(here: Kept) -> None:
    here.verify()
    here.add()
    number = here.add(item="unit")
    here.database.run(forget_file, number)
    remove_forgotten(here.database, here.office)
    assert len(here.names) == 1
    assert content_of(here.office, here.database.read(get_file, 1)) == PDF


def test_a_file_that_is_missing_is_not_given_and_the_doctor_says_so(here: Kept) -> None:
    here.add()
    file = here.database.read(get_file, 1)
    (here.office.files.folder / file.name).unlink()
    with pytest.raises(Conflict, match="not in the folder"):
        content_of(here.office, file)
    assert here.check() == "wrong: 1 file of 1 cannot be found in files."


def test_a_folder_that_cannot_be_written_is_said_before_the_first_file(here: Kept) -> None:
    folder = here.office.files.folder
    folder.write_text("")
    said = f"wrong: The folder for files, {folder}, cannot be written: Not a directory."
    assert here.check() == said


def test_files_go_with_the_answers_that_are_moved_to_another_case(here: Kept) -> None:
    here.verify()
    here.add()
    world = here.world
    there = here.database.run(open_case, world.wave.id, world.bens.id, NOW)
    here.database.run(move_answers, world.case, there)
    assert here.database.read(get_file, 1).case_id == there
    assert remove_lost(here.database, here.office, NOW) == 0


def test_all_files_of_a_case_can_be_forgotten(here: Kept) -> None:
    here.add()
    here.add(ANSWER, "photo")
    assert here.database.run(forget_files_of, [here.world.case]) == 2
    assert remove_forgotten(here.database, here.office) == 2


def test_what_is_not_taken_leaves_no_file(here: Kept) -> None:
    with pytest.raises(Refused):
        keep(here.office, b"MZ a program")
    assert here.names == []


def test_the_number_of_a_file_that_was_removed_is_no_other_file_s(here: Kept) -> None:
    """An undo of before, or a page that is still open, would be about the other one."""
    numbers = []
    for _ in range(3):
        numbers.append(here.add())
        here.database.run(forget_file, numbers[-1])
        assert remove_forgotten(here.database, here.office) == 1
        assert remove_forgotten(here.database, here.office) == 0
    assert len(set(numbers)) == 3
    assert here.names == []
