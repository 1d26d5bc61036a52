"""The act of an organiser who says that the clock is right after a long gap between rounds."""

from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork.holding import end_hold
from bot.settings.office import Office
from storage.office.audit import Act

GOES_ON = "The next round does all that is due."
NOTHING_HELD = "Nothing is held. Nothing was changed."


def continue_rounds(connection: Connection, office: Office, now: datetime) -> str:
    """Let the rounds go on after a long gap; return the result in a sentence."""
    if not end_hold(connection, now):
        return NOTHING_HELD
    record(connection, office, Act.ROUNDS_CONTINUED, "", now)
    return GOES_ON
