"""An upgrade that fails in the middle, or meets others who use a table, loses and repeats nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.exc import DBAPIError

import storage.operations.upgrading
from storage.database import Conflict, Database
from storage.operations.upgrading import SchemaState, SchemaTooNew, prepare, schema_state
from storage.schema import REVISION
from tests.databases import put_earlier
from tests.storage.operations.test_later_databases import all_revisions, numbers
from tests.storage.operations.test_upgrading import EXTRA, add_a_revision

NOW = datetime(2018, 6, 25, 12, tzinfo=UTC)
BEFORE = "0028"
FAILS = f"{EXTRA}; op.execute('SELECT nothing FROM nowhere')"


@pytest.fixture
def earlier(empty_url: str) -> Iterator[Database]:
    """A small office in the middle of a wave, as an earlier version has left it."""
    database = put_earlier(empty_url, BEFORE)
    yield database
    database.close()


ON_SERVER = pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
"""SQLite has one writer, and all revisions are one transaction."""


def revision(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def test_an_upgrade_that_failed_goes_on_where_it_stopped(
    earlier: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = earlier.read(numbers)
    with monkeypatch.context() as broken:
        add_a_revision(broken, tmp_path / "broken", FAILS)
        with pytest.raises(DBAPIError):
            prepare(earlier, NOW)
    # SQLite takes all revisions or none; PostgreSQL keeps those that were whole.
    assert earlier.read(revision) == (BEFORE if earlier.is_sqlite else REVISION)
    assert "extra" not in columns(earlier)
    add_a_revision(monkeypatch, tmp_path / "mended")
    prepare(earlier, NOW)
    assert earlier.read(revision) == "9000"
    assert "extra" in columns(earlier)
    after = earlier.read(numbers)
    assert {name: after[name] for name in before} == before


def columns(database: Database) -> set[str]:
    return {one["name"] for one in inspect(database.engine).get_columns("workshops")}


@ON_SERVER
def test_each_revision_frees_its_tables_before_the_next_one(earlier: Database) -> None:
    ended: list[str] = []

    def committed(connection: Connection) -> None:
        ended.append(revision(connection))

    event.listen(earlier.engine, "commit", committed)
    prepare(earlier, NOW)
    chain = all_revisions()
    assert sorted(set(ended)) == chain[chain.index(BEFORE) :]


@ON_SERVER
def test_a_table_that_others_use_is_waited_for_in_short_tries(earlier: Database) -> None:
    other = earlier.engine.connect()
    other.execute(text("SELECT * FROM text_changes"))  # holds its lock until the transaction ends
    tries: list[float] = []

    def pause(seconds: float) -> None:
        tries.append(seconds)
        with earlier.engine.connect() as reader:
            # While the upgrade pauses, others have the table: it does not stand in the queue.
            reader.execute(text("LOCK TABLE text_changes IN ROW EXCLUSIVE MODE NOWAIT"))
        if len(tries) == 2:
            other.close()

    prepare(earlier, NOW, pause)
    assert len(tries) == 2
    assert schema_state(earlier) is SchemaState.PRESENT


@ON_SERVER
def test_a_table_that_others_never_give_is_said(
    earlier: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as short, earlier.engine.connect() as other:
        short.setattr(storage.operations.upgrading, "LOCK_MILLISECONDS", 5)
        short.setattr(storage.operations.upgrading, "TRIES", 2)
        other.execute(text("SELECT * FROM text_changes"))
        with pytest.raises(Conflict, match="another program keeps one of its tables"):
            prepare(earlier, NOW, lambda _: None)
    assert earlier.read(revision) == BEFORE
    prepare(earlier, NOW)
    assert schema_state(earlier) is SchemaState.PRESENT


@ON_SERVER
def test_a_later_version_that_was_quicker_is_not_migrated_back(
    earlier: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    quicker = "UPDATE alembic_version SET version_num = '9999'"
    waits = storage.operations.upgrading._wait_for_others

    def overtaken(connection: Connection) -> None:
        earlier.run(lambda other: other.execute(text(quicker)))
        waits(connection)

    monkeypatch.setattr(storage.operations.upgrading, "_wait_for_others", overtaken)
    with pytest.raises(SchemaTooNew):
        prepare(earlier, NOW)
