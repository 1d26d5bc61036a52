"""Contact points: one answers for the administration; what another has begun goes on with the next."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, select, update

from storage.due_workshops import mark_enrolment_due
from storage.fieldwork.case_changes import TOLD
from storage.fieldwork.cases import open_case
from storage.people.enrolments import still_asked
from storage.schema import answers, cases, enrolments
from storage.schema import waves as all_waves
from surveys.people import Enrolment, Role
from surveys.planning.contacts import Hold

_OTHERS = enrolments.alias("other_points")
_SAME = (
    (_OTHERS.c.workshop_code == enrolments.c.workshop_code)
    & (_OTHERS.c.administration_code == enrolments.c.administration_code)
    & (_OTHERS.c.role == enrolments.c.role)
    & (_OTHERS.c.id != enrolments.c.id)
    & _OTHERS.c.removed_at.is_(None)
)
"""A condition: another contact point of the same administration, in the same workshop."""
_THEIRS = cases.alias("cases_of_other_points")


def pass_on(connection: Connection, before: int, after: int, at: datetime) -> list[int]:
    """Let one enrolment go on with the unfinished questionnaires of another; return the new cases.

    The answers move with their history, so that no answer counts twice. A case of `after` that has
    answers of its own keeps them, and the other one stays.
    """
    unfinished = (
        select(cases)
        .join(all_waves, all_waves.c.id == cases.c.wave_id)
        .where(cases.c.enrolment_id == before, all_waves.c.closed_at.is_(None))
        .where(cases.c.completed_at.is_(None), cases.c.closed_at.is_(None))
        .order_by(cases.c.id)
    )
    moved = []
    for row in connection.execute(unfinished).all():
        mine = (cases.c.wave_id == row.wave_id) & (cases.c.enrolment_id == after)
        known = connection.execute(select(cases).where(mine).with_for_update()).one_or_none()
        if known is not None and known.answered:
            continue
        number = known.id if known is not None else open_case(connection, row.wave_id, after, at)
        _move(connection, row.id, number, {"answered": row.answered, "asked": row.asked})
        moved.append(number)
    return moved


def _move(connection: Connection, before: int, after: int, counts: dict[str, int]) -> None:
    for table in TOLD:
        connection.execute(update(table).where(table.c.case_id == before).values(case_id=after))
    nothing = {"answered": 0, "asked": 0, "position": None, "draft": None}
    connection.execute(update(cases).where(cases.c.id == before).values(nothing))
    connection.execute(update(cases).where(cases.c.id == after).values(counts))


def has_answered(connection: Connection, enrolment_id: int, since: datetime | None) -> bool:
    """Return whether an enrolment has any answer from after a moment; any at all without one."""
    given = (
        select(answers.c.case_id)
        .join(cases, cases.c.id == answers.c.case_id)
        .where(cases.c.enrolment_id == enrolment_id)
    )
    if since is not None:
        given = given.where(answers.c.answered_at > since)
    return connection.scalar(given.limit(1)) is not None


def set_passed_over(connection: Connection, number: int, at: datetime | None) -> None:
    """Store that another contact point is asked in place of this one; None ends it."""
    connection.execute(
        update(enrolments).where(enrolments.c.id == number).values(passed_over_at=at)
    )
    mark_enrolment_due(connection, number)


def out_of_reach_in(connection: Connection, wave_id: int) -> list[int]:
    """Return the contact points of a wave whom nothing reaches, where another can be asked."""
    another = exists().where(_SAME, still_asked(_OTHERS), _OTHERS.c.passed_over_at.is_(None))
    lost = (
        select(enrolments.c.id)
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .where(cases.c.wave_id == wave_id, cases.c.hold == Hold.UNREACHABLE)
        .where(cases.c.started_at.is_(None), enrolments.c.role == Role.CONTACT_POINT)
        .where(still_asked(enrolments), enrolments.c.passed_over_at.is_(None), another)
        .order_by(enrolments.c.id)
    )
    return list(connection.scalars(lost))


def passed_over_in(connection: Connection, workshop_code: str) -> list[int]:
    """Return the enrolments of a workshop in whose place another contact point is asked."""
    over = enrolments.c.passed_over_at.is_not(None)
    wanted = select(enrolments.c.id).where(enrolments.c.workshop_code == workshop_code, over)
    return list(connection.scalars(wanted.order_by(enrolments.c.id)))


def hold_of_others(connection: Connection, enrolment: Enrolment, case_id: int) -> Hold:
    """Return the hold of a contact point for whose administration another has answered; else NONE."""
    if enrolment.role is not Role.CONTACT_POINT:
        return Hold.NONE
    given = _THEIRS.c.completed_at.is_not(None) & _THEIRS.c.set_aside_at.is_(None)
    done = _of_others(case_id, given).limit(1)
    return Hold.NONE if connection.scalar(done) is None else Hold.ANSWERED_BY_ANOTHER


def cases_beside(connection: Connection, case_id: int) -> list[int]:
    """Return the cases in the same wave of other contact points of the same administration."""
    return list(connection.scalars(_of_others(case_id, _THEIRS.c.id.is_not(None))))


def _of_others(case_id: int, which: ColumnElement[bool]) -> Any:
    return (
        select(_THEIRS.c.id)
        .join(_OTHERS, _OTHERS.c.id == _THEIRS.c.enrolment_id)
        .join(enrolments, _SAME)
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .where(cases.c.id == case_id, _THEIRS.c.wave_id == cases.c.wave_id, which)
        .order_by(_THEIRS.c.id)
    )
