"""Recommendations of the report on a fiscal year: what they say, and what became of them.

One row for each change; the newest one counts, and earlier ones say what stood at a moment.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select

from storage.database import NotFound
from storage.schema import recommendation_changes, recommendations
from surveys.recommendation import Became, Content, State


@dataclass(frozen=True)
class Recommendation:
    """A recommendation as it stands. `rule` is what proposed it, '' for one of the office's own."""

    number: int
    fiscal_year: int
    rule: str
    content: Content


@dataclass(frozen=True)
class Change:
    """A change of a recommendation, and who made it."""

    number: int
    recommendation: int
    content: Content
    by: str
    at: datetime


def add_recommendation(
    connection: Connection, fiscal_year: int, rule: str, by: str, at: datetime
) -> int:
    """Add a recommendation that says nothing yet, and return its number."""
    values = {"fiscal_year": fiscal_year, "rule": rule, "made_by": by, "made_at": at}
    added = insert(recommendations).values(values).returning(recommendations.c.id)
    number: int = connection.execute(added).scalar_one()
    return number


def add_change(
    connection: Connection, number: int, content: Content, by: str, at: datetime
) -> int:
    """Store what a recommendation says from now on, and return the number of the change."""
    values = {"recommendation_id": number, "changed_by": by, "changed_at": at} | asdict(content)
    added = insert(recommendation_changes).values(values).returning(recommendation_changes.c.id)
    change: int = connection.execute(added).scalar_one()
    return change


def recommendations_of(
    connection: Connection, fiscal_year: int, until: datetime | None = None
) -> list[Recommendation]:
    """Return the recommendations of a fiscal year in their order, as they stood at a moment or stand."""
    made, changed = recommendations.c, recommendation_changes.c
    query = (
        select(made.fiscal_year, made.rule, recommendation_changes)
        .join(recommendation_changes, changed.recommendation_id == made.id)
        .where(made.fiscal_year == fiscal_year)
        .order_by(changed.id)
    )
    if until is not None:
        query = query.where(changed.changed_at <= until)
    return sorted(_newest(connection.execute(query)), key=lambda one: one.number)


def get_recommendation(
    connection: Connection, number: int, *, lock: bool = False
) -> Recommendation:
    """Return a recommendation, locked if it is going to be changed. NotFound if there is none."""
    known = select(recommendations).where(recommendations.c.id == number)
    row = connection.execute(known.with_for_update() if lock else known).one_or_none()
    if row is None:
        raise NotFound(f"There is no recommendation {number}.")
    newest = changes_of(connection, number)[0]
    return Recommendation(number, row.fiscal_year, row.rule, newest.content)


def changes_of(connection: Connection, number: int) -> list[Change]:
    """Return the changes of a recommendation, newest first."""
    table = recommendation_changes.c
    here = select(recommendation_changes).where(table.recommendation_id == number)
    return [_change(row) for row in connection.execute(here.order_by(table.id.desc()))]


def get_change(connection: Connection, number: int) -> Change:
    """Return a change by its number. Raise NotFound if there is none."""
    wanted = select(recommendation_changes).where(recommendation_changes.c.id == number)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"There is no change {number} of a recommendation.")
    return _change(row)


def _newest(rows: Iterable[Row[tuple[object, ...]]]) -> Iterable[Recommendation]:
    found = {
        row.recommendation_id: Recommendation(
            row.recommendation_id, row.fiscal_year, row.rule, _content(row)
        )
        for row in rows
    }
    return found.values()


def _change(row: Row[tuple[object, ...]]) -> Change:
    return Change(row.id, row.recommendation_id, _content(row), row.changed_by, row.changed_at)


def _content(row: Row[tuple[object, ...]]) -> Content:
    return Content(
        row.words,
        row.owner,
        row.due_on,
        State(row.state),
        Became(row.outcome),
        row.outcome_words,
    )
