"""Every write of storage is done twice at once, on both databases: one effect, and no fault.

Two people, two processes or one person with two thumbs do the same at the same moment. The second
transaction begins while the first has done its work and is not committed yet. In the end the rows
are those of one after the other, and whoever was second is told so by a Conflict at most.
"""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, select

from bot.runtime.opening import put_packaged
from storage.database import Conflict, Database
from storage.instruments.questionnaires import list_questionnaires
from storage.office.staff import StaffRole, chats_of, find_member, join, member_with
from storage.operations.upgrading import prepare
from surveys.authoring.packaged import packaged_keys
from surveys.planning.administrations import packaged_administrations
from tests.patience import PATIENCE
from tests.postgresql import create_database
from tests.storage.discovery import writing_functions
from tests.storage.everything import filled_tables
from tests.storage.world import NOW
from tests.storage.writes import CALLS, LATER, Call, Filled, filled
from tests.templates import copied

Work = Callable[[Connection], None]
SOON = 0.05
"""Seconds for the second transaction to come as far as it can before the first is committed."""
IN_ORDER = sorted(CALLS, key=lambda one: (one.__module__, one.__name__))
NAMES = [f"{one.__module__.removeprefix('storage.')}.{one.__name__}" for one in IN_ORDER]


@pytest.fixture(scope="session")
def sqlite_filled(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Filled]:
    """A SQLite file with a row of most kinds, to copy from, and what is in it."""
    path = tmp_path_factory.mktemp("filled") / "filled.sqlite3"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    rows = database.run(filled)
    database.close()
    return path, rows


@pytest.fixture(scope="session")
def postgresql_filled(
    postgresql: Engine, postgresql_template: str, worker_id: str
) -> tuple[str, Filled]:
    """The name of a PostgreSQL database with the same rows."""
    name = f"filled_{worker_id}"
    database = Database(create_database(postgresql, name, postgresql_template))
    rows = database.run(filled)
    database.close()
    return name, rows


@pytest.fixture
def in_turn(sqlite_filled: tuple[Path, Filled], tmp_path: Path) -> Iterator[Database]:
    """The database on which a write is done twice, one after the other."""
    yield from copy_in(tmp_path / "in_turn.sqlite3", sqlite_filled[0])


@pytest.fixture
def at_once_on_sqlite(sqlite_filled: tuple[Path, Filled], tmp_path: Path) -> Iterator[Database]:
    """A SQLite database on which it is done twice at once."""
    yield from copy_in(tmp_path / "at_once.sqlite3", sqlite_filled[0])


def copy_in(path: Path, filled: Path) -> Iterator[Database]:
    """Yield a copy of a SQLite database with rows, in a file of its own."""
    shutil.copy(filled, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def at_once_on_postgresql(
    postgresql: Engine, postgresql_filled: tuple[str, Filled], worker_id: str
) -> Iterator[Database]:
    """A PostgreSQL database on which it is done twice at once."""
    for url in copied(postgresql, postgresql_filled[0], worker_id):
        database = Database(url)
        yield database
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def at_once(request: pytest.FixtureRequest) -> Database:
    """Each of the two, one after the other."""
    found: Database = request.getfixturevalue(f"at_once_on_{request.param}")
    return found


def test_every_write_of_storage_is_done_twice_below() -> None:
    assert writing_functions() - set(CALLS) == set()


@pytest.mark.parametrize("write", IN_ORDER, ids=NAMES)
def test_a_write_that_happens_twice_at_once_has_the_effect_of_one_after_the_other(
    write: Callable[..., Any],
    in_turn: Database,
    at_once_on_sqlite: Database,
    at_once_on_postgresql: Database,
    sqlite_filled: tuple[Path, Filled],
) -> None:
    call = partial(done, CALLS[write], sqlite_filled[1])
    one_after_the_other = sorted(answer(partial(in_turn.run, call)) for _ in range(2))
    left = in_turn.read(rows)
    for at_once in (at_once_on_sqlite, at_once_on_postgresql):
        assert both_at_once(at_once, call) == one_after_the_other
        assert at_once.read(rows) == left


def done(call: Call, filled: Filled, connection: Connection) -> None:
    call(connection, filled)


def answer(run: Callable[[], object]) -> str:
    """Return how a write ended: done, or refused with a Conflict."""
    try:
        run()
    except Conflict:
        return "conflict"
    return "done"


def both_at_once(database: Database, call: Work, second: Work | None = None) -> list[str]:
    """Run a write while the same one, or a second one, is not committed; return how both ended."""
    with ThreadPoolExecutor(1) as other:
        begun: list[Future[str]] = []

        def first(connection: Connection) -> None:
            call(connection)
            if not begun:
                begun.append(other.submit(answer, partial(database.run, second or call)))
                wait(begun, timeout=SOON)

        return sorted([answer(partial(database.run, first)), begun[0].result(timeout=PATIENCE)])


def rows(connection: Connection) -> dict[str, list[str]]:
    """Return all rows by table, without their own numbers, which leave gaps on PostgreSQL.

    Of the rows that make a workshop due, one does as much as two.
    """
    found = {table.name: _rows_of(connection, table) for table in filled_tables(connection)}
    return found | {"due_workshops": sorted(set(found.get("due_workshops", ())))}


def _rows_of(connection: Connection, table: Table) -> list[str]:
    return sorted(
        str([(key, value) for key, value in row.items() if key != "id"])
        for row in connection.execute(select(table)).mappings()
    )


def test_two_codes_of_staff_in_one_chat_at_once_leave_one_member_there(at_once: Database) -> None:
    def joins(code: str) -> Callable[[Connection], None]:
        def work(connection: Connection) -> None:
            join(connection, member_with(connection, code), ("demo", "77"), LATER)

        return work

    assert both_at_once(at_once, joins("S-EVA"), joins("S-FAY")) == ["done", "done"]
    assert at_once.read(find_member, "demo", "77") is not None
    assert at_once.read(chats_of, StaffRole.ORGANISER).count(("demo", "77")) == 1


def test_a_first_start_of_two_processes_at_once_fills_one_database(empty_url: str) -> None:
    known = list(packaged_administrations().values())
    twins = [Database(empty_url), Database(empty_url)]

    def start(database: Database) -> None:
        prepare(database, NOW)
        database.run(put_packaged, known, NOW)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(start, twins))
    published = twins[0].read(list_questionnaires)
    assert len({one.key for one in published}) == len(published) == len(packaged_keys())
    for twin in twins:
        twin.close()
