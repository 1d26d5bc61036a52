"""Run plain functions in transactions, on SQLite or PostgreSQL.

`run` writes, `read` cannot. Functions get a SQLAlchemy Core connection and must not keep it.
SQLite uses WAL, foreign keys, a busy timeout and synchronous=FULL, so that a stored answer survives
a power cut; writers begin IMMEDIATE, so that no transaction fails half-way for want of a lock.
PostgreSQL uses a pool, limits of time, and runs a transaction again that met another one.

What must be one is a unique index. Of two transactions that store it at once, the second one is run
again, finds the row of the first, and says what it says to whoever comes later.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.engines import BUSY_SECONDS, postgresql_engine, sqlite_engine
from storage.limits import Limits
from storage.scrubbing import steps

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 5
PAUSES = 2
"""How much longer others may write than a step of scrubbing has taken."""
DISK_FULL = "53100"
READ_ONLY = "25006"
"""PostgreSQL error codes for a full disk and for a server that takes no writes."""
PATIENCE_ENDED = {
    "57014": "The database needed longer for a statement than `database_limits` allows.",
    "55P03": "Another transaction has held a row for longer than `database_limits` allows.",
}
"""What a PostgreSQL error code means where a limit of time has ended a statement."""
UNIQUE = "23505"
"""The PostgreSQL error code for a second row where an index allows one."""
RETRIED_STATES = {"40001", "40P01", UNIQUE}
"""PostgreSQL error codes for which the transaction is run again: serialisation failure, deadlock, and
a row that another transaction has stored first. The second time, the function finds that row."""
SAME = "The same was stored already, perhaps just now. Look at it before you try again."
_READS = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_SQLITE_UNIQUE = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
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


class Ended(Exception):
    """The process ends: long work stops between two of its steps, and the next process does it."""


Between = Callable[[], None]
"""What long work calls between two of its steps; it raises Ended to end the work."""


def go_on() -> None:
    """Let long work go on to its end."""


class Conflict(Exception):
    """The request does not fit the present state. The message says why, for people to read."""


class NotFound(Exception):
    """No row has this code. The message names the code and says where to look."""


class Written(Exception):
    """A function that was to read has tried to write, or to lock a row: a fault of the program."""


class Database:
    """A database engine with one method for writing and one for reading."""

    def __init__(self, url: str, limits: Limits | None = None) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._limits = limits or Limits()
        self._scrubbing: Iterator[None] | None = None
        self.engine: Engine = (
            sqlite_engine(url) if self.is_sqlite else postgresql_engine(url, self._limits)
        )
        self.reading: Engine = (
            sqlite_engine(url, reads=True)
            if self.is_sqlite
            else self.engine.execution_options(**_READS)
        )

    def __reduce__(self) -> tuple[type["Database"], tuple[str, Limits]]:
        """Give another process a database of its own at the same place."""
        return Database, (self.url.render_as_string(hide_password=False), self._limits)

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
        """Run a function that may write in one transaction; return its result after the commit.

        It is run again if another transaction was in its way. Conflict if it stores a second row of
        what must be one; the message does not quote the row.
        """
        for attempt in range(1, TRIES + 1):
            try:
                with self.engine.begin() as connection:
                    return function(connection, *args, **kwargs)
            except DBAPIError as error:
                if attempt < TRIES and _state(error) in RETRIED_STATES:
                    continue
                if _is_second(error):
                    raise Conflict(SAME) from None
                raise
        raise AssertionError("unreachable")

    def read(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function that only reads, on one snapshot of the database; return its result.

        Written if it writes or locks a row.
        """
        # A rollback would do at the end, but with one the driver forgets all that is prepared.
        with self.reading.begin() as connection:
            if not self.is_sqlite:
                # Readers lock no rows, and may draw a report between two of their queries.
                connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            try:
                return function(connection, *args, **kwargs)
            except DBAPIError as error:
                if _is_written(error):
                    raise Written from error
                raise

    def scrub(self) -> bool:
        """SQLite: do a short step to remove deleted content from the file and from its log.

        Return whether more is to do; call it until nothing is, after erasures. PostgreSQL does this
        itself. Raises sqlite3.OperationalError if others hold the file for too long.
        """
        if self.path is None:
            return False
        self._scrubbing = self._scrubbing or steps(self.path)
        try:
            next(self._scrubbing)
        except (StopIteration, sqlite3.Error) as end:
            self._scrubbing = None
            if isinstance(end, sqlite3.Error):
                raise
        return self._scrubbing is not None

    def scrub_whole(self, between: Between = go_on) -> None:
        """Remove all deleted content, with pauses in which others write."""
        more = True
        while more:
            between()
            began = monotonic()
            more = self.scrub()
            sleep(PAUSES * (monotonic() - began))

    @contextmanager
    def unlimited(self) -> Iterator[Connection]:
        """Give a connection without limits of time, for a migration.

        SQLite: in a writing transaction. PostgreSQL: outside one, and closed at the end with all that
        its session has locked.
        """
        if self.is_sqlite:
            with self.engine.begin() as connection:
                yield connection
            return
        with self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None  # noqa: S101 - a connection that was just opened
            raw.patience = None
            connection.detach()
            for limit in ("statement_timeout", "lock_timeout"):
                connection.exec_driver_sql(f"SET {limit} = 0")
            connection.commit()
            yield connection

    def patient(self) -> "Database":
        """Return this database with the limits of long statements; itself if there are none.

        Close it like any other.
        """
        if self.is_sqlite:
            return self
        return Database(self.url.render_as_string(hide_password=False), self._limits.patient)

    def close(self) -> None:
        """Close all connections."""
        self.reading.dispose()
        self.engine.dispose()


def trouble_of(error: DBAPIError) -> str:
    """Return why a database cannot be used, without quoting any stored value."""
    code, state = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF, _state(error)
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR) or state == DISK_FULL:
        return "The database cannot be written: the disk may be full. Make room; nothing is lost."
    if code == sqlite3.SQLITE_READONLY or state == READ_ONLY:
        return "The database can be read, but not written. Check who may write it."
    if code == sqlite3.SQLITE_BUSY:
        return f"Another program has held the database for over {BUSY_SECONDS} seconds."
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return "The file is damaged, or no SQLite database. Restore a copy: `followup restore`."
    if state in PATIENCE_ENDED:
        return PATIENCE_ENDED[state]
    if error.connection_invalidated or not (code or state):
        return "The database cannot be reached: its server does not answer or has hung up."
    return "The database cannot be used."


def _is_written(error: DBAPIError) -> bool:
    """Return whether a statement was refused because its transaction only reads."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_READONLY or _state(error) == READ_ONLY


def _is_second(error: DBAPIError) -> bool:
    """Return whether an error is a second row of what must be one."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code in _SQLITE_UNIQUE or _state(error) == UNIQUE


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
