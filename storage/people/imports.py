"""Imports of lists: the file, who and when, and what each one changed. The content is not kept.

A change is a person enrolled, or a value from > to. Names and addresses among the values go when the
person is erased.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, insert, or_, select, update

from storage.database import NotFound
from storage.schema import attempts, cases, codes, enrolments, import_changes, imports
from surveys.planning.dispositions import Outcome

ENROLLED = "enrolled"
REMOVED = "removed"
REFUSED = "refused"
AT_ONCE = 500
"""How many people go into one query."""
LEFT = (Outcome.CLAIMED, Outcome.LEAVING, Outcome.SENT, Outcome.UNKNOWN, Outcome.TAKEN_BACK)
"""Attempts after which a person may have the message, also of a wave that was put back."""


@dataclass(frozen=True)
class ListFile:
    """A file as it is remembered: the ending of its name, and the hash of its content."""

    ending: str
    hash: str


@dataclass(frozen=True)
class Import:
    """One import of a list for a workshop, '' for a calendar; `undone_at` while it is undone."""

    id: int
    workshop_code: str
    file: ListFile
    made_by: str
    made_at: datetime
    undone_at: datetime | None


@dataclass(frozen=True)
class Change:
    """One thing that an import did: a person enrolled or removed, or a value changed."""

    participant_id: int
    enrolment_id: int | None
    field: str
    before: str | None = None
    after: str | None = None
    id: int = 0
    undone_at: datetime | None = None


def add_import(
    connection: Connection, workshop_code: str, file: ListFile, by: str, at: datetime
) -> int:
    """Store that a list was imported for a workshop, '' for a calendar; return its number."""
    values = {
        "workshop_code": workshop_code or None,
        "ending": file.ending,
        "file_hash": file.hash,
    }
    new = insert(imports).values(values | {"made_by": by, "made_at": at})
    number: int = connection.execute(new.returning(imports.c.id)).scalar_one()
    return number


def add_changes(connection: Connection, number: int, changes: Sequence[Change]) -> None:
    """Store what an import has changed."""
    rows = [
        {
            "import_id": number,
            "participant_id": one.participant_id,
            "enrolment_id": one.enrolment_id,
            "field": one.field,
            "before": one.before,
            "after": one.after,
        }
        for one in changes
    ]
    if rows:
        connection.execute(insert(import_changes), rows)


def imports_of(connection: Connection, workshop_code: str) -> list[Import]:
    """Return the imports of people for a workshop, '' for those of calendars, oldest first."""
    mine = select(imports).where(imports.c.workshop_code == (workshop_code or None))
    return [_import_of(row) for row in connection.execute(mine.order_by(imports.c.id))]


def get_import(connection: Connection, number: int, *, locked: bool = False) -> Import:
    """Return an import; locked, so that it is undone once. NotFound names its number."""
    wanted = select(imports).where(imports.c.id == number)
    row = connection.execute(wanted.with_for_update() if locked else wanted).one_or_none()
    if row is None:
        raise NotFound(f"There is no import {number}. `followup participants lists` shows them.")
    return _import_of(row)


def changes_of(connection: Connection, number: int) -> list[Change]:
    """Return what an import has changed, in the order in which it did."""
    mine = select(import_changes).where(import_changes.c.import_id == number)
    return [_change_of(row) for row in connection.execute(mine.order_by(import_changes.c.id))]


def set_changes_undone(
    connection: Connection, number: int, changes: Collection[int], at: datetime | None
) -> None:
    """Store that changes of an import were undone at a moment, or done again with None."""
    mine = import_changes.c.import_id == number
    for one in changes:
        this = update(import_changes).where(mine, import_changes.c.id == one)
        connection.execute(this.values(undone_at=at))
    connection.execute(update(imports).where(imports.c.id == number).values(undone_at=at))


def reached(connection: Connection, numbers: Collection[int]) -> set[int]:
    """Return the enrolments whom something has reached, or from whom something came.

    That is a message that has left or may have, a code that was used, an answer, a consent.
    """
    mine = cases.c.enrolment_id == enrolments.c.id
    sent = exists().where(mine, attempts.c.case_id == cases.c.id, attempts.c.outcome.in_(LEFT))
    begun = exists().where(
        mine, or_(cases.c.started_at.is_not(None), cases.c.asked_at.is_not(None))
    )
    joined = exists().where(codes.c.enrolment_id == enrolments.c.id, codes.c.used_at.is_not(None))
    own = (enrolments.c.consented_at, enrolments.c.declined_once_at, enrolments.c.withdrawn_at)
    told = (*own, enrolments.c.elearning_reminded_at)
    wanted = select(enrolments.c.id).where(
        enrolments.c.id.in_(numbers),
        or_(sent, begun, joined, *(moment.is_not(None) for moment in told)),
    )
    return set(connection.scalars(wanted))


def forget_values(
    connection: Connection, people: Collection[int], fields: Sequence[str] = ()
) -> None:
    """Delete the values of some people that imports have changed, or some fields of them.

    Who was enrolled or removed stays.
    """
    theirs = import_changes.c.participant_id.in_(people)
    field = import_changes.c.field
    these = field.in_(fields) if fields else field.not_in((ENROLLED, REMOVED))
    connection.execute(delete(import_changes).where(theirs, these))


def set_listed(connection: Connection, number: int, listed: dict[str, str]) -> None:
    """Store what the newest list said of an enrolment, as short hashes by field."""
    this = update(enrolments).where(enrolments.c.id == number)
    connection.execute(this.values(listed=listed))


def listed_of(connection: Connection, workshop_code: str) -> dict[int, dict[str, str]]:
    """Return what the newest lists said of the enrolments of a workshop, by id."""
    wanted = select(enrolments.c.id, enrolments.c.listed).where(
        enrolments.c.workshop_code == workshop_code
    )
    return {row.id: dict(row.listed or {}) for row in connection.execute(wanted)}


def last_listed_of(connection: Connection, people: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return what the newest list said of some people, by the person's id."""
    found: dict[int, dict[str, str]] = {}
    columns = select(enrolments.c.participant_id, enrolments.c.listed).order_by(enrolments.c.id)
    for start in range(0, len(people), AT_ONCE):
        mine = enrolments.c.participant_id.in_(people[start : start + AT_ONCE])
        for person, listed in connection.execute(columns.where(mine)):
            found.setdefault(person, {}).update(listed or {})
    return found


