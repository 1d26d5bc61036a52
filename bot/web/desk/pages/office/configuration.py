"""The configuration as it was read: keys, values, and where each came from. Secrets are hidden."""

from bot.web.desk.pages.office.common import ADMINISTRATOR, CONFIGURATION, office_screen
from bot.web.desk.rows import DeskPage
from bot.web.desk.visits import Screen, Visit


async def show(visit: Visit) -> Screen:
    """Show the page."""
    return office_screen(CONFIGURATION, {"read": visit.configuration})


PAGE = DeskPage(CONFIGURATION, ADMINISTRATOR, show)
