"""Copies of a SQLite database: made while it is in use, checked, and only then in their place."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

from storage.database import Between, Database, Ended, go_on
from storage.files import beside

Progress = Callable[[int, int], None]
"""Is told how many pages are copied, and how many there are."""
COMPANIONS = ("-wal", "-shm", "-journal")
"""Files that SQLite keeps beside a database file while it is in use."""
PAGES = 2_000
"""How many pages are copied in one step, some megabytes."""
SECONDS_BETWEEN = 0.05
"""How often a check is asked whether it goes on."""
HEADER = b"SQLite format 3\0"
DAMAGED = "The database is damaged"
_NUMBERS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
    sqlite3.SQLITE_CORRUPT: errno.EBADMSG,
    sqlite3.SQLITE_NOTADB: errno.EBADMSG,
}
"""The errors of the system that say the same as errors of SQLite; the others are EIO."""


def untold(_done: int, _total: int) -> None:
    """Tell nobody how far a copy is."""


def backup(
    database: Database, to: Path, between: Between = go_on, tell: Progress = untold
) -> Path | None:
    """Copy a SQLite database, which may be in use, to a file; None for other databases.

    The file appears when it is whole and checked. Raises OSError if it cannot be written or the
    database is damaged; then nothing is left of it, and a file that was there stays.
    """
    if database.path is None:
        return None
    with beside(to) as new:
        try:
            copy_pages(database.path, new, between, tell)
            check_whole(new, between)
        finally:
            remove(new, only_companions=True)
    return to


def copy_pages(source: Path, to: Path, between: Between = go_on, tell: Progress = untold) -> None:
    """Copy a SQLite file, which may be in use, into a file that is there. Raises OSError."""

    def step(_status: int, remaining: int, total: int) -> None:
        between()
        tell(total - remaining, total)

    with (
        as_os_error(to),
        closing(sqlite3.connect(source)) as present,
        closing(sqlite3.connect(to)) as copy,
    ):
        # All steps copy one snapshot: without it, each write of others would begin the copy anew.
        present.execute("BEGIN")
        present.execute("SELECT count(*) FROM sqlite_master").fetchone()
        present.backup(copy, pages=PAGES, progress=step)


def check_whole(copy: Path, between: Between = go_on) -> None:
    """Raise OSError unless a file is a whole database whose schema can be read."""
    check_integrity(copy, between)
    with as_os_error(copy), closing(sqlite3.connect(copy)) as file:
        file.execute("SELECT version_num FROM alembic_version").fetchone()


def check_integrity(copy: Path, between: Between = go_on) -> None:
    """Raise OSError unless a file is a whole SQLite database."""
    with as_os_error(copy), closing(sqlite3.connect(copy)) as file, _interrupted(file, between):
        if file.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise OSError(errno.EBADMSG, DAMAGED, str(copy))


@contextmanager
def _interrupted(file: sqlite3.Connection, between: Between) -> Iterator[None]:
    """Call `between` from time to time while SQLite works on a statement; Ended ends the statement."""
    ended: list[Ended] = []
    done = Event()

    def watch() -> None:
        while not done.wait(SECONDS_BETWEEN):
            try:
                between()
            except Ended as end:
                ended.append(end)
                file.interrupt()

    watching = Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    except sqlite3.OperationalError:
        if not ended:
            raise
    finally:
        done.set()
        watching.join()
    if ended:
        raise ended[0]


def looks_whole(copy: Path) -> bool:
    """Return whether a file has all pages of a database of this program; its pages are not read.

    Nothing is written and no file appears beside it.
    """
    try:
        with closing(
            sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as file:
            file.execute("SELECT version_num FROM alembic_version").fetchone()
        with copy.open("rb") as content:
            start = content.read(32)
    except (sqlite3.Error, OSError):
        return False
    # The places of these figures: https://sqlite.org/fileformat.html#the_database_header
    size = int.from_bytes(start[16:18]) if start[16:18] != b"\0\1" else 65_536
    return start.startswith(HEADER) and size * int.from_bytes(start[28:32]) <= copy.stat().st_size


def remove(path: Path, *, only_companions: bool = False) -> None:
    """Remove a SQLite file that nobody uses, and what SQLite has kept beside it."""
    for ending in COMPANIONS if only_companions else ("", *COMPANIONS):
        path.with_name(path.name + ending).unlink(missing_ok=True)


@contextmanager
def as_os_error(path: Path) -> Iterator[None]:
    """Raise what SQLite says about a file as the error of the system that says the same."""
    try:
        yield
    except sqlite3.Error as error:
        number = number_of(error)
        says = DAMAGED if number == errno.EBADMSG else os.strerror(number)
        raise OSError(number, says, str(path)) from error


def number_of(error: sqlite3.Error) -> int:
    """Return the error number of the system for an error of SQLite."""
    return _NUMBERS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, errno.EIO)
