"""Messages to the office: what people wrote, settled when it was dealt with."""

from bot.desk.people.messages import read_messages
from bot.web.desk.pages.people.person import MESSAGES, settle, unsettle
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Screen, Visit
from storage.office.staff import StaffRole


async def show(visit: Visit) -> Screen:
    """Show the messages that wait, oldest first; that they were read is recorded."""
    found = await visit.write(read_messages, visit.office, visit.now)
    return Screen("messages.html", "Messages to the office", {"found": found})


PAGE = DeskPage(
    MESSAGES,
    StaffRole.ORGANISER,
    show,
    {
        "settle": DeskAct(StaffRole.ORGANISER, settle),
        "unsettle": DeskAct(StaffRole.ORGANISER, unsettle),
    },
)
