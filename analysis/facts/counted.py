"""The cases that count, and what belongs to them, as queries of the columns that analysis may see."""

from sqlalchemy import Select, select

from storage import schema
from surveys.planning.dispositions import Outcome

# fmt: off
_CASE = (
    "id", "wave_id", "enrolment_id", "created_at", "started_at", "completed_at", "closed_at",
    "answered", "asked", "hold", "disposition", "disposition_detail", "entered_mode", "entered_by",
)
_ATTEMPT = (
    "case_id", "ordinal", "kind", "channel", "claimed_at", "outcome", "outcome_at", "detail",
)
_ANSWER = ("case_id", "item", "value", "state", "language", "answered_at")
_ADMINISTRATION = ("code", "name", "subregion", "sids", "ldc")
# fmt: on
_CASES, _WAVES, _PEOPLE = schema.cases.c, schema.waves.c, schema.enrolments.c
THERE = _PEOPLE.removed_at.is_(None)
"""People whom the office has removed from a workshop are in no figure."""
WAVE_CASES = schema.waves.join(
    schema.cases,
    (_CASES.wave_id == _WAVES.id) & _CASES.set_aside_at.is_(None) & _WAVES.opened_at.is_not(None),
).join(schema.enrolments, (_PEOPLE.id == _CASES.enrolment_id) & THERE)
"""Cases that the office has set aside are in no figure, nor are those of removed people, nor those of a
wave that was put back to its plan."""


def administrations() -> Select[tuple[object, ...]]:
    """Return all administrations."""
    return select(*(schema.administrations.c[name] for name in _ADMINISTRATION))


def workshops() -> Select[tuple[object, ...]]:
    """Return all workshops by their first day."""
    table = schema.workshops
    return select(*(c for c in table.c if c.name not in ("note", "plan"))).order_by(
        table.c.starts_on, table.c.code
    )


def waves() -> Select[tuple[object, ...]]:
    """Return all waves."""
    return select(schema.waves).order_by(_WAVES.id)


def people(enrolment: int | None) -> Select[tuple[object, ...]]:
    """Return all people of workshops, or the one of this enrolment."""
    found = select(schema.enrolments).where(THERE).order_by(_PEOPLE.id)
    return found if enrolment is None else found.where(_PEOPLE.id == enrolment)


def cases() -> Select[tuple[object, ...]]:
    """Return the cases."""
    return select(*(_CASES[name] for name in _CASE)).select_from(WAVE_CASES).order_by(_CASES.id)


def attempts() -> Select[tuple[object, ...]]:
    """Return the messages of the cases, without those that were taken back."""
    table = schema.attempts
    joined = WAVE_CASES.join(table, table.c.case_id == _CASES.id)
    found = select(*(table.c[name] for name in _ATTEMPT)).select_from(joined)
    return found.where(table.c.outcome != Outcome.TAKEN_BACK).order_by(table.c.id)


def answers() -> Select[tuple[object, ...]]:
    """Return the answers of the cases."""
    table = schema.answers
    joined = WAVE_CASES.join(table, table.c.case_id == _CASES.id)
    found = select(*(table.c[name] for name in _ANSWER)).select_from(joined)
    return found.order_by(table.c.case_id, table.c.item)


def earlier_answers() -> Select[tuple[object, ...]]:
    """Return what was answered before it was changed or cleared."""
    table = schema.answer_history
    joined = WAVE_CASES.join(table, table.c.case_id == _CASES.id)
    found = select(*(table.c[name] for name in (*_ANSWER, "replaced_at"))).select_from(joined)
    return found.order_by(table.c.id)


def operation_results() -> Select[tuple[object, ...]]:
    """Return the results of operations."""
    return select(schema.operation_results).order_by(schema.operation_results.c.position)
