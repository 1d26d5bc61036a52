"""Which processes use a database, known from locks that end with their process.

There is no clock in it: a suspended process still holds its lock, a killed one does not. SQLite: one
process alone; claims of others are left over. PostgreSQL: several; each holds an advisory lock with
its number on a connection of its own, and one of them the lock of the process that listens to the
messenger.
"""

import secrets
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.database import Conflict, Database

WORKING = 20170210
"""PostgreSQL: the first key of the locks of all processes; the second is their number."""
LISTENING = 20170211
"""PostgreSQL: the first key of the lock of the listening process; the second is 0."""
_HOLD = text("SELECT pg_advisory_lock(:kind, :number)")
_FREE = text("SELECT pg_try_advisory_xact_lock(:kind, :number)")
_TAKE = text("SELECT pg_try_advisory_lock(:kind, 0)")
_HELD = text(
    "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database "
    "WHERE locktype = 'advisory' AND classid = :kind AND granted AND datname = current_database()"
)
_SOON = ("tcp_keepalives_idle = 10", "tcp_keepalives_interval = 5", "tcp_keepalives_count = 3")
"""How often the server checks that a process on another machine is alive; the default is hours."""


class ProcessLease:
    """A process that uses a database. Its claims carry its `number`."""

    def __init__(self, database: Database) -> None:
        self.number = secrets.randbits(31)
        self._database = database
        self._file: sqlite3.Connection | None = None
        self._line: Connection | None = None
        self._line_lock = threading.Lock()
        self._listens = False
        self._entered = False

    def enter(self) -> None:
        """Take the lease. Conflict if another process uses the same SQLite file."""
        if not self._database.is_sqlite:
            self._hold_number()
        elif self._database.path is not None and self._file is None:
            self._file = _alone(self._database.path)
        self._entered = True

    def renew(self) -> None:
        """Take the locks again if they were lost, as after a restart of the server."""
        if self._entered and not self._database.is_sqlite:
            self._hold_number()

    def may_listen(self) -> bool:
        """Return whether this process is the one that listens to the messenger.

        The first process to ask is the one until it ends. Call it after `enter`, and repeatedly:
        after a restart of the server another process may be the one.
        """
        if self._database.is_sqlite:
            return self._entered
        self._hold_number()
        with self._line_lock:
            if self._line is not None and not self._listens:
                self._listens = bool(self._line.scalar(_TAKE, {"kind": LISTENING}))
            return self._listens

    def gone(self, connection: Connection, numbers: Iterable[int]) -> set[int]:
        """Return which of some processes no longer run."""
        others = {number for number in numbers if number != self.number}
        if not self._entered:
            return set()
        if self._database.is_sqlite:
            return others
        return {one for one in others if connection.scalar(_FREE, _keys(one))}

    def leave(self) -> None:
        """Give up the lease; claims without an outcome are left to other processes."""
        if self._file is not None:
            self._file.close()
        if self._line is not None:
            self._line.invalidate()
            self._line.close()
        self._file = self._line = None
        self._entered = self._listens = False

    def _hold_number(self) -> None:
        with self._line_lock:
            if self._line is not None:
                try:
                    self._line.execute(text("SELECT 1"))
                    return
                except DBAPIError:
                    # All locks end with the connection.
                    self._line.close()
                    self._line, self._listens = None, False
            engine = self._database.engine.execution_options(isolation_level="AUTOCOMMIT")
            line = engine.connect()
            for setting in _SOON:
                line.execute(text(f"SET {setting}"))
            line.execute(_HOLD, _keys(self.number))
            self._line = line


def _keys(number: int) -> dict[str, int]:
    return {"kind": WORKING, "number": number}


def check_not_running(path: Path) -> None:
    """Raise Conflict while a process of the bot uses a SQLite database."""
    if _beside(path).exists():
        _alone(path).close()


def is_running(database: Database) -> bool:
    """Return whether a process of the bot uses a database now."""
    if database.path is not None:
        try:
            check_not_running(database.path)
        except Conflict:
            return True
        return False
    return bool(database.read(lambda connection: connection.scalar(_HELD, {"kind": WORKING})))


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.running")


def _alone(path: Path) -> sqlite3.Connection:
    """Lock a file beside the database; the system releases the lock when the process ends."""
    beside = _beside(path)
    beside.touch(0o600)
    lock = sqlite3.connect(beside, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise Conflict(
            f"Another process of the bot uses {path.name} already. Stop it first: "
            "SQLite allows one at a time. Several can run on PostgreSQL."
        ) from None
    return lock
