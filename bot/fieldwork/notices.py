"""Notices to the staff about the fieldwork, queued in the transaction of the change.

`bot.outbox.notices` sends them. Knows chats of staff, and no participants.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.hold_reminders import hold_reminders
from bot.fieldwork.midpoint import midpoint_notices
from bot.fieldwork.wave_updates import WaveChanges, update_waves
from bot.messaging.tokens import Action, number_of, token
from bot.settings.office import Office
from storage.office.notices import put_staff_notices
from storage.office.staff import StaffRole


def update_and_notify(
    connection: Connection, office: Office, code: str, now: datetime
) -> WaveChanges:
    """Update the waves of a workshop and queue the notices about it, in one transaction."""
    midpoint = midpoint_notices(connection, code, now)
    reminders = hold_reminders(connection, office, code, now)
    change = update_and_ask(connection, office, code, now)
    queue_notices(connection, change.notices, now)
    _ask(connection, code, midpoint, now, Action.SURVEY)
    _ask(connection, code, reminders, now)
    return change


def update_and_ask(
    connection: Connection, office: Office, code: str, now: datetime
) -> WaveChanges:
    """Update the waves of a workshop, and ask organisers about those that need a yes."""
    change = update_waves(connection, office, code, now)
    _ask(connection, code, change.questions, now)
    return change


def _ask(
    connection: Connection,
    code: str,
    questions: Iterable[tuple[str, str]],
    now: datetime,
    about_wave: Action = Action.OFFICE_WAVE,
) -> None:
    """Queue notices with a button about one wave each, or about the workshop."""
    for key, text in questions:
        button = _button(code, key, about_wave)
        put_staff_notices(connection, [text], StaffRole.ORGANISER, now, button)


def _button(code: str, key: str, about_wave: Action) -> str:
    """Return the token of the button that shows a wave, or the workshop for ""."""
    if not key:
        return token(Action.OFFICE_PLAN, number_of(code))
    return token(about_wave, number_of(code), number_of(key))


def queue_notices(
    connection: Connection, texts: list[str] | tuple[str, ...], now: datetime
) -> None:
    """Queue notices for all organisers."""
    put_staff_notices(connection, texts, StaffRole.ORGANISER, now)
