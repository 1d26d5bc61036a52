"""People: everybody with a search and filters by state; and the search at the top of each page."""

from bot.desk.people.directory import PersonState, directory
from bot.desk.people.finding import find_people
from bot.desk.workshops.listing import list_workshops
from bot.web.desk.pages.people.common import page_of
from bot.web.desk.paging import page_of as part_of
from bot.web.desk.rows import DeskPage
from bot.web.desk.visits import Move, Screen, Visit
from storage.office.staff import StaffRole

LONGEST = 100
MOST_WORKSHOPS = 10


def _search(visit: Visit) -> str:
    return visit.query.get("q", "").strip()[:LONGEST]


async def show(visit: Visit) -> Screen:
    """Show the people who match a search and a state, a page at a time."""
    search, state = _search(visit), visit.query.get("state", "")
    found = await visit.read(directory, visit.office, search, state)
    pages, listed = part_of(found.people, visit.query, code=lambda one: one.code)
    states = [(one, found.counts[one]) for one in PersonState if found.counts[one]]
    data = {"listed": listed, "pages": pages, "q": search, "state": state, "states": states}
    return Screen("people.html", "People", {**data, "total": found.counts.total()})


async def find(visit: Visit) -> Screen | Move:
    """Show the people and the workshops that match; the only one is opened at once."""
    search = _search(visit)
    found = await visit.read(find_people, search)
    workshops = await visit.read(list_workshops, visit.today, search) if search else []
    if len(found.people) == 1 and not workshops:
        return Move(page_of(found.people[0].participant))
    if len(workshops) == 1 and not found.people:
        return Move(f"/workshops/{workshops[0].workshop.code}")
    data = {"found": found, "workshops": workshops[:MOST_WORKSHOPS], "q": search}
    return Screen("find.html", "Find", {**data, "more": len(workshops) - MOST_WORKSHOPS})


PAGES = (
    DeskPage("/find", StaffRole.ORGANISER, find),
    DeskPage("/people", StaffRole.ORGANISER, show),
)
