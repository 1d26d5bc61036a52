"""What the database itself counts of a bundle, apart from everything else that is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    false,
    func,
    or_,
    select,
)

from analysis.facts.cut_offs import CutOffs
from storage import schema

_COUNTED = schema.cases.c.set_aside_at.is_(None) & schema.waves.c.opened_at.is_not(None)
_THERE = schema.enrolments.c.removed_at.is_(None)
_TO_CASES = schema.waves.join(
    schema.cases, (schema.cases.c.wave_id == schema.waves.c.id) & _COUNTED
).join(schema.enrolments, (schema.enrolments.c.id == schema.cases.c.enrolment_id) & _THERE)
_OPENED = (schema.waves.c.id == schema.answer_imports.c.wave_id) & (
    schema.waves.c.opened_at.is_not(None)
)
_TO_UNLINKED = schema.waves.join(schema.answer_imports, _OPENED).join(
    schema.unlinked_responses, schema.unlinked_responses.c.import_id == schema.answer_imports.c.id
)
_TO_THEIR_ANSWERS = _TO_UNLINKED.join(
    schema.unlinked_answers,
    schema.unlinked_answers.c.response_id == schema.unlinked_responses.c.id,
)


@dataclass(frozen=True)
class Stored:
    """How many rows the database itself counts, up to the cut-offs."""

    cases: int
    answers: int


def stored(connection: Connection, codes: Sequence[str] | None, limits: CutOffs) -> Stored:
    """Return the counts of the database: an answer that was changed later counts as it was."""

    def count(source: FromClause, column: ColumnElement[Any], *more: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(source).where(_until(column, limits), *more)
        return int(connection.execute(_chosen(query, codes)).scalar_one())

    now, before = schema.answers, schema.answer_history
    known = schema.enrolments.c.enrolled_at <= limits.at
    replaced_later = _after(before.c.replaced_at, limits)
    # Answers from earlier tables count from their import on, however old they are.
    there = _until(schema.cases.c.created_at, limits)
    of_nobody = schema.unlinked_responses.c.created_at
    stored_by_then = _until(of_nobody, limits)
    return Stored(
        cases=count(_TO_CASES, schema.cases.c.created_at, known) + count(_TO_UNLINKED, of_nobody),
        answers=count(_to(now), now.c.answered_at, known, there)
        + count(_to(before), before.c.answered_at, replaced_later, known, there)
        + count(_TO_THEIR_ANSWERS, schema.unlinked_answers.c.answered_at, stored_by_then),
    )


def channels(connection: Connection, codes: Sequence[str] | None) -> dict[tuple[int, str], str]:
    """Return the channel of every answer, by case and item; of one that was cleared, that it had."""
    found: dict[tuple[int, str], str] = {}
    for table in (schema.answer_history, schema.answers):
        query = select(table.c.case_id, table.c.item, table.c.channel).select_from(_to(table))
        rows = connection.execute(_chosen(query, codes))
        found |= {(case, item): channel for case, item, channel in rows}
    return found


def _to(answers: Table) -> FromClause:
    return _TO_CASES.join(answers, answers.c.case_id == schema.cases.c.id)


def _until(column: ColumnElement[Any], limits: CutOffs) -> ColumnElement[bool]:
    """Return whether a moment is not later than the cut-off of its wave."""
    return _counted(limits, lambda at: column <= at)


def _after(column: ColumnElement[Any], limits: CutOffs) -> ColumnElement[bool]:
    return _counted(limits, lambda at: column > at)


def _counted(
    limits: CutOffs, holds: Callable[[datetime], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """Return whether something holds at the cut-off of a wave that was over by then."""
    if limits.waves is None:
        return holds(limits.at)
    wave = schema.waves.c
    return or_(
        false(),
        *(
            and_(
                wave.workshop_code == workshop,
                wave.key == key,
                (wave.closed_at <= at) | (wave.missed_at <= at),
                holds(at),
            )
            for (workshop, key), at in limits.waves.items()
        ),
    )


def _chosen(query: Select[Any], codes: Sequence[str] | None) -> Select[Any]:
    column = schema.waves.c.workshop_code
    return query if codes is None else query.where(column.in_(list(codes)))
