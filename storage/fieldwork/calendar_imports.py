"""What imports of calendars have changed: workshops added or corrected, as they were and became."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from storage.schema import (
    calendar_changes,
    due_workshops,
    imports,
    metadata,
    workshop_donors,
    workshop_names,
    workshops,
)
from surveys.workshop import Workshop

GIVEN = ("code", "title", "kind", "city", "country", "plan", "confirmed", "note")
DAYS = ("starts_on", "ends_on")
OWN = (workshop_donors, workshop_names, due_workshops)
"""Tables whose rows go with a workshop and hold nothing that anybody has done."""


@dataclass(frozen=True)
class CalendarChange:
    """A workshop as it was, None if it is new, and as it became; without its cancellation."""

    code: str
    before: Workshop | None
    after: Workshop
    id: int = 0
    undone_at: datetime | None = None


def add_calendar_changes(
    connection: Connection, number: int, changes: Sequence[CalendarChange]
) -> None:
    """Store what the import of a calendar has changed."""
    rows = [
        {
            "import_id": number,
            "workshop_code": one.code,
            "before": as_given(one.before) if one.before else None,
            "after": as_given(one.after),
        }
        for one in changes
    ]
    if rows:
        connection.execute(insert(calendar_changes), rows)


def calendar_changes_of(connection: Connection, number: int) -> list[CalendarChange]:
    """Return what the import of a calendar has changed, in its order."""
    mine = select(calendar_changes).where(calendar_changes.c.import_id == number)
    return [
        CalendarChange(
            row.workshop_code,
            _read(row.before) if row.before else None,
            _read(row.after),
            row.id,
            row.undone_at,
        )
        for row in connection.execute(mine.order_by(calendar_changes.c.id))
    ]


def set_calendar_undone(
    connection: Connection, number: int, changes: Collection[int], at: datetime | None
) -> None:
    """Store that changes of a calendar were undone at a moment, or done again with None."""
    these = calendar_changes.c.id.in_(changes) & (calendar_changes.c.import_id == number)
    connection.execute(update(calendar_changes).where(these).values(undone_at=at))
    connection.execute(update(imports).where(imports.c.id == number).values(undone_at=at))


def delete_unused(connection: Connection, code: str) -> bool:
    """Delete a workshop of which nothing else is stored; return whether it was."""
    users = [
        column
        for table in metadata.sorted_tables
        if table not in OWN
        for column in _columns_of_workshops(table)
    ]
    if any(connection.execute(select(one).where(one == code).limit(1)).first() for one in users):
        return False
    return bool(connection.execute(delete(workshops).where(workshops.c.code == code)).rowcount)


def _columns_of_workshops(table: Table) -> list[Any]:
    return [key.parent for key in table.foreign_keys if key.column is workshops.c.code]


def as_given(workshop: Workshop) -> dict[str, Any]:
    """Return of a workshop what a calendar gives, as JSON."""
    values = {name: getattr(workshop, name) for name in GIVEN}
    days = {name: getattr(workshop, name).isoformat() for name in DAYS}
    return values | days | {"donors": list(workshop.donors)}


def _read(values: dict[str, Any]) -> Workshop:
    days = {name: date.fromisoformat(values[name]) for name in DAYS}
    return Workshop(**(values | days | {"donors": tuple(values["donors"])}))
