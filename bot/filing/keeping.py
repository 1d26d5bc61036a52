"""Keeps files outside the database: written before their row, removed after it.

A process that is ended in between leaves a file without a row, which is removed after a day, or a row
that says that its file is to be removed. Nothing that has a row is ever missing.
"""

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from bot.filing.checking import Checked, Fault, Refused, check
from bot.runtime.transactions import Door
from bot.settings.office import Office
from storage.database import Conflict
from storage.file_folder import KeptFile, older_names, put, take_out
from storage.responses.shown_files import (
    ShownFile,
    delete_rows,
    files_to_remove,
    forget_ownerless,
    has_file,
    names_known,
)

ORPHANS_KEPT = timedelta(days=1)
"""After this time a file without a row is one that an ended process, or a restored copy, has left."""
_LOOKING = ThreadPoolExecutor(2, thread_name_prefix="files")
"""Each file that is looked at may need hundreds of megabytes."""
CHANGED = (
    "File {number} is not in the folder as it was added. `followup doctor` says what is missing."
)


def keep(office: Office, content: bytes) -> KeptFile:
    """Check a file and write it into the folder; its row is to be stored next.

    Blocks. Raises Refused for a file that is not taken, OSError if it cannot be written.
    """
    return put_checked(office, check(content))


def try_to_keep(office: Office, content: bytes) -> tuple[KeptFile | None, Fault | None]:
    """Return a file that was written into the folder, or why it is not taken. Raises OSError."""
    try:
        return keep(office, content), None
    except Refused as refused:
        return None, refused.fault


async def looked_at(office: Office, content: bytes) -> tuple[KeptFile | None, Fault | None]:
    """Return what `try_to_keep` returns; only a few files are looked at side by side."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_LOOKING, try_to_keep, office, content)


def put_checked(office: Office, checked: Checked) -> KeptFile:
    """Write a checked file into the folder. Raises OSError."""
    name = put(office.files.folder, checked.content)
    digest = hashlib.sha256(checked.content).hexdigest()
    return KeptFile(name, checked.kind, len(checked.content), digest)


def settle(database: Door, office: Office, kept: KeptFile) -> None:
    """Remove a file that got no row, and those whose place another one took."""
    if not database.read(has_file, kept.name):
        discard(office, kept)
    with suppress(OSError):
        remove_forgotten(database, office)


def discard(office: Office, kept: KeptFile) -> None:
    """Remove a file that got no row; if that fails, it goes after a day."""
    with suppress(OSError):
        take_out(office.files.folder, kept.name)


def content_of(office: Office, file: ShownFile) -> bytes:
    """Return what is in a file. Raise Conflict if it is missing, or is not what was added."""
    try:
        content = (office.files.folder / file.name).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Conflict(CHANGED.format(number=file.id))
    return content


def remove_forgotten(database: Door, office: Office) -> int:
    """Remove the files that are to be removed; return how many. The rows go last. Raises OSError."""
    gone = database.read(files_to_remove)
    if not gone:
        return 0
    for name in gone.values():
        take_out(office.files.folder, name)
    database.run(delete_rows, list(gone))
    return len(gone)


def remove_lost(database: Door, office: Office, now: datetime) -> int:
    """Remove files whose answer or claim is no more, and old ones without a row; return how many."""
    database.run(forget_ownerless)
    removed = remove_forgotten(database, office)
    orphans = orphans_in(database, office.files.folder, now)
    for name in orphans:
        take_out(office.files.folder, name)
    return removed + len(orphans)


def orphans_in(database: Door, folder: Path, now: datetime) -> set[str]:
    """Return the names of files without a row that are older than a day."""
    # Looked for before the rows are read: a file gets its row after it is written.
    old = older_names(folder, now - ORPHANS_KEPT)
    return old - database.read(names_known) if old else old
