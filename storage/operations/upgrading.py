"""Migrate a database to the present schema with Alembic; a SQLite file is backed up first."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from storage.database import Database
from storage.operations.process_leases import check_not_running
from storage.schema import REVISION
from surveys.problems import BadInput, Problem

if TYPE_CHECKING:
    # Alembic takes longer to import than a command to run: it is read only where a schema is old.
    from alembic.config import Config
    from alembic.script import ScriptDirectory

TOO_NEW = (
    "The {database} is of a later version than this program. "
    "Install the later version, or use another {database}."
)
MIGRATIONS = Path(str(files("storage") / "migrations"))
MIGRATING = 20170209
"""PostgreSQL: the key of the advisory lock that the migrating process holds."""


class SchemaTooNew(Exception):
    """The database was made by a later version of this program."""


def prepare(database: Database, now: datetime) -> Path | None:
    """Migrate a database to the present schema; return the backup made before, if one was needed.

    A new database is created. Raises SchemaTooNew for a database of a later version, Conflict while
    a bot uses a SQLite database of an earlier one, and BadInput if its file cannot be created. Two
    processes may do this at once.
    """
    if database.path is not None and not database.path.exists():
        _private_file(database.path)
    state = schema_state(database)
    if state is SchemaState.PRESENT:
        return None
    if state is SchemaState.NEWER:
        raise SchemaTooNew(TOO_NEW.format(database="database"))
    from alembic import command

    older = state is SchemaState.OLDER
    if older and database.path is not None:
        # A running bot of the earlier version would no longer find its tables.
        check_not_running(database.path)
    saved = backup(database, _backup_path(database, now)) if older else None
    config = _config()
    with database.unlimited() as connection:
        if not database.is_sqlite:
            # SQLite has one writer anyway. Alembic reads the revision again once it has the lock.
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATING}
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return saved


class SchemaState(StrEnum):
    """How the schema of a database compares with this program."""

    MISSING = "missing"
    OLDER = "older"
    PRESENT = "present"
    NEWER = "newer"


def schema_state(database: Database) -> SchemaState:
    """Return how the schema of a database compares with this program; nothing is changed."""
    if database.path is not None and not database.path.exists():
        return SchemaState.MISSING
    found = database.read(_revision)
    if found is None:
        return SchemaState.MISSING
    if found == REVISION:
        return SchemaState.PRESENT
    known = {revision.revision for revision in _scripts().walk_revisions()}
    return SchemaState.OLDER if found in known else SchemaState.NEWER


def backup(database: Database, to: Path | None) -> Path | None:
    """Copy a SQLite database, which may be in use, to a file; None for other databases."""
    if database.path is None or to is None:
        return None
    copy_file(database.path, to)
    return to


def copy_file(source: Path, to: Path) -> None:
    """Copy a SQLite file, which may be in use, to a file that only its owner can read."""
    _private_file(to)
    with closing(sqlite3.connect(source)) as present, closing(sqlite3.connect(to)) as copy:
        present.backup(copy)


def _private_file(path: Path) -> None:
    """Create a file that only its owner can read, before anything is written to it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        message = f"The file of the database cannot be made: {error.strerror}."
        fix = "Make its folder first, or name another file."
        raise BadInput((Problem(str(path), "", message, fix=fix),)) from None
    path.chmod(0o600)


def _backup_path(database: Database, now: datetime) -> Path | None:
    path = database.path
    return path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%SZ}.backup") if path else None


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _scripts() -> "ScriptDirectory":
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
