"""Imports of people afterwards: undo, save again, and to another workshop.

Undo takes back only what reached nobody and what nobody has changed since, and names the rest. Each
function is one transaction, and each act is in the audit log.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.changed_values import OF_ENROLMENT, is_free, put_value, value_now
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.fieldwork.next_contact import refresh_person
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.people.codes import end_codes
from storage.people.enrolments import (
    NewEnrolment,
    enrol,
    enrolments_in,
    enrolments_with,
    get_enrolment,
)
from storage.people.imports import (
    ENROLLED,
    REFUSED,
    REMOVED,
    Change,
    Import,
    add_changes,
    add_import,
    changes_of,
    get_import,
    imports_of,
    reached,
    set_changes_undone,
)
from storage.people.participants import get_participant, lock_participant
from storage.people.removals import set_removed, set_restored
from surveys.people import RemovalReason

MERGED = "{who} stays: merged with another entry since."
NONE = "No list was imported for {code}, or all are undone."
NONE_UNDONE = "No list of {code} is undone."


@dataclass(frozen=True)
class Undone:
    """What an undo has done, or saving again: people, values, and a line for all that stays."""

    workshop: str
    number: int
    people: int
    values: int
    left: tuple[str, ...]
    to: str = ""
    new_number: int = 0
    there: int = 0
    """People of a list that was moved who were in the other workshop already."""


def workshop_of_import(connection: Connection, number: int) -> str:
    """Return the code of the workshop that a list was imported for. NotFound if there is no such."""
    return get_import(connection, number).workshop_code


def undo_import(
    connection: Connection, office: Office, code: str, number: int, now: datetime
) -> Undone:
    """Undo an import of people, the newest one without a number."""
    one = _chosen(connection, code, number)
    if one.undone_at is not None:
        again = f"`followup participants redo {code} {one.id}` saves it again."
        raise Conflict(f"Import {one.id} is undone already. Nothing was changed. {again}")
    done = _undo(connection, office, one, now)
    counts = {"people": done.people, "values": done.values, "left": len(done.left)}
    record(connection, office, Act.IMPORT_UNDONE, f"{code} import {one.id}", now, **counts)
    return done


def _undo(connection: Connection, office: Office, one: Import, now: datetime) -> Undone:
    changes = [each for each in changes_of(connection, one.id) if each.undone_at is None]
    listed = enrolments_with(connection, _numbers(changes)).values()
    for person in sorted({each.participant_id for each in listed}):
        lock_participant(connection, person)  # so that nothing leaves meanwhile
    met = reached(connection, _numbers(changes))

    def back(change: Change) -> str:
        if change.field == ENROLLED:
            return _take_off(connection, change, met, now)
        if change.field == REMOVED:
            return _put_back(connection, change)
        return _swap(connection, change, (change.after, change.before), now)

    done = _done(connection, one, changes[::-1], back, now)
    _refresh(connection, office, changes, now)
    return done


def redo_import(
    connection: Connection, office: Office, code: str, number: int, now: datetime
) -> Undone:
    """Save an import again that was undone, the newest such one without a number."""
    one = _chosen(connection, code, number, undone=True)
    changes = [each for each in changes_of(connection, one.id) if each.undone_at is not None]
    if one.undone_at is None:
        raise Conflict(f"Import {one.id} is not undone. Nothing was changed.")

    def again(change: Change) -> str:
        if change.field == ENROLLED:
            return _put_back(connection, change)
        if change.field == REMOVED and change.enrolment_id is not None:
            set_removed(connection, change.enrolment_id, RemovalReason.WRONG_LIST, now)
            return ""
        if change.field == REMOVED:
            return MERGED.format(who=_who(connection, change))
        return _swap(connection, change, (change.before, change.after), now)

    done = _done(connection, one, changes, again, None)
    _refresh(connection, office, changes, now)
    counts = {"people": done.people, "values": done.values, "left": len(done.left)}
    record(connection, office, Act.IMPORT_SAVED_AGAIN, f"{code} import {one.id}", now, **counts)
    return done


def move_import(
    connection: Connection,
    office: Office,
    place: tuple[str, int],
    to: str,
    now: datetime,
) -> Undone:
    """Undo an import (workshop and number) and enrol its people in another workshop."""
    one = _chosen(connection, *place)
    if to == one.workshop_code:
        raise Conflict(f"The list is in {to} already. Nothing was changed.")
    get_workshop(connection, to)
    done = _undo(connection, office, one, now) if one.undone_at is None else None
    left = done.left if done else ()
    moving = [
        each
        for each in changes_of(connection, one.id)
        if each.field == ENROLLED and each.undone_at is not None and each.enrolment_id
    ]
    number = add_import(connection, to, one.file, office.acting, now)
    new = _enrol_in(connection, to, moving, now)
    if done is None and not new:
        raise Conflict(f"The people of import {one.id} are in {to} already. Nothing was changed.")
    add_changes(connection, number, new)
    _refresh(connection, office, new, now)
    about = f"{one.workshop_code} import {one.id} to {to}"
    record(connection, office, Act.IMPORT_MOVED, about, now, people=len(new), left=len(left))
    values = done.values if done else 0
    there = len(moving) - len(new)
    return Undone(one.workshop_code, one.id, len(new), values, left, to, number, there)


def _enrol_in(
    connection: Connection, to: str, moving: Sequence[Change], now: datetime
) -> list[Change]:
    """Enrol people in another workshop as they were in the first; return the enrolments."""
    here = {(one.participant_id, one.role): one for one in enrolments_in(connection, to)}
    places: dict[int, int] = {}
    changes = []
    for change in moving:
        old = get_enrolment(connection, change.enrolment_id or 0)
        if get_participant(connection, old.participant_id).erased_at is not None:
            continue
        about = places.get(old.about_enrolment_id or 0)
        new = NewEnrolment(to, old.participant_id, old.administration_code, old.role, about)
        known = here.get((old.participant_id, old.role))
        made = known or enrol(connection, new, now)
        places[old.id] = made.id
        if known and not set_restored(connection, known.id):
            continue
        changes.append(Change(old.participant_id, made.id, ENROLLED))
    return changes


def _chosen(connection: Connection, code: str, number: int, *, undone: bool = False) -> Import:
    """Return an import of a workshop, locked; without a number the newest that is undone or not."""
    get_workshop(connection, code)
    known = imports_of(connection, code)
    if not number:
        fitting = [one.id for one in known if (one.undone_at is not None) is undone]
        if not fitting:
            raise NotFound((NONE_UNDONE if undone else NONE).format(code=code))
        number = fitting[-1]
    if number not in {one.id for one in known}:
        shown = f"`followup participants lists {code}` shows them."
        raise NotFound(f"There is no import {number} of {code}. {shown}")
    return get_import(connection, number, locked=True)


def _done(
    connection: Connection,
    one: Import,
    changes: Sequence[Change],
    act: Callable[[Change], str],
    undone_at: datetime | None,
) -> Undone:
    """Undo or repeat changes one by one; those for which `act` gives a reason stay as they are."""
    left = {change.id: why for change in changes if (why := act(change))}
    did = [change for change in changes if change.id not in left]
    set_changes_undone(connection, one.id, [change.id for change in did], undone_at)
    people = sum(change.field in (ENROLLED, REMOVED) for change in did)
    return Undone(one.workshop_code, one.id, people, len(did) - people, tuple(left.values()))


def _refresh(
    connection: Connection, office: Office, changes: Sequence[Change], now: datetime
) -> None:
    for number in sorted({change.participant_id for change in changes}):
        refresh_person(connection, number, office.rules, now)


def _take_off(connection: Connection, change: Change, met: set[int], now: datetime) -> str:
    """Take a person off the workshop again whom nothing has reached; else return why not."""
    who = _who(connection, change)
    if change.enrolment_id is None:
        return MERGED.format(who=who)
    if change.enrolment_id in met:
        code = get_enrolment(connection, change.enrolment_id).workshop_code
        person = get_participant(connection, change.participant_id).code
        command = f"`followup participant remove {code} {person} --why wrong-list`"
        return f"{who} stays: has a message or has answered. {command} removes the person."
    set_removed(connection, change.enrolment_id, RemovalReason.WRONG_LIST, now)
    end_codes(connection, [change.enrolment_id], now)
    return ""


def _put_back(connection: Connection, change: Change) -> str:
    """Put a person back whom the list or its undo has removed; else return why not."""
    who = _who(connection, change)
    if change.enrolment_id is None:
        return MERGED.format(who=who)
    if get_participant(connection, change.participant_id).erased_at is not None:
        return f"{who} stays removed: erased since."
    why = get_enrolment(connection, change.enrolment_id).removed_why
    if why not in (None, RemovalReason.WRONG_LIST):
        return f"{who} stays removed: {why} was given as the reason since."
    set_restored(connection, change.enrolment_id)
    return ""


def _who(connection: Connection, change: Change) -> str:
    person = get_participant(connection, change.participant_id)
    return f"{person.name or 'an erased person'} ({person.code})"


def _swap(
    connection: Connection, change: Change, values: tuple[str | None, str | None], now: datetime
) -> str:
    """Put the second value in place of the first; return why not if it is another one by now."""
    before, after = values
    person = get_participant(connection, change.participant_id)
    lost = change.enrolment_id is None and change.field in OF_ENROLMENT
    field = "refusal" if change.field == REFUSED else change.field
    if lost or value_now(connection, change) != before:
        return f"The {field} of {person.name} ({person.code}) was changed since, and stays."
    if not is_free(connection, change, after):
        return f"The {field} of {person.name} ({person.code}) belongs to somebody else now."
    put_value(connection, change, after, now)
    return ""


def _numbers(changes: Sequence[Change]) -> list[int]:
    return [one.enrolment_id for one in changes if one.enrolment_id and one.field == ENROLLED]
