"""What came of the attempts of many cases: of a slice of them, or of a whole wave."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from storage.schema import attempts, cases
from surveys.planning.dispositions import MAYBE_SEEN, Outcome


def outcomes_of_cases(
    connection: Connection, case_ids: Collection[int]
) -> dict[int, list[tuple[Outcome, str]]]:
    """Return outcome and detail of the attempts of some cases in order, without those taken back."""
    found: dict[int, list[tuple[Outcome, str]]] = {number: [] for number in case_ids}
    rows = connection.execute(
        select(attempts.c.case_id, attempts.c.outcome, attempts.c.detail)
        .where(attempts.c.case_id.in_(case_ids), attempts.c.outcome != Outcome.TAKEN_BACK)
        .order_by(attempts.c.ordinal)
    )
    for case_id, outcome, detail in rows:
        found[case_id].append((Outcome(outcome), detail))
    return found


def cases_with_outcome(
    connection: Connection, wave_id: int, outcomes: Collection[Outcome]
) -> set[int]:
    """Return the cases of a wave that have an attempt with one of some outcomes."""
    wanted = select(attempts.c.case_id).join(cases, cases.c.id == attempts.c.case_id)
    wanted = wanted.where(cases.c.wave_id == wave_id, attempts.c.outcome.in_(outcomes))
    return set(connection.scalars(wanted))


def has_asked(connection: Connection, wave_id: int) -> bool:
    """Return whether a wave has asked anybody: a message has left or failed, or somebody has begun."""
    ended = attempts.c.outcome.in_((*MAYBE_SEEN, Outcome.FAILED))
    tried = select(attempts.c.id).where(attempts.c.case_id == cases.c.id, ended).exists()
    asked = select(cases.c.id).where(cases.c.wave_id == wave_id)
    asked = asked.where(tried | cases.c.started_at.is_not(None)).limit(1)
    return connection.scalar(asked) is not None


def last_outcomes(connection: Connection, wave_id: int) -> dict[tuple[str, str], int]:
    """Return how many cases of a wave have which outcome and detail in their last attempt."""
    newest = (
        select(func.max(attempts.c.id).label("id"))
        .join(cases, cases.c.id == attempts.c.case_id)
        .where(cases.c.wave_id == wave_id)
        .group_by(attempts.c.case_id)
        .subquery()
    )
    rows = connection.execute(
        select(attempts.c.outcome, attempts.c.detail, func.count().label("number"))
        .join(newest, newest.c.id == attempts.c.id)
        .group_by(attempts.c.outcome, attempts.c.detail)
    )
    return {(row.outcome, row.detail): row.number for row in rows}
