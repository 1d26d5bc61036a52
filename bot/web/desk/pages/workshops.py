"""Workshops: the list, current ones first."""

from bot.desk.workshops.listing import list_workshops
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskPage
from bot.web.desk.visits import Screen, Visit
from storage.office.staff import StaffRole


async def show(visit: Visit) -> Screen:
    """Show the workshops that match a search, a page at a time."""
    search = visit.query.get("q", "").strip()[:100]
    found = await visit.read(list_workshops, visit.now, search)
    pages, listed = page_of(found, visit.query)
    return Screen("workshops.html", "Workshops", {"listed": listed, "pages": pages, "q": search})


PAGE = DeskPage("/workshops", StaffRole.ORGANISER, show)
