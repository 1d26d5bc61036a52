"""Retention: what is due to be deleted, as counts, and deleting it now."""

import asyncio

from bot.operations.retention import delete_expired, scrub
from bot.operations.retention_due import AHEAD, check_clock, retention_due
from bot.web.desk.pages.jobs import Finished, JobKind, start
from bot.web.desk.pages.office.common import ADMINISTRATOR, RETENTION, office_screen
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import Told
from bot.web.desk.visits import Done, Download, Form, Panel, Screen, Visit
from bot.wording.counts import counted
from storage.database import Conflict

ABOUT = "of what was kept its time"
NOTHING = "Nothing is due. Nothing was changed."


async def show(visit: Visit) -> Screen:
    """Show the page."""
    found = await visit.read(retention_due, visit.office, visit.now)
    ahead = ["Now", *(f"In {days} days" for days in AHEAD[1:])]
    return office_screen(RETENTION, {"found": found, "ahead": ahead})


async def _ask(visit: Visit, form: Form) -> Panel:
    await visit.read(check_clock, visit.now)
    found = await visit.read(retention_due, visit.office, visit.now)
    if not found.now:
        raise Conflict(NOTHING)
    due = tuple(f"{one.what}: {one.due[0]}." for one in found.kept if one.due[0])
    lines = (
        *due,
        "Answers that are no text stay, and so do the people of reports. Copies made before still have "
        "it, until they are deleted.",
        "It cannot be undone.",
    )
    return Panel("Delete what is due now?", "Delete it", lines, final=True)


async def _delete(visit: Visit, form: Form) -> Done | Download:
    async def work(told: Told) -> Finished:
        door = told.door(visit.transactions.turns)
        gone = await asyncio.to_thread(delete_expired, door, visit.office, visit.now)
        left = await asyncio.to_thread(scrub, visit.transactions.patient)
        people = counted(len(gone.people), "person", "people")
        others = f"{counted(gone.texts, 'text')}; {counted(gone.files, 'file')}"
        said = f"Deleted: addresses, codes and links of {people}; {others}."
        return Finished(f"{said} {left}".strip(), to=RETENTION)

    return await start(visit, JobKind.RETENTION, ABOUT, RETENTION, work)


PAGE = DeskPage(
    RETENTION,
    ADMINISTRATOR,
    show,
    {"delete": DeskAct(ADMINISTRATOR, _delete, _ask, always=True)},
)
