"""Run plain functions in transactions, on SQLite or PostgreSQL.

`run` writes, `read` reads. Functions get a SQLAlchemy Core connection and must not keep it.
SQLite uses WAL, foreign keys, a busy timeout and synchronous=FULL, so that a stored answer survives
a power cut; writers begin IMMEDIATE, so that no transaction fails half-way for want of a lock.
PostgreSQL uses a pool and retries serialisation failures.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

P = ParamSpec("P")
T = TypeVar("T")

BUSY_SECONDS = 30
"""How long a writer waits for the lock before it fails."""
ASLEEP_SECONDS = 20
"""PostgreSQL: how long a transaction may stay idle before the server ends and rolls it back. Its
process may be suspended while others wait for the rows it has locked."""
TRIES = 5
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
"""Set on each SQLite connection. With secure_delete, deleted content is overwritten with zeros."""
DISK_FULL = "53100"
"""The PostgreSQL error code for a full disk."""
RETRIED_STATES = {"40001", "40P01"}
"""PostgreSQL error codes for serialisation failure and deadlock: the transaction is run again."""
PASSING_STATES = ("08", "40", "53", "55P03", "57", "25P03", "58")
"""How the PostgreSQL error codes begin that have nothing to do with what was asked: no connection,
a rolled back transaction, no room, a lock not given, a server that stops, a transaction left idle, a
fault of the system."""
PASSING_CODES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}
"""The same of SQLite."""


class Conflict(Exception):
    """The request does not fit the present state. The message says why, for people to read."""


class NotFound(Exception):
    """No row has this code. The message names the code and says where to look."""


class Database:
    """A database engine with one method for writing and one for reading."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        # Parameters contain names and answers, and errors are logged: both engines hide parameters.
        self.engine: Engine = _sqlite(url) if self.is_sqlite else _postgresql(url)

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database; None for PostgreSQL and for a database in memory."""
        name = self.url.database
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

    def run(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function that may write in one transaction; return its result after the commit."""
        for attempt in range(1, TRIES + 1):
            try:
                with self.engine.begin() as connection:
                    return function(connection, *args, **kwargs)
            except DBAPIError as error:
                if attempt == TRIES or _state(error) not in RETRIED_STATES:
                    raise
        raise AssertionError("unreachable")

    def read(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function that only reads, on one snapshot of the database; return its result."""
        with self.engine.connect() as connection:
            if self.is_sqlite:
                connection.execution_options(sqlite_begin="DEFERRED")
            else:
                connection.execution_options(isolation_level="REPEATABLE READ")
            connection.begin()
            if not self.is_sqlite:
                # Readers lock no rows, and may draw a report between two of their queries.
                connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            return function(connection, *args, **kwargs)

    def scrub(self) -> None:
        """SQLite: remove deleted content from the database file and from its log.

        Rewrites the whole file (VACUUM), so call it after erasures only. PostgreSQL does this itself.
        """
        if not self.is_sqlite:
            return
        with self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None  # noqa: S101 - a connection that was just opened
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def trouble_of(error: OperationalError) -> str:
    """Return why a database cannot be used, without quoting any stored value."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR) or _state(error) == DISK_FULL:
        return "The database cannot be written: the disk may be full. Make room; nothing is lost."
    if code == sqlite3.SQLITE_BUSY:
        return f"Another program has held the database for over {BUSY_SECONDS} seconds."
    return "The database cannot be used. It is tried again in the next round."


def is_passing(error: BaseException) -> bool:
    """Return whether an error is one of the database that may pass, so that the work is repeated.

    An error without a code comes from the driver: the connection could not be made, or was lost.
    """
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in PASSING_CODES
    state = _state(error)
    if state:
        return state.startswith(PASSING_STATES)
    return error.connection_invalidated or isinstance(error, OperationalError)


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", "") or "")


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver begins its transactions too late; `begin` below does it.
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


def _postgresql(url: str) -> Engine:
    asleep = f"-c idle_in_transaction_session_timeout={ASLEEP_SECONDS}s"
    return create_engine(
        url,
        pool_size=8,
        max_overflow=8,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": asleep},
    )
