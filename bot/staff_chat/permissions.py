"""Who of the staff may do what in chat: the role that each command and each button needs.

Everybody else gets the answers of a participant, or of a stranger.
"""

from collections.abc import Mapping

from bot.messaging.tokens import Action
from storage.office.staff import StaffRole

COMMANDS: Mapping[str, StaffRole] = {
    "start": StaffRole.MANAGER,
    "help": StaffRole.MANAGER,
    "report": StaffRole.MANAGER,
    "wave": StaffRole.ORGANISER,
    "workshops": StaffRole.ORGANISER,
    "move": StaffRole.ORGANISER,
    "unreachable": StaffRole.ORGANISER,
    "relink": StaffRole.ORGANISER,
    "room": StaffRole.ORGANISER,
    "rehearse": StaffRole.ORGANISER,
    "health": StaffRole.ORGANISER,
}
ACTIONS: Mapping[Action, StaffRole] = {
    Action.REPORT: StaffRole.MANAGER,
    Action.REPORT_FILE: StaffRole.MANAGER,
} | {action: StaffRole.ORGANISER for action in Action if action.name.startswith("OFFICE_")}
UPLOADS = StaffRole.ORGANISER
"""Who may send files."""
NOT_YOURS = "You do not have access to this. Ask an organiser."
NOT_YOUR_WORKSHOP = "You do not have access to this workshop. Ask {contact}."
