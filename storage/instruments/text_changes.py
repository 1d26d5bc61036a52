"""What plans, programmes, choices of workshops and texts of questionnaires were before each change.

So a change can be taken back at any later time, in any skin. These texts are about no person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, insert, select

from storage.database import NotFound
from storage.schema import text_changes


class Correction(NamedTuple):
    """A text correction of a version; the correction before it has the texts of before."""

    key: str
    version: int
    revision: int


_CORRECTIONS = TypeAdapter(tuple[Correction, ...])


@dataclass(frozen=True)
class NewChange:
    """A change of a plan (its key), of the choices of a workshop (its code), or of other texts.

    `undoes` is the number of the change that it takes back, None if it takes none back.
    `in_open_waves` says that open waves got the texts too; `corrected` are the versions that did.
    """

    before: str
    after: str
    at: datetime
    plan: str | None = None
    workshop: str | None = None
    undoes: int | None = None
    in_open_waves: bool = False
    corrected: tuple[Correction, ...] = ()
    questionnaire: str | None = None
    programme: str | None = None


@dataclass(frozen=True)
class TextChange:
    """A stored change with its number."""

    number: int
    what: NewChange


def keep_change(connection: Connection, new: NewChange) -> int:
    """Store a change; return its number."""
    values = {
        "plan": new.plan,
        "workshop_code": new.workshop,
        "before": new.before,
        "after": new.after,
        "undoes": new.undoes,
        "in_open_waves": new.in_open_waves,
        "corrected": _CORRECTIONS.dump_json(new.corrected).decode(),
        "questionnaire": new.questionnaire,
        "programme": new.programme,
        "changed_at": new.at,
    }
    stored = insert(text_changes).values(values).returning(text_changes.c.id)
    number: int = connection.execute(stored).scalar_one()
    return number


def find_change(connection: Connection, number: int) -> TextChange | None:
    """Return a change by its number, None if there is none."""
    row = connection.execute(select(text_changes).where(text_changes.c.id == number)).one_or_none()
    return _change(row) if row else None


def changes_of_plan(connection: Connection, key: str) -> list[TextChange]:
    """Return the changes of a plan, the newest first."""
    return _changes(connection, text_changes.c.plan == key)


def changes_of_choices(connection: Connection, code: str) -> list[TextChange]:
    """Return the changes of the choices of a workshop, the newest first."""
    return _changes(connection, text_changes.c.workshop_code == code)


def changes_of_questionnaire(connection: Connection, key: str) -> list[TextChange]:
    """Return the corrections of the texts of a questionnaire, the newest first."""
    return _changes(connection, text_changes.c.questionnaire == key)


def changes_of_programme(connection: Connection, code: str) -> list[TextChange]:
    """Return the changes of a programme, the newest first."""
    return _changes(connection, text_changes.c.programme == code)


def named_change(changes: Sequence[TextChange], number: int, what: str) -> TextChange:
    """Return the change with a number; with 0 the newest that takes no other back.

    Raise NotFound if there is none of them, about `what`.
    """
    for one in changes:
        if one.number == number or not (number or one.what.undoes):
            return one
    known = ", ".join(str(one.number) for one in changes[:5])
    kept = f" The newest are {known}." if known else " None is known."
    raise NotFound(f"There is no change {number or ''} of {what}.".replace("  ", " ") + kept)


def _changes(connection: Connection, mine: Any) -> list[TextChange]:
    found = select(text_changes).where(mine).order_by(text_changes.c.id.desc())
    return [_change(row) for row in connection.execute(found)]


def _change(row: Row[Any]) -> TextChange:
    what = NewChange(
        row.before,
        row.after,
        row.changed_at,
        row.plan,
        row.workshop_code,
        row.undoes,
        row.in_open_waves,
        _CORRECTIONS.validate_json(row.corrected),
        row.questionnaire,
        row.programme,
    )
    return TextChange(row.id, what)