def workshops_of(connection: Connection, people: Sequence[int]) -> dict[int, set[str]]:
    """Return the codes of the workshops in which some people are enrolled, by the person's id."""
    found: dict[int, set[str]] = {}
    columns = select(enrolments.c.participant_id, enrolments.c.workshop_code)
    here = enrolments.c.removed_at.is_(None)
    for start in range(0, len(people), AT_ONCE):
        mine = enrolments.c.participant_id.in_(people[start : start + AT_ONCE])
        for person, code in connection.execute(columns.where(mine, here)):
            found.setdefault(person, set()).add(code)
    return found


def set_refused(connection: Connection, number: int, at: datetime | None) -> None:
    """Store a refusal that a list gave, or take it back with None."""
    connection.execute(update(enrolments).where(enrolments.c.id == number).values(refused_at=at))


def set_progress(connection: Connection, number: int, elearning: str | None) -> None:
    """Store the progress of the e-learning as a list gave it, or None for none."""
    this = update(enrolments).where(enrolments.c.id == number)
    connection.execute(this.values(elearning=elearning))


def _import_of(row: Row[Any]) -> Import:
    return Import(
        row.id,
        row.workshop_code or "",
        ListFile(row.ending, row.file_hash),
        row.made_by,
        row.made_at,
        row.undone_at,
    )


def _change_of(row: Row[Any]) -> Change:
    return Change(
        row.participant_id,
        row.enrolment_id,
        row.field,
        row.before,
        row.after,
        row.id,
        row.undone_at,
    )
