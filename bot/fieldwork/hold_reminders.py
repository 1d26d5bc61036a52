"""Reminders of waves and workshops on hold, so that none is forgotten.

Part of the transaction in which a round updates a workshop; sends nothing.
"""

from datetime import date, datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from bot.wording.days import day_at
from storage.fieldwork.wave_decisions import set_remind_on
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import get_workshop, set_workshop_remind_on
from surveys.planning.due_workshops import reminder_at
from surveys.planning.wave_states import REMINDED_AFTER

REMINDER = (
    "{name} is on hold since {since}{why}. Nothing is sent. Release it, or leave it on hold."
)


def hold_reminders(
    connection: Connection, office: Office, code: str, now: datetime
) -> tuple[tuple[str, str], ...]:
    """Return the reminders that are due: the key of a wave ("" for the workshop) and the text.

    Each comes again a week later, until the hold ends.
    """
    workshop, again = get_workshop(connection, code), office.day_of(now) + REMINDED_AFTER
    found = []
    if workshop.held_at is not None and _due(workshop.remind_on, now):
        set_workshop_remind_on(connection, code, again)
        found.append(
            ("", _text(code, day_at(workshop.held_at, office.zone), workshop.hold_reason))
        )
    for wave in waves_of(connection, code).values():
        if wave.held_at is not None and _due(wave.remind_on, now):
            set_remind_on(connection, wave.id, again)
            since = day_at(wave.held_at, office.zone)
            found.append((wave.key, _text(f"{code} {wave.key}", since, wave.hold_reason)))
    return tuple(found)


def _due(day: date | None, now: datetime) -> bool:
    return day is not None and reminder_at(day) <= now


def _text(name: str, since: str, reason: str) -> str:
    why = f" ({reason})" if reason else ""
    return REMINDER.format(name=name, since=since, why=why)
