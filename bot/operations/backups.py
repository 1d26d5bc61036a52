"""Daily copies of a SQLite database: only whole ones are kept, and only they count."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.operations.backup_failures import forget_failures, record_failure
from bot.settings.office import Office
from storage.database import Between, Database, go_on
from storage.fieldwork.workshops import BY_PLAN
from storage.files import UNFINISHED, beside, free_name
from storage.office.audit import Act, Entry, note_act
from storage.operations.copying import backup, looks_whole
from storage.operations.file_copies import ENDING as FILES
from storage.operations.file_copies import copy_files, remove_copy, remove_files
from storage.operations.heartbeats import (
    BACKUP,
    record_heartbeat,
)

BEGIN, ENDING = "followup-", ".sqlite3"
"""How the names of copies begin and end; between them is when each was made."""
LEFTOVER_AFTER = timedelta(days=1)
"""After this time an unfinished copy is one of a process that was killed."""
log = structlog.get_logger("backups")


@dataclass(frozen=True)
class DailyBackups:
    """The folder for daily copies of a SQLite database, and how many are kept."""

    folder: Path
    keep: int


def back_up(
    database: Database,
    backups: DailyBackups,
    office: Office | None,
    now: datetime,
    between: Between = go_on,
) -> None:
    """Make a copy, then delete the oldest ones. A failed copy leaves nothing and is recorded."""
    try:
        newest = newest_copy(backups.folder)
        made = copy_all(database, office, new_place(backups.folder, now), between, newest)
    except OSError as error:
        log.error("backup_failed", error=type(error).__name__, reason=error.strerror)
        _record_failure(database, error.errno or errno.EIO, now)
        return
    database.run(record_backup, office, now)
    if made is not None:
        delete_oldest(backups, made.file)


@dataclass(frozen=True)
class Copied:
    """A copy of a database, and how many files outside the database were copied beside it."""

    file: Path
    files: int


def copy_all(
    database: Database,
    office: Office | None,
    to: Path,
    between: Between = go_on,
    earlier: Path | None = None,
) -> Copied | None:
    """Copy a SQLite database to a file, and the files that are shown beside it; None for others.

    `earlier` is a copy whose files are linked instead of written again. Raises OSError; then nothing
    is left of the copy.
    """
    if database.path is None:
        return None
    with whole_copy(to) as hidden:
        backup(database, hidden, between)
        return Copied(to, 0 if office is None else add_files(office, to, earlier, between))


@contextmanager
def whole_copy(to: Path) -> Iterator[Path]:
    """Give a hidden place for a copy of a database, which gets its name last, with its files beside it.

    So a process that is killed leaves no copy that lacks files its database names: they are copied
    after the database. Raises OSError; on any failure nothing is left of the copy.
    """
    try:
        with beside(to) as hidden:
            yield hidden
    except BaseException:
        remove_files(to)
        raise


def add_files(
    office: Office, to: Path, earlier: Path | None = None, between: Between = go_on
) -> int:
    """Copy the files that are shown beside the place of a copy; return how many. Raises OSError."""
    return copy_files(office.files.folder, to, earlier, between)


def newest_copy(folder: Path) -> Path | None:
    """Return the newest copy in a folder."""
    return max(copies_in(folder), default=None)


def new_place(folder: Path, now: datetime) -> Path:
    """Return where a new copy goes; the folder is made, and leftovers in it go. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _remove_leftovers(folder, now)
    return free_name(folder / f"{BEGIN}{now:%Y%m%dT%H%M%SZ}{ENDING}")


def record_backup(connection: Connection, office: Office | None, now: datetime) -> None:
    """Record a copy of the database: a heartbeat for monitoring, and a line in the audit log."""
    record_heartbeat(connection, BACKUP, now)
    forget_failures(connection)
    note_act(connection, Entry(now, office.acting if office else BY_PLAN, Act.COPIED, "", {}))


def _record_failure(database: Database, number: int, now: datetime) -> None:
    """Store why a copy failed. Where the disk is full, that may fail too."""
    try:
        database.run(record_failure, number, now)
    except SQLAlchemyError as error:
        log.error("backup_failure_not_recorded", error=type(error).__name__)


def delete_oldest(backups: DailyBackups, made: Path) -> list[Path]:
    """Delete the oldest whole copies, so that the new one and the newest others are kept.

    Return those that were deleted.

    Copies dated later than the new one were made while the clock was wrong: they go first. Files
    that are no whole copy do not count and stay.
    """
    old = too_old(backups, made)
    for one in old:
        remove_copy(one)
    return old


def copies_in(folder: Path) -> list[Path]:
    """Return the files in a folder that are called as copies are, by name."""
    found = folder.glob(f"{BEGIN}*{ENDING}")
    return sorted(one for one in found if one.is_file() and not one.is_symlink())


def too_old(backups: DailyBackups, made: Path) -> list[Path]:
    """Return the whole copies that go when there is a new one."""
    others = [one for one in copies_in(backups.folder) if one != made and looks_whole(one)]
    by_age = sorted(others, key=lambda one: (one.name < made.name, one.name))
    return by_age[: max(0, len(others) + 1 - backups.keep)]


def _remove_leftovers(folder: Path, now: datetime) -> None:
    """Remove what killed processes have left of their copies."""
    for left in (*folder.glob(f"{UNFINISHED}*"), *_without_database(folder)):
        if left.stat().st_mtime < (now - LEFTOVER_AFTER).timestamp():
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def _without_database(folder: Path) -> list[Path]:
    """Return the folders with the files of a copy whose database is not there."""
    found = folder.glob(f"{BEGIN}*{ENDING}{FILES}")
    return [one for one in found if one.is_dir() and not one.with_suffix("").exists()]
