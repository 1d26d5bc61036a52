"""When the plan of a workshop changes: other days, confirmed, cancelled, on again.

Like `desk`: each function is one transaction, chat and command line both call it, and doing a thing
twice changes nothing and says so.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.fieldwork.planned_waves import plan_of
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.cases import cases_in
from storage.fieldwork.next_contact import refresh
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import (
    get_workshop,
    lock_workshop,
    move_workshop,
    put_workshop,
    set_cancelled,
)
from storage.office.audit import Act
from surveys.planning.due_workshops import over_at
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Replanned:
    """A workshop after an order, whether that changed anything, and what it means, in sentences."""

    workshop: Workshop
    changed: bool
    said: tuple[str, ...]


def move(
    connection: Connection,
    office: Office,
    code: str,
    days: tuple[date | None, date],
    now: datetime,
) -> Replanned:
    """Give a workshop another last day (and first day, else it stays as long as it was).

    With that the days are confirmed. Waves that nobody has seen yet move along; others stay.
    """
    before = lock_workshop(connection, code)
    starts_on, ends_on = days
    first = starts_on or ends_on - (before.ends_on - before.starts_on)
    if ends_on < first:
        raise Conflict(f"The last day {ends_on} lies before the first day {first}.")
    if (first, ends_on) == (before.starts_on, before.ends_on) and before.confirmed:
        said = f"{code} has these days already: {first} to {ends_on}. Nothing was changed."
        return Replanned(before, False, (said,))
    after = move_workshop(connection, code, first, ends_on)
    record(connection, office, Act.WORKSHOP_CHANGED, f"{code} moved", now)
    head = f"{code} is now on {first} to {ends_on}."
    if not before.confirmed:
        head += " With that its days are confirmed."
    return Replanned(after, True, (head, *_consequences(connection, office, after, now)))


def confirm(connection: Connection, office: Office, code: str, now: datetime) -> Replanned:
    """The days are certain: the waves will open."""
    before = lock_workshop(connection, code)
    days = f"{before.starts_on} to {before.ends_on}"
    if before.confirmed:
        said = f"The days of {code} are confirmed already: {days}. Nothing was changed."
        return Replanned(before, False, (said,))
    after = replace(before, confirmed=True)
    put_workshop(connection, after)
    record(connection, office, Act.WORKSHOP_CHANGED, f"{code} confirmed", now)
    head = f"The days of {code} are confirmed: {days}."
    return Replanned(after, True, (head, *_consequences(connection, office, after, now)))


def cancel(connection: Connection, office: Office, code: str, now: datetime) -> Replanned:
    """No more waves open and no more messages go out; people who began may finish."""
    before = lock_workshop(connection, code)
    if before.cancelled_at is not None:
        since = f"{before.cancelled_at:%Y-%m-%d %H:%M} UTC"
        said = f"{code} is cancelled already since {since}. Nothing was changed."
        return Replanned(before, False, (said,))
    after = _set_cancelled(connection, office, code, now, cancelled_at=now)
    said = f"{code} is cancelled: no more waves open and no more messages go out."
    return Replanned(after, True, (said, "Whoever has begun a questionnaire may finish it."))


def restore(connection: Connection, office: Office, code: str, now: datetime) -> Replanned:
    """Take a cancellation back; waves that are still to come open again by plan."""
    before = lock_workshop(connection, code)
    if before.cancelled_at is None:
        return Replanned(before, False, (f"{code} is not cancelled. Nothing was changed.",))
    after = _set_cancelled(connection, office, code, now, cancelled_at=None)
    said = (f"{code} is on again.", *_consequences(connection, office, after, now))
    return Replanned(after, True, said)


def _set_cancelled(
    connection: Connection,
    office: Office,
    code: str,
    now: datetime,
    cancelled_at: datetime | None,
) -> Workshop:
    set_cancelled(connection, code, cancelled_at)
    what = "restored" if cancelled_at is None else "cancelled"
    record(connection, office, Act.WORKSHOP_CHANGED, f"{code} {what}", now)
    for wave in waves_of(connection, code).values():
        if wave.open:
            numbers = [case.id for case in cases_in(connection, wave.id)]
            refresh(connection, numbers, office.rules, now)
    return get_workshop(connection, code)


def _consequences(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> tuple[str, ...]:
    """What becomes of each wave: when it opens, that it stays as it is, or that it is too late."""
    stored = waves_of(connection, workshop.code)
    lines = []
    for dated in plan_of(office, workshop).dated(workshop):
        wave = stored.get(dated.key)
        if wave is None and now >= over_at(dated.closes_on):
            lines.append(f"{dated.key}: too late, its last day was {dated.closes_on}.")
        elif wave is None:
            lines.append(f"{dated.key}: from {dated.opens_on} to {dated.closes_on}.")
        elif wave.open:
            lines.append(f"{dated.key}: is open and keeps its days, to {wave.closes_on}.")
        elif wave.closed_at is not None:
            lines.append(f"{dated.key}: was closed and is not asked again.")
        else:
            lines.append(f"{dated.key}: was missed.")
    return tuple(lines)
