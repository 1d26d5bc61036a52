"""Copies that administrators make at any time: in another process, whole, and the oldest go."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.operations.backup_failures import backup_failure
from bot.operations.copies import (
    copy_named,
    copy_now,
    give_copy,
    goes_for_a_new_one,
    list_copies,
)
from bot.operations.copy_process import copy_apart
from bot.runtime.transactions import Transactions
from bot.settings.office import Office, ShownFiles, Watch
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.next_contact import Rules
from storage.file_folder import put
from storage.office.audit import Act, entries_of
from storage.operations.heartbeats import BACKUP, last_heartbeats
from tests.bot.fieldwork_world import utc

NOW = utc("2018-08-12T10:00")
KEPT = 1


def untold(_done: int, _total: int) -> None:
    """Listen to nothing."""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    watch, files = Watch(copies=tmp_path / "copies", keep=KEPT), ShownFiles(tmp_path / "files")
    return Office(Rules({}, ("demo",)), watch=watch, files=files).acting_as("S-ANN")


@pytest.fixture
async def transactions(sqlite_url: str) -> AsyncIterator[Transactions]:
    working = Transactions(Database(sqlite_url))
    yield working
    working.close()


def puts(office: Office, *days: int) -> None:
    """Put copies of some days before into the folder: whole, but for a cut one."""
    assert office.watch.copies
    office.watch.copies.mkdir(exist_ok=True)
    for one in days:
        name = f"followup-{NOW - timedelta(days=one):%Y%m%dT%H%M%SZ}.sqlite3"
        (office.watch.copies / name).write_bytes(b"SQLite format 3\0 cut off")


async def test_a_copy_tells_how_far_it_is_and_the_oldest_goes(
    transactions: Transactions, office: Office
) -> None:
    """Takes seconds: a process begins for each copy."""
    heard: list[tuple[int, int]] = []
    put(office.files.folder, b"a certificate")
    first = await copy_now(transactions, office, NOW, lambda *one: heard.append(one))
    later = NOW + timedelta(days=9)
    assert goes_for_a_new_one(office, later) == [first]
    made = await copy_now(transactions, office, later, untold)
    assert list_copies(office) == [made]
    assert (made.whole, made.made_at, made.files) == (True, later, 1)
    assert len(list(made.path.parent.iterdir())) == 2  # no file of the copy that went
    assert made.size == made.path.stat().st_size
    done, total = heard[0]
    assert done == total > 10
    assert (await transactions.read(last_heartbeats, later))[BACKUP] == later
    lines = await transactions.read(entries_of, Act.COPIED)
    assert [one.who for one in lines] == ["S-ANN"] * 2


async def test_one_that_fails_leaves_nothing_and_is_said(
    transactions: Transactions, office: Office
) -> None:
    assert office.watch.copies
    puts(office, 1)
    source = transactions.database.path
    assert source is not None
    source.write_bytes(b"no database any more")
    with pytest.raises(OSError, match=r"followup-new"):
        await copy_apart(source, office.watch.copies / "followup-new.sqlite3", untold)
    assert [one.whole for one in list_copies(office)] == [False]
    assert len(list(office.watch.copies.iterdir())) == 1


async def test_a_folder_that_is_a_file_is_said(transactions: Transactions, office: Office) -> None:
    assert office.watch.copies
    office.watch.copies.write_text("in the way")
    with pytest.raises(Conflict, match=r"No copy could be written to .*: File exists"):
        await copy_now(transactions, office, NOW, untold)
    assert await transactions.read(backup_failure, NOW) is not None


async def test_what_is_given_up_ends_its_process_and_leaves_no_copy(
    transactions: Transactions, office: Office
) -> None:
    def ends(_done: int, _total: int) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await copy_now(transactions, office, NOW, ends)
    assert list_copies(office) == []


async def test_only_whole_copies_of_the_folder_are_given_and_noted_before(
    transactions: Transactions, office: Office, tmp_path: Path
) -> None:
    made = await copy_now(transactions, office, NOW, untold)
    puts(office, 1)
    (tmp_path / "followup-x.sqlite3").write_bytes(made.path.read_bytes())
    assert office.watch.copies
    (office.watch.copies / "followup-y.sqlite3").symlink_to(made.path)
    cut = list_copies(office)[-1].path.name
    for name in (cut, "../followup-x.sqlite3", "followup-y.sqlite3", "", ".."):
        with pytest.raises(NotFound):
            copy_named(office, name)
    found = await transactions.write(give_copy, office, made.path.name, NOW)
    assert found == made
    (line,) = await transactions.read(entries_of, Act.COPY_GIVEN)
    assert (line.who, line.about) == ("S-ANN", made.path.name)
