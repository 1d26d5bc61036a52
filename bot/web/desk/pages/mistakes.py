"""I made a mistake: what can be taken back, where, and until when."""

from bot.web.desk.rows import DeskPage
from bot.web.desk.visits import Screen, Visit
from storage.office.staff import StaffRole


async def show(visit: Visit) -> Screen:
    """Show the page."""
    return Screen("mistakes.html", "I made a mistake")


PAGE = DeskPage("/mistakes", StaffRole.MANAGER, show)
