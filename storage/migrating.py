"""Bringing a database to the present schema: Alembic, with a backup first where that is a file."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database


class SchemaTooNew(Exception):
    """The database was made by a later version of this program."""


def prepare(database: Database, now: datetime) -> Path | None:
    """Bring the schema up to date; returns the backup made before, if one was needed.

    A new database is made from nothing. Raises SchemaTooNew for a database of a later version.
    """
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    present = database.read(_revision)
    if present == scripts.get_current_head():
        return None
    known = {revision.revision for revision in scripts.walk_revisions()}
    if present is not None and present not in known:
        raise SchemaTooNew(
            f"The database is of a later version ({present}) than this program. "
            "Install the later version, or use another database."
        )
    saved = backup(database, _backup_path(database, now)) if present else None
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return saved


def backup(database: Database, to: Path | None) -> Path | None:
    """Copy a SQLite database into a file while it is in use; None for other databases."""
    if database.path is None or to is None:
        return None
    with closing(sqlite3.connect(database.path)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    to.chmod(0o600)
    return to


def _backup_path(database: Database, now: datetime) -> Path | None:
    path = database.path
    return path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%SZ}.backup") if path else None


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
