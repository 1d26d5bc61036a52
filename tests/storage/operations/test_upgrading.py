"""Preparing a database: created, migrated, backed up, refused."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.engine.interfaces import ReflectedIndex

from storage.database import Database
from storage.operations.copying import backup
from storage.operations.upgrading import MIGRATIONS, SchemaTooNew, prepare
from storage.schema import REVISION, metadata
from surveys.problems import BadInput

NOW = datetime(2018, 2, 9, 12, tzinfo=UTC)


def differences(connection: Connection, wanted: MetaData) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, wanted))


def described(connection: Connection) -> dict[str, object]:
    """Return the reflected tables of a database, sorted."""
    found = inspect(connection)
    return {
        table: {
            "columns": [{**one, "type": repr(one["type"])} for one in found.get_columns(table)],
            "primary": found.get_pk_constraint(table),
            "foreign": sorted(found.get_foreign_keys(table), key=str),
            "unique": sorted(found.get_unique_constraints(table), key=str),
            "indexes": sorted(map(_index, found.get_indexes(table)), key=str),
        }
        for table in sorted(found.get_table_names())
        if table != "alembic_version"
    }


def _index(found: ReflectedIndex) -> dict[str, object]:
    """Return an index with the conditions of partial ones as text."""
    options = {name: str(value) for name, value in found.get("dialect_options", {}).items()}
    return {**found, "dialect_options": options}


NAMES = {
    "sqlite": "SELECT type, tbl_name, name FROM sqlite_master",
    "postgresql": (
        "SELECT relkind::text, coalesce(indrelid::regclass::text, ''), relname::text "
        "FROM pg_class LEFT JOIN pg_index ON indexrelid = pg_class.oid "
        "WHERE relnamespace = 'public'::regnamespace "
        "UNION ALL SELECT contype::text, conrelid::regclass::text, conname::text "
        "FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
        "UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname::text "
        "FROM pg_trigger WHERE NOT tgisinternal"
    ),
}


def names(connection: Connection) -> list[tuple[str, ...]]:
    """Return kind, table and name of everything in a database except Alembic's own table."""
    found = connection.execute(text(NAMES[connection.dialect.name]))
    return sorted(tuple(row) for row in found if "alembic_version" not in str(row))


def test_a_migrated_schema_is_the_one_of_the_code(empty_url: str) -> None:
    database = Database(empty_url)
    prepare(database, NOW)
    assert database.read(differences, metadata) == []
    database.close()


def test_the_revision_of_the_code_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_a_migrated_schema_equals_one_made_from_nothing(empty_url: str) -> None:
    database = Database(empty_url)
    prepare(database, NOW)
    migrated = database.read(described)
    migrated_names = database.read(names)
    database.run(metadata.drop_all)
    database.run(metadata.create_all)
    assert database.read(described) == migrated
    assert database.read(names) == migrated_names
    assert len(migrated) == len(metadata.tables)
    database.close()


def test_preparing_again_changes_nothing_and_saves_nothing(database: Database) -> None:
    assert prepare(database, NOW) is None
    assert prepare(database, NOW) is None


def test_two_processes_may_prepare_one_new_database_at_once(empty_url: str) -> None:
    databases = [Database(empty_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: prepare(one, NOW), databases)) == [None] * 4
    assert databases[0].read(differences, metadata) == []
    for database in databases:
        database.close()


def test_a_database_of_a_later_version_is_refused_and_left_alone(database: Database) -> None:
    database.run(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(SchemaTooNew, match="later version"):
        prepare(database, NOW)
    left = database.read(lambda c: c.scalar(text("SELECT version_num FROM alembic_version")))
    assert left == "9999"


def test_a_new_sqlite_file_and_what_stands_beside_it_is_its_owners_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    prepare(database, NOW)
    database.run(lambda c: c.execute(text("CREATE TABLE extra (a INTEGER)")))
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files][:1] == ["new.sqlite3"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    database.close()


def test_a_file_that_cannot_be_made_is_named_with_a_way_out(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'missing' / 'new.sqlite3'}")
    with pytest.raises(BadInput, match=r"missing/new\.sqlite3.*Make its folder first"):
        prepare(database, NOW)


def test_an_old_sqlite_database_is_saved_before_it_is_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "followup.sqlite3"
    database = Database(f"sqlite:///{path}")
    prepare(database, NOW)
    database.run(lambda c: c.execute(text("CREATE TABLE kept (a INTEGER)")))
    add_a_revision(monkeypatch, tmp_path)
    saved = prepare(database, NOW)
    assert saved == tmp_path / "followup.sqlite3.20180209T120000Z.backup"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with closing(sqlite3.connect(saved)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,)
        assert copy.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    now = database.read(lambda c: c.scalar(text("SELECT version_num FROM alembic_version")))
    assert now == "9000"
    database.close()


EXTRA = "op.add_column('workshops', sa.Column('extra', sa.Text()))"


def add_a_revision(monkeypatch: pytest.MonkeyPatch, folder: Path, does: str = EXTRA) -> None:
    """Let the program be one revision further on than the database."""
    from alembic.config import Config

    import storage.operations.upgrading

    versions = folder / "versions"
    versions.mkdir(parents=True)
    (versions / "9000_next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9000'\ndown_revision = '{REVISION}'\n"
        f"def upgrade():\n    {does}\n"
    )
    here = storage.operations.upgrading.MIGRATIONS

    def config() -> Config:
        config = Config()
        config.set_main_option("script_location", str(here))
        config.set_main_option("path_separator", "os")
        config.set_main_option("version_locations", f"{here / 'versions'}:{versions}")
        return config

    monkeypatch.setattr(storage.operations.upgrading, "_config", config)
    monkeypatch.setattr(storage.operations.upgrading, "REVISION", "9000")


def test_a_database_in_use_is_copied_whole(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'followup.sqlite3'}")
    prepare(database, NOW)
    database.run(lambda c: c.execute(text("CREATE TABLE kept AS SELECT 1 AS a")))
    copies = []

    def write_and_copy(connection: Connection) -> None:
        connection.execute(text("UPDATE kept SET a = 2"))
        copies.append(backup(database, tmp_path / "copy.sqlite3"))

    database.run(write_and_copy)
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("SELECT a FROM kept").fetchone() == (1,)
    database.close()
