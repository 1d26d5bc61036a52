"""Notices to the staff about the fieldwork, queued in the transaction of the change.

`bot.outbox.notices` sends them. Knows chats of staff, and no participants.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.midpoint import midpoint_notices
from bot.fieldwork.wave_updates import WaveChanges, update_waves
from bot.settings.office import Office
from storage.office.notices import put_staff_notices
from storage.office.staff import StaffRole


def update_and_notify(
    connection: Connection, office: Office, code: str, now: datetime
) -> WaveChanges:
    """Update the waves of a workshop and queue the notices about it, in one transaction."""
    midpoint = midpoint_notices(connection, code, now)
    change = update_waves(connection, office, code, now)
    queue_notices(connection, (*midpoint, *change.notices), now)
    return change


def queue_notices(
    connection: Connection, texts: list[str] | tuple[str, ...], now: datetime
) -> None:
    """Queue notices for all organisers."""
    put_staff_notices(connection, texts, StaffRole.ORGANISER, now)
