"""Imports of calendars afterwards: what each did, undo, and save again.

Undo takes back only workshops of which nothing else is stored and that nobody has changed since, and
names the rest. Each function is one transaction, and each act is in the audit log.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.import_texts import saved_at
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.database import Conflict, NotFound
from storage.fieldwork.calendar_imports import (
    CalendarChange,
    as_given,
    calendar_changes_of,
    delete_unused,
    set_calendar_undone,
)
from storage.fieldwork.workshops import all_workshops, find_workshop, put_planned
from storage.office.audit import Act
from storage.people.imports import Import, get_import, imports_of
from surveys.workshop import Workshop

CANCELLED = (
    "{code} was cancelled by it and stays so. `followup workshop restore {code}` restores it."
)
NONE = "No calendar was imported, or all are undone."
NONE_UNDONE = "No calendar is undone."


@dataclass(frozen=True)
class CalendarRecord:
    """One import of a calendar, with the numbers of workshops it added and corrected."""

    number: int
    saved: str
    new: int
    changed: int
    undone_at: datetime | None


@dataclass(frozen=True)
class CalendarUndone:
    """How many workshops an undo has taken back or saving again has brought, and what stays."""

    number: int
    workshops: int
    left: tuple[str, ...]


def list_calendars(connection: Connection, office: Office, now: datetime) -> list[CalendarRecord]:
    """Return the imports of calendars, newest first."""
    return [_record(connection, office, one, now) for one in reversed(imports_of(connection, ""))]


def _record(connection: Connection, office: Office, one: Import, now: datetime) -> CalendarRecord:
    changes = calendar_changes_of(connection, one.id)
    new = sum(change.before is None for change in changes)
    saved = saved_at(connection, office, one, now)
    return CalendarRecord(one.id, saved, new, len(changes) - new, one.undone_at)


def undo_calendar(
    connection: Connection, office: Office, number: int, now: datetime
) -> CalendarUndone:
    """Undo the import of a calendar, the newest one without a number."""
    one = _chosen(connection, number)
    if one.undone_at is not None:
        again = f"`followup workshop redo {one.id}` saves it again."
        raise Conflict(f"Calendar {one.id} is undone already. Nothing was changed. {again}")
    changes = [each for each in calendar_changes_of(connection, one.id) if not each.undone_at]
    left = {change.id: why for change in changes[::-1] if (why := _back(connection, change, now))}
    done = _done(connection, office, (one, changes, left), Act.IMPORT_UNDONE, now)
    return replace(done, left=(*done.left, *_cancelled_by(connection, one)))


def _cancelled_by(connection: Connection, one: Import) -> list[str]:
    """Return a line for each workshop that a calendar has cancelled: restoring it reaches people."""
    return [
        CANCELLED.format(code=workshop.code)
        for workshop in all_workshops(connection)
        if workshop.cancelled_at == one.made_at
    ]


def redo_calendar(
    connection: Connection, office: Office, number: int, now: datetime
) -> CalendarUndone:
    """Save a calendar again that was undone, the newest such one without a number."""
    one = _chosen(connection, number, undone=True)
    if one.undone_at is None:
        raise Conflict(f"Calendar {one.id} is not undone. Nothing was changed.")
    changes = [each for each in calendar_changes_of(connection, one.id) if each.undone_at]
    left = {change.id: why for change in changes if (why := _again(connection, change, now))}
    return _done(connection, office, (one, changes, left), Act.IMPORT_SAVED_AGAIN, now)


def calendar_line(done: CalendarUndone, what: str) -> str:
    """Return what was done with a calendar, such as "undone"."""
    workshops = counted(done.workshops, "workshop")
    return f"Calendar {done.number} is {what}: {workshops}."


def _done(
    connection: Connection,
    office: Office,
    what: tuple[Import, list[CalendarChange], dict[int, str]],
    act: Act,
    now: datetime,
) -> CalendarUndone:
    one, changes, left = what
    did = [change.id for change in changes if change.id not in left]
    undone_at = now if act is Act.IMPORT_UNDONE else None
    set_calendar_undone(connection, one.id, did, undone_at)
    counts = {"workshops": len(did), "left": len(left)}
    record(connection, office, act, f"calendar {one.id}", now, **counts)
    return CalendarUndone(one.id, len(did), tuple(left.values()))


def _back(connection: Connection, change: CalendarChange, now: datetime) -> str:
    """Take a workshop back to what it was; else return why it stays."""
    present = find_workshop(connection, change.code)
    if not _is(present, change.after):
        return f"{change.code} was changed since, and stays."
    if change.before is not None:
        put_planned(connection, change.before, now)
    elif not delete_unused(connection, change.code):
        return f"{change.code} stays: it has people, waves or lists. You can cancel it."
    return ""


def _again(connection: Connection, change: CalendarChange, now: datetime) -> str:
    """Bring a workshop to what the calendar said; else return why it stays as it is."""
    present = find_workshop(connection, change.code)
    as_before = present is None if change.before is None else _is(present, change.before)
    if not as_before:
        return f"{change.code} was changed since, and stays."
    put_planned(connection, change.after, now)
    return ""


def _is(present: Workshop | None, wanted: Workshop) -> bool:
    return present is not None and as_given(present) == as_given(wanted)


def _chosen(connection: Connection, number: int, *, undone: bool = False) -> Import:
    """Return an import of a calendar, locked; without a number the newest that is undone or not."""
    known = {one.id: one for one in imports_of(connection, "")}
    if not number:
        fitting = [one.id for one in known.values() if (one.undone_at is not None) is undone]
        if not fitting:
            raise NotFound(NONE_UNDONE if undone else NONE)
        number = fitting[-1]
    if number not in known:
        shown = "`followup workshop imports` shows them."
        raise NotFound(f"There is no calendar {number}. {shown}")
    return get_import(connection, number, locked=True)
