"""Today: what needs a person, worst first; what leaves next; what was done lately."""

from bot.web.desk.rows import DeskPage
from bot.web.desk.times import heading_of
from bot.web.desk.visits import Screen, Visit
from storage.office.staff import StaffRole


async def show(visit: Visit) -> Screen:
    """Show the page."""
    return Screen("today.html", heading_of(visit.now, visit.zone))


PAGE = DeskPage("", StaffRole.MANAGER, show)
