"""Workshop: its days and state, its people, its waves on a line, its lists, and what was done."""

from collections.abc import Sequence
from datetime import timedelta

from bot.desk.people.import_list import ImportRecord, list_imports
from bot.desk.today.lately import done_about
from bot.desk.workshops.listing import without_list
from bot.desk.workshops.people_lists import counts_of, people_of
from bot.fieldwork.planned_waves import waves_now
from bot.web.desk.pages import workshop_acts, workshop_lists
from bot.web.desk.pages.lately import undo_of, why_not
from bot.web.desk.pages.wave import TAGS
from bot.web.desk.pages.wave_acts import wave_address
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskPage
from bot.web.desk.visits import Move, Screen, Visit
from storage.fieldwork.workshop_names import code_of
from storage.fieldwork.workshops import get_workshop
from storage.office.staff import StaffRole
from storage.people.administrations import administration_names
from surveys.workshop import Workshop

JUST = timedelta(minutes=1)
MOST_UNLISTED = 5


async def show(visit: Visit) -> Screen | Move:
    """Show the page; an address with a former code leads to the present one."""
    code = await visit.read(code_of, visit.place["code"])
    if code != visit.place["code"]:
        return Move(workshop_acts.workshop_address(code))
    workshop = await visit.read(get_workshop, code)
    people = await visit.read(people_of, code)
    pages, listed = page_of(people, visit.query, code=lambda one: one.code)
    waves = await visit.read(waves_now, visit.office, code)
    lists = await visit.read(list_imports, visit.office, code, visit.now)
    return Screen(
        "workshop.html",
        workshop.title,
        {
            "workshop": workshop,
            "people": people,
            "counts": counts_of(people),
            "listed": listed,
            "pages": pages,
            "waves": [(one, one.state(visit.now)) for one in waves],
            "tags": TAGS,
            "wave_address": wave_address,
            "lists": lists,
            "unlisted": await _unlisted(visit, lists),
            "history": await visit.read(done_about, code),
            "undo_of": undo_of,
            "why_not": why_not,
            "places": await visit.read(administration_names),
            "begun": workshop.starts_on <= visit.today,
        },
    )


async def _unlisted(visit: Visit, lists: Sequence[ImportRecord]) -> list[Workshop]:
    """Return workshops that have no list yet, for who has just saved one and has others to send."""
    just_saved = lists and visit.now - lists[0].made_at < JUST
    if not just_saved or "note" not in visit.query:
        return []
    return (await visit.read(without_list, visit.today))[:MOST_UNLISTED]


PAGE = DeskPage(
    "/workshops/{code}",
    StaffRole.ORGANISER,
    show,
    {**workshop_acts.ACTS, **workshop_lists.ACTS},
)
