"""The configuration as it was read: keys, values, and where each came from. Secrets are hidden."""

from bot.settings.shown import DEFAULT
from bot.web.desk.pages.office.common import ADMINISTRATOR, CONFIGURATION, office_screen
from bot.web.desk.rows import DeskPage
from bot.web.desk.visits import Screen, Visit


async def show(visit: Visit) -> Screen:
    """Show the page: what was set first, then what has its default."""
    read = visit.configuration
    data = {
        "read": read,
        "given": [one for one in read.settings if one.source != DEFAULT],
        "defaults": [one for one in read.settings if one.source == DEFAULT],
    }
    return office_screen(CONFIGURATION, data)


PAGE = DeskPage(CONFIGURATION, ADMINISTRATOR, show)
