"""What the office does next, by the scope of a report, where staff have decided something about it.

One row for each change; the newest of a step counts, and earlier ones say what stood at a moment.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select

from storage.database import NotFound
from storage.schema import next_steps
from surveys.next_step import Content, NextStep, State


@dataclass(frozen=True)
class Change:
    """A change of a step, and who made it."""

    number: int
    scope: str
    step: NextStep
    by: str
    at: datetime


def put_step(connection: Connection, scope: str, step: NextStep, by: str, at: datetime) -> int:
    """Store what a step says from now on, and return the number of the change.

    Of two people who change the same step at the same moment, the second one begins again.
    """
    table = next_steps.c
    newest = select(func.max(table.change)).where(table.scope == scope, table.step == step.key)
    change = (connection.scalar(newest) or 0) + 1
    values = {"scope": scope, "step": step.key, "change": change, "changed_by": by}
    row = values | {"changed_at": at} | asdict(step.content)
    number: int = connection.execute(
        insert(next_steps).values(row).returning(table.id)
    ).scalar_one()
    return number


def steps_of(connection: Connection, scope: str, until: datetime | None = None) -> list[NextStep]:
    """Return the steps of a scope that somebody has decided about, as they stood or stand."""
    table = next_steps.c
    query = select(next_steps).where(table.scope == scope).order_by(table.id)
    if until is not None:
        query = query.where(table.changed_at <= until)
    return list(_newest(connection.execute(query)))


def changes_of(connection: Connection, scope: str, key: str) -> list[Change]:
    """Return the changes of a step, newest first."""
    table = next_steps.c
    here = select(next_steps).where(table.scope == scope, table.step == key)
    return [_change(row) for row in connection.execute(here.order_by(table.id.desc()))]


def get_change(connection: Connection, number: int) -> Change:
    """Return a change by its number. Raise NotFound if there is none."""
    wanted = select(next_steps).where(next_steps.c.id == number)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"There is no change {number} of what the office does next.")
    return _change(row)


def _newest(rows: Iterable[Row[tuple[object, ...]]]) -> Iterable[NextStep]:
    return {row.step: _change(row).step for row in rows}.values()


def _change(row: Row[tuple[object, ...]]) -> Change:
    step = NextStep(row.step, Content(row.words, row.owner, State(row.state)))
    return Change(row.id, row.scope, step, row.changed_by, row.changed_at)
