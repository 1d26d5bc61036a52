"""Migrate a database to the present schema with Alembic; a SQLite file is backed up first."""

import os
from datetime import datetime
from enum import StrEnum
from glob import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from storage.database import Conflict, Database
from storage.files import free_name
from storage.operations.copying import backup
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
RESTORING = ".restoring"
"""The end of the name of a copy that is being restored, beside the database."""
LEFT = (
    "{path} is missing or empty, and {found} is beside it: a restore was interrupted. No new "
    "database was made. {fix} To begin with an empty database, move that file away."
)
RESTORE_IT = "`followup restore {found}` puts it in place."
RESTORE_AGAIN = "Restore the copy again: `followup restore COPY`."
MIGRATIONS = Path(str(files("storage") / "migrations"))
MIGRATING = 20170209
"""PostgreSQL: the key of the advisory lock that the migrating process holds."""


class SchemaTooNew(Exception):
    """The database was made by a later version of this program."""


def prepare(database: Database, now: datetime) -> Path | None:
    """Migrate a database to the present schema; return the backup made before, if one was needed.

    A new database is created, except where a restore has left files. Raises Conflict then, and
    while a bot uses a SQLite database of an earlier version; SchemaTooNew for a database of a later
    one; BadInput if its file or the backup cannot be written. Two processes may do this at once.
    """
    state = schema_state(database)
    if state is SchemaState.MISSING and database.path is not None:
        if left := left_by_restore(database.path):
            raise Conflict(left)
        _private_file(database.path)
    if state is SchemaState.PRESENT:
        return None
    if state is SchemaState.NEWER:
        raise SchemaTooNew(TOO_NEW.format(database="database"))
    from alembic import command

    older = state is SchemaState.OLDER
    if older and database.path is not None:
        # A running bot of the earlier version would no longer find its tables.
        check_not_running(database.path)
    config = _config()
    with database.unlimited() as connection:
        if not database.is_sqlite:
            # SQLite has one writer anyway.
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATING}
            )
        if _revision(connection) == REVISION:
            # Another process has done it meanwhile: a copy of now would take the place of its copy.
            return None
        saved = _saved(database, now) if older else None
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


def _private_file(path: Path) -> None:
    """Create a file that only its owner can read, before anything is written to it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        message = f"The file of the database cannot be made: {error.strerror}."
        fix = "Make its folder first, or name another file."
        raise BadInput((Problem(str(path), "", message, fix=fix),)) from None
    path.chmod(0o600)


def _saved(database: Database, now: datetime) -> Path | None:
    """Back up a SQLite database before it is migrated. Raises BadInput if that fails."""
    path = database.path
    if path is None:
        return None
    to = free_name(path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%SZ}.backup"))
    try:
        return backup(database, to)
    except OSError as error:
        message = f"The database cannot be copied before it is migrated: {error.strerror}."
        fix = "Nothing was changed. Make room beside it and try again."
        raise BadInput((Problem(str(to), "", message, fix=fix),)) from None


def left_by_restore(path: Path) -> str:
    """Return what to do where a database is missing and a restore has left files; '' if none.

    An empty database in its place would look as if everything was lost.
    """
    replaced = sorted(path.parent.glob(f"{escape(path.name)}.*.replaced"))
    staged = path.with_name(path.name + RESTORING)
    if replaced:
        fix = RESTORE_IT.format(found=replaced[-1])
        return LEFT.format(path=path, found=replaced[-1], fix=fix)
    return LEFT.format(path=path, found=staged, fix=RESTORE_AGAIN) if staged.exists() else ""


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
