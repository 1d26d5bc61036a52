"""A database of the version before is migrated: no row is lost, and all names are the new ones."""

import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.database import Conflict, Database
from storage.due_workshops import due_rows, mark_due
from storage.operations.heartbeats import BACKUP, TICK, last_heartbeats
from storage.operations.process_leases import ProcessLease
from storage.operations.restoring import restore
from storage.operations.upgrading import SchemaState, prepare, schema_state
from storage.schema import metadata
from tests.databases import LAST_ROUND, put_earlier
from tests.storage.operations.test_upgrading import described, differences, names

NOW = datetime(2018, 6, 18, 12, tzinfo=UTC)
RENAMED = {
    "looks": "due_workshops",
    "beats": "heartbeats",
    "guesses": "failed_codes",
    "accepted_languages": "language_fallbacks",
    "report_versions": "report_statuses",
}
COLUMNS = {"half_way_told_at": "midpoint_told_at"}
ADDED = {"text_number", "text_at"}
"""Columns that no earlier version has."""
Rows = dict[str, list[str]]


@pytest.fixture
def earlier(empty_url: str) -> Iterator[Database]:
    """A small office in the middle of a wave, as the version before has left it."""
    database = put_earlier(empty_url, "0001")
    yield database
    database.close()


def rows(connection: Connection) -> Rows:
    """All rows of all tables, by the names that the tables have today."""
    tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {
        RENAMED.get(name, name): sorted(
            str(sorted((COLUMNS.get(k, k), value) for k, value in row.items() if k not in ADDED))
            for row in connection.execute(text(f"SELECT * FROM {name}")).mappings()
        )
        for name in tables
    }


def test_every_row_is_there_after_the_migration(earlier: Database) -> None:
    before = earlier.read(rows)
    assert schema_state(earlier) is SchemaState.OLDER
    prepare(earlier, NOW)
    assert schema_state(earlier) is SchemaState.PRESENT
    assert earlier.read(rows) == before
    assert set(before) == set(metadata.tables)
    assert [name for name, found in before.items() if not found] == []


def test_the_migrated_schema_equals_a_new_one_in_every_name(earlier: Database) -> None:
    prepare(earlier, NOW)
    assert earlier.read(differences, metadata) == []
    migrated = earlier.read(described), earlier.read(names)
    earlier.run(metadata.drop_all)
    earlier.run(metadata.create_all)
    assert (earlier.read(described), earlier.read(names)) == migrated
    left = str(migrated)
    assert [old for old in RENAMED if re.search(rf"(\b|_){old}(\b|_)", left)] == []


def test_new_rows_get_new_numbers_in_a_renamed_table(earlier: Database) -> None:
    prepare(earlier, NOW)
    before = earlier.read(due_rows, "RM-2017")
    earlier.run(mark_due, ["RM-2017"])
    (number,) = set(earlier.read(due_rows, "RM-2017")) - set(before)
    assert number > max(before)


def test_the_audit_log_still_refuses_changes(earlier: Database) -> None:
    prepare(earlier, NOW)
    for change in ("UPDATE audit SET who = 'nobody'", "DELETE FROM audit"):
        with pytest.raises(DBAPIError, match="the audit log is append-only"):
            earlier.run(lambda connection, change=change: connection.execute(text(change)))


def test_a_sqlite_file_that_a_running_bot_uses_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "followup.sqlite3"
    database = put_earlier(f"sqlite:///{path}", "0001")
    bot = ProcessLease(database)
    bot.enter()
    with pytest.raises(Conflict, match=r"uses followup\.sqlite3 already\. Stop it first"):
        prepare(database, NOW)
    assert schema_state(database) is SchemaState.OLDER
    assert not list(tmp_path.glob("*.backup"))
    bot.leave()
    assert prepare(database, NOW) is not None
    assert schema_state(database) is SchemaState.PRESENT
    database.close()


def test_a_sqlite_file_is_copied_before_and_the_copy_can_be_restored(tmp_path: Path) -> None:
    path = tmp_path / "followup.sqlite3"
    database = put_earlier(f"sqlite:///{path}", "0001")
    saved = prepare(database, NOW)
    database.close()
    assert saved == tmp_path / "followup.sqlite3.20180618T120000Z.backup"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with closing(sqlite3.connect(saved)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT count(*) FROM looks").fetchone() == (3,)
    _, signs = restore(path, saved, NOW, last_heartbeats)
    last = datetime.fromisoformat(LAST_ROUND).replace(tzinfo=UTC)
    assert (signs[TICK], signs[BACKUP]) == (last, last)
