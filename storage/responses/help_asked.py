"""Who asked the office for help, from the answers. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select

from storage.fieldwork.cases import IS_THERE
from storage.instruments.questionnaires import get_questionnaire
from storage.schema import answers, cases, enrolments, waves
from surveys.help_asked import help_items, help_options
from surveys.interview.answers import AnswerState
from surveys.questionnaire import Questionnaire

Kind = tuple[str, str]
"""A workshop and an option of its questionnaire: in another one it may be something else."""


@dataclass(frozen=True)
class Ask:
    """One person of an administration asked for one kind of help: first and last at a moment."""

    enrolment: int
    participant: int
    workshop: str
    administration: str
    help: str
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Asks:
    """All that was asked for, and the words of each kind by language, as the workshop asked it."""

    asks: tuple[Ask, ...]
    labels: Mapping[Kind, Mapping[str, str]]


def asks_in(connection: Connection, codes: Collection[str] | None = None) -> Asks:
    """Return who asked for which help, of some workshops or all; each person once for each kind.

    People who were removed, and cases that were set aside, do not count.
    """
    of = None if codes is None else waves.c.workshop_code.in_(codes)
    return _asks(connection, of)


def asks_of(connection: Connection, people: Collection[int]) -> Asks:
    """Return what some people asked for, in all their workshops."""
    return _asks(connection, enrolments.c.participant_id.in_(people))


def _asks(connection: Connection, of: ColumnElement[bool] | None) -> Asks:
    pinned = _pinned(connection, of)
    asking = {key: one for key, one in pinned.items() if any(help_items(one))}
    options = {key: help_options(one) for key, one in asking.items()}
    found: dict[tuple[int, str], Ask] = {}
    labels: dict[Kind, Mapping[str, str]] = {}
    for row in connection.execute(_asked(asking, of)):
        told = options[row.questionnaire_key, row.questionnaire_version]
        for kind in told.keys() & row.value.split():
            before = found.get((row.id, kind))
            first = before.first if before else row.answered_at
            who = (row.id, row.participant_id, row.workshop_code, row.administration_code)
            found[row.id, kind] = Ask(*who, kind, first, row.answered_at)
            labels[row.workshop_code, kind] = told[kind].label
    return Asks(tuple(found.values()), labels)


def _pinned(
    connection: Connection, of: ColumnElement[bool] | None
) -> dict[tuple[str, int], Questionnaire]:
    """Return the questionnaires that waves ask, those of the cases or waves that are wanted."""
    pinned = (waves.c.questionnaire_key, waves.c.questionnaire_version)
    wanted = select(*pinned).where(pinned[0].is_not(None)).distinct()
    if of is not None:
        here = waves.outerjoin(cases, cases.c.wave_id == waves.c.id)
        wanted = wanted.select_from(here.outerjoin(enrolments, IS_THERE)).where(of)
    rows = connection.execute(wanted).all()
    return {(key, version): get_questionnaire(connection, key, version) for key, version in rows}


def _asked(
    asking: Mapping[tuple[str, int], Questionnaire], of: ColumnElement[bool] | None
) -> Select[Any]:
    """Return the statement for the answers to questions about help, the oldest first."""
    theirs = [
        and_(
            waves.c.questionnaire_key == key,
            waves.c.questionnaire_version == version,
            answers.c.item.in_([item.name for item in help_items(one)]),
        )
        for (key, version), one in asking.items()
    ]
    told = (answers.c.state == AnswerState.ANSWERED) & cases.c.set_aside_at.is_(None)
    wanted = (
        select(
            enrolments.c.id,
            enrolments.c.participant_id,
            enrolments.c.workshop_code,
            enrolments.c.administration_code,
            waves.c.questionnaire_key,
            waves.c.questionnaire_version,
            answers.c.value,
            answers.c.answered_at,
        )
        .select_from(answers)
        .join(cases, cases.c.id == answers.c.case_id)
        .join(enrolments, IS_THERE)
        .join(waves, waves.c.id == cases.c.wave_id)
        .where(or_(*theirs, false()), told)
        .order_by(answers.c.answered_at, answers.c.case_id)
    )
    return wanted if of is None else wanted.where(of)
