"""The copies of the database in the folder of the office: which there are, and making one now."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.audit import record
from bot.operations.backup_failures import record_failure
from bot.operations.backups import (
    BEGIN,
    DailyBackups,
    add_files,
    copies_in,
    delete_oldest,
    new_place,
    newest_copy,
    record_backup,
    too_old,
    whole_copy,
)
from bot.operations.copy_process import copy_apart
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.file_folder import names_in
from storage.office.audit import Act
from storage.operations.copying import looks_whole
from storage.operations.file_copies import folder_beside

STAMP = "%Y%m%dT%H%M%SZ"
SERVER = "PostgreSQL is copied with pg_dump: the guide for administrators says how."
NO_FOLDER = (
    "The configuration names no folder for copies. Set `backups.folder` and restart the bot: then one "
    "is made each day, and you can make more here."
)
GONE = "This copy is not there any more."


@dataclass(frozen=True)
class Copy:
    """A copy in the folder. One that is not `whole` was cut off, or is no database of this program."""

    path: Path
    made_at: datetime
    size: int
    whole: bool
    files: int
    """How many files of people stand in a folder beside it."""


def why_no_copies(database: Database, office: Office) -> str:
    """Return why no copies are made here, "" if they are."""
    if not database.is_sqlite:
        return SERVER
    return "" if office.watch.copies else NO_FOLDER


def list_copies(office: Office) -> list[Copy]:
    """Return the copies in the folder, the newest first."""
    folder = office.watch.copies
    if folder is None or not folder.is_dir():
        return []
    return sorted(map(_copy, copies_in(folder)), key=lambda one: one.path.name, reverse=True)


def _copy(path: Path) -> Copy:
    found = path.stat()
    try:
        stamp = path.stem.removeprefix(BEGIN).partition("_")[0]
        made_at = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        made_at = datetime.fromtimestamp(found.st_mtime, UTC)
    return Copy(
        path, made_at, found.st_size, looks_whole(path), len(names_in(folder_beside(path)))
    )


def copy_named(office: Office, name: str) -> Copy:
    """Return the whole copy with this name. Raise NotFound if there is none (any more)."""
    found = next((one for one in list_copies(office) if one.path.name == name), None)
    if found is None or not found.whole:
        raise NotFound(GONE)
    return found


def give_copy(connection: Connection, office: Office, name: str, now: datetime) -> Copy:
    """Return a copy that is handed out; the audit log has it before."""
    found = copy_named(office, name)
    record(connection, office, Act.COPY_GIVEN, name, now, bytes=found.size)
    return found


def goes_for_a_new_one(office: Office, now: datetime) -> list[Copy]:
    """Return the copies that are deleted once there is a new one."""
    backups = _backups(office)
    if not backups.folder.is_dir():
        return []
    return [_copy(one) for one in too_old(backups, backups.folder / f"{BEGIN}{now:{STAMP}}")]


async def copy_now(
    transactions: Transactions,
    office: Office,
    now: datetime,
    tell: Callable[[int, int], None],
) -> Copy:
    """Make a copy in a process of its own, then delete the oldest ones. Raise Conflict if it fails.

    The files that are shown are copied beside it.
    """
    backups, database = _backups(office), transactions.database.path
    if database is None:
        raise Conflict(SERVER)
    try:
        earlier, to = newest_copy(backups.folder), new_place(backups.folder, now)
        with whole_copy(to) as hidden:
            await copy_apart(database, hidden, tell)
            await asyncio.to_thread(add_files, office, to, earlier)
    except OSError as error:
        number = error.errno or 0
        await transactions.write(record_failure, number, now)
        why = error.strerror or os.strerror(number)
        raise Conflict(f"No copy could be written to {backups.folder}: {why}.") from None
    await transactions.write(record_backup, office, now)
    delete_oldest(backups, to)
    return _copy(to)


def _backups(office: Office) -> DailyBackups:
    """Return where copies go. Raise Conflict without a folder."""
    if office.watch.copies is None:
        raise Conflict(NO_FOLDER)
    return DailyBackups(office.watch.copies, office.watch.keep)
