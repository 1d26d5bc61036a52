"""Copies of the database: which there are, making one now, and downloading one."""

import asyncio

from bot.operations import copies
from bot.operations.copies import Copy
from bot.web.desk.pages.jobs import Finished, JobKind, start
from bot.web.desk.pages.office.common import ADMINISTRATOR, COPIES, office_screen
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import Told
from bot.web.desk.times import moment_text
from bot.web.desk.visits import Done, Download, Form, Panel, Screen, StoredFile, Visit
from bot.wording.counts import counted
from storage.operations.file_copies import folder_beside

SQLITE = "application/vnd.sqlite3"
DATABASE = "of the database"


async def show(visit: Visit) -> Screen:
    """Show the page."""
    database = visit.transactions.database
    why_not = copies.why_no_copies(database, visit.office)
    data = {
        "copies": await asyncio.to_thread(copies.list_copies, visit.office),
        "why_not": why_not,
        "server": not database.is_sqlite,
        "folder": visit.office.watch.copies,
        "keep": visit.office.watch.keep,
        "megabytes": megabytes,
    }
    return office_screen(COPIES, data)


def megabytes(size: int) -> str:
    """Return a size in words."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1_000:.0f} kB"


async def _ask_make(visit: Visit, form: Form) -> Panel:
    old = await asyncio.to_thread(copies.goes_for_a_new_one, visit.office, visit.now)
    gone = ", ".join(_when(visit, one) for one in old)
    keep = f"The newest {visit.office.watch.keep} are kept"
    lines = (
        "The bot goes on meanwhile. A copy counts when it is whole and was checked.",
        f"{keep}: {gone} goes." if old else f"{keep}: none goes now.",
    )
    return Panel("Make a copy of the database now?", "Make the copy", lines)


def _when(visit: Visit, one: Copy) -> str:
    return f"that of {moment_text(one.made_at, visit.zone, visit.now)}"


async def _make(visit: Visit, form: Form) -> Done | Download:
    async def work(told: Told) -> Finished:
        made = await copies.copy_now(visit.transactions, visit.office, visit.now, told.tell)
        said = f"The copy is made and checked: {made.path.name}, {megabytes(made.size)}."
        return Finished(said, to=COPIES)

    return await start(visit, JobKind.COPY, DATABASE, COPIES, work)


async def _ask_download(visit: Visit, form: Form) -> Panel:
    name = form.text("copy")
    found = await asyncio.to_thread(copies.copy_named, visit.office, name)
    lines = (
        f"{found.path.name}, {megabytes(found.size)}. It holds the names, addresses and answers of all "
        "people. Keep it where only administrators can read it, and delete it when it is not needed.",
        "The audit log says that you downloaded it.",
        *_files_beside(found),
    )
    hidden = (("copy", name),)
    return Panel("Download this copy?", "Download it", lines, hidden=hidden)


def _files_beside(found: Copy) -> tuple[str, ...]:
    """Return what is not in the download: files of people that are kept beside the database."""
    if not found.files:
        return ()
    folder = folder_beside(found.path)
    return (
        f"{counted(found.files, 'file')} of people beside it stay at the office, in {folder}.",
    )


async def _download(visit: Visit, form: Form) -> StoredFile:
    name = form.text("copy")
    found = await visit.write(copies.give_copy, visit.office, name, visit.now)
    return StoredFile(found.path, SQLITE)


PAGE = DeskPage(
    COPIES,
    ADMINISTRATOR,
    show,
    {
        "make": DeskAct(ADMINISTRATOR, _make, _ask_make),
        "download": DeskAct(ADMINISTRATOR, _download, _ask_download, always=True),
    },
)
