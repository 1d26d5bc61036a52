"""Move, confirm, cancel and restore a workshop.

Each function is one transaction; repeating an act changes nothing and says so. What follows for the
people of a workshop is read afterwards (`with_what_follows`).
"""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.waves.results import WorkshopResult
from bot.fieldwork.slices import plan_first_slice
from bot.settings.office import Office
from bot.wording.days import day_words, moment_words, span_words
from storage.database import Conflict
from storage.fieldwork.claims import take_back_claims
from storage.fieldwork.due_contacts import hold_contacts, plan_again
from storage.fieldwork.waves import open_waves
from storage.fieldwork.workshops import (
    get_workshop,
    lock_workshop,
    move_workshop,
    note_moved_by_hand,
    put_planned,
    put_workshop,
    set_cancelled,
    set_planned_since,
)
from storage.office.audit import Act
from surveys.planning.contacts import Hold
from surveys.workshop import Workshop


def move(
    connection: Connection,
    office: Office,
    code: str,
    days: tuple[date | None, date],
    now: datetime,
) -> WorkshopResult:
    """Move a workshop to other days and confirm them.

    `days` are first and last day; without a first day it keeps its length. Waves of which nobody
    has got a message yet move along; others keep their days. Those whose day is then past or near
    wait for a yes. Raise Conflict if the last day is
    before the first.
    """
    before = lock_workshop(connection, code)
    starts_on, ends_on = days
    first = starts_on or ends_on - (before.ends_on - before.starts_on)
    if ends_on < first:
        raise Conflict(
            f"The last day {day_words(ends_on)} is before the first day {day_words(first)}."
        )
    if (first, ends_on) == (before.starts_on, before.ends_on) and before.confirmed:
        present = span_words(first, ends_on)
        said = f"{code} has these days already: {present}. Nothing was changed."
        return WorkshopResult(before, False, (said,))
    after = move_workshop(connection, code, first, ends_on)
    note_moved_by_hand(connection, code, now)
    set_planned_since(connection, code, now)
    was = f"{before.starts_on} to {before.ends_on}"
    about = f"{code} moved: {was}, now {first} to {ends_on}"
    record(connection, office, Act.WORKSHOP_CHANGED, about, now)
    head = f"{code} is now on {span_words(first, ends_on)}."
    if not before.confirmed:
        head += " With that its days are confirmed."
    return WorkshopResult(after, True, (head,), follows=True)


def move_back(
    connection: Connection,
    office: Office,
    code: str,
    change: tuple[tuple[date, date], tuple[date, date]],
    now: datetime,
) -> WorkshopResult:
    """Undo a move: give a workshop the days of before, unless it was moved again since.

    `change` are first and last day before and after the move.
    """
    before, after = change
    workshop = lock_workshop(connection, code)
    present = (workshop.starts_on, workshop.ends_on)
    if present not in (before, after):
        said = f"{code} was moved again since, to {span_words(*present)}. Nothing was changed."
        return WorkshopResult(workshop, False, (said,))
    return move(connection, office, code, before, now)


def confirm(connection: Connection, office: Office, code: str, now: datetime) -> WorkshopResult:
    """Confirm the days of a workshop: its waves will open."""
    before = lock_workshop(connection, code)
    days = span_words(before.starts_on, before.ends_on)
    if before.confirmed:
        said = f"The days of {code} are confirmed already: {days}. Nothing was changed."
        return WorkshopResult(before, False, (said,))
    after = replace(before, confirmed=True)
    put_planned(connection, after, now)
    record(connection, office, Act.WORKSHOP_CHANGED, f"{code} confirmed", now)
    head = f"The days of {code} are confirmed: {days}."
    return WorkshopResult(after, True, (head,), follows=True)


def unconfirm(connection: Connection, office: Office, code: str, now: datetime) -> WorkshopResult:
    """Take a confirmation back: no more waves open; those that are open stay so."""
    before = lock_workshop(connection, code)
    if not before.confirmed:
        return WorkshopResult(before, False, (f"{code} is not confirmed. Nothing was changed.",))
    after = replace(before, confirmed=False)
    put_workshop(connection, after)
    record(connection, office, Act.WORKSHOP_CHANGED, f"{code} not confirmed", now)
    said = [f"The days of {code} are not confirmed any more: no more waves open."]
    keys = ", ".join(wave.key for wave in open_waves(connection, [code]))
    return WorkshopResult(
        after, True, (*said, *([f"Open, and stays so: {keys}."] if keys else []))
    )


def cancel(connection: Connection, office: Office, code: str, now: datetime) -> WorkshopResult:
    """Cancel a workshop: no wave opens and no message is sent; people who began may finish."""
    before = lock_workshop(connection, code)
    if before.cancelled_at is not None:
        since = moment_words(before.cancelled_at, office.zone)
        said = f"{code} is cancelled already, since {since}. Nothing was changed."
        return WorkshopResult(before, False, (said,))
    after = _set_cancelled(connection, office, code, now, cancelled_at=now)
    for wave in open_waves(connection, [code]):
        take_back_claims(connection, wave.id)
        hold_contacts(connection, wave.id, Hold.CANCELLED)
    said = f"{code} is cancelled: no more waves open and no more messages go out."
    return WorkshopResult(
        after, True, (said, "People who have begun a questionnaire may finish it.")
    )


def restore(connection: Connection, office: Office, code: str, now: datetime) -> WorkshopResult:
    """Undo a cancellation: coming waves open by plan again."""
    before = lock_workshop(connection, code)
    if before.cancelled_at is None:
        return WorkshopResult(before, False, (f"{code} is not cancelled. Nothing was changed.",))
    after = _set_cancelled(connection, office, code, now, cancelled_at=None)
    set_planned_since(connection, code, now)
    waves = [wave.id for wave in open_waves(connection, [code])]
    plan_again(connection, waves, [Hold.CANCELLED])
    to_come = plan_first_slice(connection, office, code, now)
    said = f"{code} is no longer cancelled.{to_come}"
    return WorkshopResult(after, True, (said,), follows=True)


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
    return get_workshop(connection, code)
