"""The database of each version that was in use is opened: copied, migrated, with every row.

And what has been released stays as it is, because databases have passed it.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.database import Database
from storage.operations.upgrading import MIGRATIONS, SchemaState, prepare, schema_state
from storage.schema import REVISION, metadata
from tests.databases import FOLDER, LATER, put_earlier
from tests.storage.operations.test_upgrading import differences

NOW = datetime(2018, 6, 25, 12, tzinfo=UTC)


@pytest.fixture(params=LATER)
def later(request: pytest.FixtureRequest, empty_url: str) -> Iterator[Database]:
    """A small office in the middle of a wave, as the version of this revision has left it."""
    database = put_earlier(empty_url, request.param)
    yield database
    database.close()


def numbers(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    counted = {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in tables}
    return {name: int(number or 0) for name, number in counted.items()}


def test_it_is_migrated_to_the_schema_of_today_and_keeps_every_row(later: Database) -> None:
    before = later.read(numbers)
    prepare(later, NOW)
    assert schema_state(later) is SchemaState.PRESENT
    assert later.read(differences, metadata) == []
    after = later.read(numbers)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("kept", LATER)
def test_the_copy_is_the_whole_file_of_before(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "followup.sqlite3"
    database = put_earlier(f"sqlite:///{path}", kept)
    with closing(sqlite3.connect(path)) as file:
        before = list(file.iterdump())
    saved = prepare(database, NOW)
    database.close()
    if kept == REVISION:
        assert saved is None
        return
    assert saved is not None
    with closing(sqlite3.connect(saved)) as copy:
        assert list(copy.iterdump()) == before


def test_a_released_revision_never_changes_and_new_ones_follow_it() -> None:
    released = [line.split() for line in (FOLDER / "revisions.txt").read_text().splitlines()]
    versions = MIGRATIONS / "versions"
    for name, digest in released:
        content = (versions / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, name
    chain = all_revisions()
    assert chain[: len(released)] == [name.partition("_")[0] for name, _ in released]


def all_revisions() -> list[str]:
    """All revisions from the first one to the last."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    walked = ScriptDirectory.from_config(config).walk_revisions()
    return [one.revision for one in walked][::-1]
