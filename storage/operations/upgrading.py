"""Migrate a database to the present schema with Alembic; a SQLite file is backed up first.

A SQLite database is migrated in one transaction: it has one writer anyway. On PostgreSQL each
revision is a transaction, so that others wait for one of them only, and an upgrade that was
interrupted goes on with the next revision.
"""

import os
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from glob import escape
from importlib.resources import files
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

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
LOCK_MILLISECONDS = 500
"""PostgreSQL: how long a revision waits for a table: all others who want it wait behind it."""
PAUSE_SECONDS = 1.0
"""How long others have the table before the revision tries again."""
TRIES = 300
NOT_GIVEN = ("55P03", "40P01")
"""The PostgreSQL error codes for a lock that was not given in time, and for a deadlock."""
IN_USE = (
    "The database cannot be upgraded: another program keeps one of its tables to itself, perhaps a "
    "copy that is being made, or a query. Start again when it has ended: the upgrade goes on where "
    "it is."
)


class SchemaTooNew(Exception):
    """The database was made by a later version of this program."""


def prepare(
    database: Database, now: datetime, pause: Callable[[float], None] = sleep
) -> Path | None:
    """Migrate a database to the present schema; return the backup made before, if one was needed.

    A new database is created, except where a restore has left files. Raises Conflict then, while a
    bot uses a SQLite database of an earlier version, and where others keep a table of PostgreSQL;
    SchemaTooNew for a database of a later version; BadInput if its file or the backup cannot be
    written. Two processes may do this at once.
    """
    state = schema_state(database)
    if state is SchemaState.MISSING and database.path is not None:
        if left := left_by_restore(database.path):
            raise Conflict(left)
        _private_file(database.path)
    _check_not_newer(state)
    if state is SchemaState.PRESENT:
        return None
    if state is SchemaState.OLDER and database.path is not None:
        # A running bot of the earlier version would no longer find its tables.
        check_not_running(database.path)
    with database.unlimited() as connection:
        if not database.is_sqlite:
            _wait_for_others(connection)
        # Another process may have done it meanwhile: a copy of now would take the place of its copy.
        found = _state_of(_revision(connection))
        _check_not_newer(found)
        if found is SchemaState.PRESENT:
            return None
        saved = _saved(database, now) if state is SchemaState.OLDER else None
        if not database.is_sqlite:
            connection.commit()  # each revision begins a transaction of its own
        _upgrade(connection, pause)
    return saved


def _check_not_newer(state: "SchemaState") -> None:
    if state is SchemaState.NEWER:
        raise SchemaTooNew(TOO_NEW.format(database="database"))


def _wait_for_others(connection: Connection) -> None:
    """Let no other process migrate until this connection is closed."""
    connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": MIGRATING})
    connection.exec_driver_sql(f"SET lock_timeout = {LOCK_MILLISECONDS}")
    connection.commit()


def _upgrade(connection: Connection, pause: Callable[[float], None]) -> None:
    """Run the revisions that a database lacks; Conflict if others never leave a table alone."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    for _ in range(TRIES):
        try:
            return command.upgrade(config, "head")
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") not in NOT_GIVEN:
                raise
            connection.rollback()
        pause(PAUSE_SECONDS)
    raise Conflict(IN_USE)


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
    return _state_of(database.read(_revision))


def _state_of(found: str | None) -> SchemaState:
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
