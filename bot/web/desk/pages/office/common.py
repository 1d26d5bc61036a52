"""What the pages of the office share: their addresses, and the links between them."""

from collections.abc import Mapping

from bot.web.desk.visits import Screen
from storage.office.staff import StaffRole

ADMINISTRATOR = StaffRole.ADMINISTRATOR
OFFICE = "/office"
SESSIONS = f"{OFFICE}/sessions"
AUDIT = f"{OFFICE}/audit"
HEALTH = f"{OFFICE}/health"
COPIES = f"{OFFICE}/copies"
RETENTION = f"{OFFICE}/retention"
CONFIGURATION = f"{OFFICE}/configuration"
NAMES = {
    OFFICE: "Staff",
    SESSIONS: "Sessions",
    AUDIT: "Audit log",
    HEALTH: "Health",
    COPIES: "Copies",
    RETENTION: "Retention",
    CONFIGURATION: "Configuration",
}


def office_screen(address: str, data: Mapping[str, object]) -> Screen:
    """Return a page of the office, which has links to all others."""
    template = f"office_{address.rpartition('/')[2]}.html" if address != OFFICE else "office.html"
    return Screen(
        template, NAMES[address], {**data, "office_pages": NAMES, "office_page": address}
    )
