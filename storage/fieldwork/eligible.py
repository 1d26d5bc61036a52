"""Eligibility: who has no case in a wave yet, and who of them gets none and why.

Rounds and previews use this one rule. Which waves leave late joiners to the next one is an argument.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    null,
    select,
    tuple_,
)

from storage.fieldwork.waves import IS_OPEN
from storage.people.enrolments import enrolment_of, still_asked
from storage.schema import answers, cases, enrolments, left_out, participants, waves, workshops
from surveys.people import Enrolment, Role
from surveys.planning.channels import IMPORTED

SUPERVISOR_AGREED = "supervisor_ok"
"""The item in which participants agree, with "yes", that their supervisor is asked."""

_PARTICIPANTS_CASES = cases.alias("theirs")
_OTHERS, _THEIR_CASES = enrolments.alias("others"), cases.alias("their_cases")
_ABOUT = enrolments.alias("about")
_OTHERS_OUT = left_out.alias("others_out")
# Created once: an alias copies all columns, which takes ten times as long as the rest of a statement.

Leaving = Collection[tuple[str, str]]
"""Plan and key of the waves that leave people who join late to the next wave."""


def enrolments_without_case(
    connection: Connection, wave_id: int, leaving: Leaving
) -> list[tuple[Enrolment, str]]:
    """Return the active enrolments in the role a wave asks that have no case in it yet.

    Each comes with the reason why it gets none, as a code; '' if it gets one.
    """
    reason = _reason(_joined_late(leaving)).label("reason")
    wanted = _eligible(enrolments, reason).where(waves.c.id == wave_id).order_by(enrolments.c.id)
    return [(enrolment_of(row), row.reason) for row in connection.execute(wanted)]


def asked_without_case(
    connection: Connection, wave_id: int, leaving: Leaving, waiting: Collection[str], limit: int
) -> list[int]:
    """Return the ids of at most `limit` enrolments that get a case in a wave and have none yet.

    People with a language of `waiting` get none.
    """
    wanted = _first_asked(tuple(sorted(leaving)), tuple(sorted(waiting)))
    return list(connection.scalars(wanted, {"wave": wave_id, "most": limit}))


def count_asked_without_case(
    connection: Connection, wave_id: int, leaving: Leaving, waiting: Collection[str]
) -> int:
    """Return how many enrolments get a case in a wave and have none yet."""
    return connection.scalar(_asked(func.count(), wave_id, leaving, waiting)) or 0


def workshops_with_eligible(
    connection: Connection, leaving: Leaving, codes: Collection[str]
) -> set[str]:
    """Return which of some workshops have an open wave with an eligible enrolment without a case."""
    these = waves.c.workshop_code.in_(codes)
    eligible = _eligible(waves.c.workshop_code).where(these, IS_OPEN)
    asked = _reason(_joined_late(leaving)) == ""
    return set(connection.scalars(eligible.where(asked).distinct()))


def reasons_not_asked(connection: Connection, workshop_code: str, wave_key: str) -> dict[int, str]:
    """Return why each enrolment of a workshop is not asked in a wave that has not opened yet.

    They are codes by the ids of enrolments; '' for one that is asked.
    """
    reason = _reason(false(), (null(), literal(wave_key)))
    mine = enrolments.c.workshop_code == workshop_code
    rows = connection.execute(select(enrolments.c.id, reason.label("reason")).where(mine))
    return {row.id: row.reason for row in rows}


@lru_cache(maxsize=16)  # to build it takes five times as long as to run it, and rounds often do
def _first_asked(leaving: Leaving, waiting: Collection[str]) -> Select[tuple[int]]:
    """Select some of those enrolments; `wave` and `most` are parameters."""
    wanted = _asked(enrolments.c.id, bindparam("wave"), leaving, waiting)
    return wanted.order_by(enrolments.c.id).limit(bindparam("most"))


def _asked(
    what: ColumnElement[Any],
    wave_id: int | BindParameter[int],
    leaving: Leaving,
    waiting: Collection[str],
) -> Select[Any]:
    """Select from the enrolments that get a case in a wave and have none yet."""
    theirs = participants.c.id == enrolments.c.participant_id
    waits = exists().where(theirs, participants.c.language.in_(waiting))
    asked = _reason(_joined_late(leaving)) == ""
    wanted = _eligible(what).where(waves.c.id == wave_id, asked)
    return wanted.where(~waits) if waiting else wanted


def _eligible(*what: Table | Column[Any] | ColumnElement[Any]) -> Select[Any]:
    """Select from waves and the active enrolments in their role that have no case yet."""
    asked = (enrolments.c.workshop_code == waves.c.workshop_code) & (
        enrolments.c.role == waves.c.role
    )
    has_case = select(cases.c.id).where(
        cases.c.wave_id == waves.c.id, cases.c.enrolment_id == enrolments.c.id
    )
    return (
        select(*what)
        .select_from(waves.join(enrolments, asked).join(workshops))
        .where(workshops.c.code == waves.c.workshop_code)
        .where(still_asked(enrolments))
        .where(~has_case.exists())
    )


Place = tuple[ColumnElement[Any], ColumnElement[Any]]
"""The id of a wave, null before it has opened, and its key."""


def _reason(
    late: ColumnElement[bool], wave: Place = (waves.c.id, waves.c.key)
) -> ColumnElement[str]:
    """Why an enrolment is not asked in a wave, as a code; '' if it is."""
    role = enrolments.c.role
    _, key = wave
    away = exists().where(left_out.c.enrolment_id == enrolments.c.id, left_out.c.wave_key == key)
    return case(
        (away, "left_out"),
        (late, "joined_late"),
        ((role == Role.SUPERVISOR) & ~_agreed(), "participant_did_not_agree"),
        ((role == Role.CONTACT_POINT) & _answered_for(wave), "administration_answers_once"),
        else_="",
    )


def _joined_late(leaving: Leaving) -> ColumnElement[bool]:
    """Return the condition that somebody enrolled after a wave opened that leaves them to the next."""
    shut = tuple_(workshops.c.plan, waves.c.key).in_(leaving)
    return shut & (enrolments.c.enrolled_at > waves.c.opened_at)


def _agreed() -> ColumnElement[bool]:
    """Return the condition that the participant agreed that this supervisor is asked."""
    return exists().where(
        answers.c.case_id == _PARTICIPANTS_CASES.c.id,
        _PARTICIPANTS_CASES.c.enrolment_id == enrolments.c.about_enrolment_id,
        _ABOUT.c.id == enrolments.c.about_enrolment_id,
        _ABOUT.c.removed_at.is_(None),
        answers.c.item == SUPERVISOR_AGREED,
        answers.c.value == "yes",
        answers.c.channel != IMPORTED,  # said to another survey, about which nothing is sent
    )


def _answered_for(wave: Place) -> ColumnElement[bool]:
    """Return the condition that somebody else answers, or has answered, for the administration.

    The first active enrolment answers for it, or an active one that has a case already, unless it was
    passed over or is left out. Answers that were set aside are none.
    """
    wave_id, key = wave
    others, theirs = _OTHERS, _THEIR_CASES
    # By itself a nested EXISTS is correlated to the one around it only, so any wave would do.
    has_case = (
        exists()
        .where(theirs.c.enrolment_id == others.c.id, theirs.c.wave_id == wave_id)
        .correlate(others, waves)
    )
    away = (
        exists()
        .where(_OTHERS_OUT.c.enrolment_id == others.c.id, _OTHERS_OUT.c.wave_key == key)
        .correlate(others, waves)
    )
    done = has_case.where(theirs.c.completed_at.is_not(None), theirs.c.set_aside_at.is_(None))
    answers_now = still_asked(others) & others.c.passed_over_at.is_(None) & ~away
    answers_now &= (others.c.id < enrolments.c.id) | has_case
    return exists().where(
        others.c.workshop_code == enrolments.c.workshop_code,
        others.c.administration_code == enrolments.c.administration_code,
        others.c.role == enrolments.c.role,
        others.c.id != enrolments.c.id,
        others.c.removed_at.is_(None),
        answers_now | done,
    )
