"""Interviews as they are stored: the answers of a case, and those before it that it may quote."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    bindparam,
    null,
    union_all,
)

from storage.fieldwork.answers import GIVEN, answer_of, answers_of
from storage.fieldwork.case_files import IS_PINNED, CaseFile
from storage.instruments.questionnaires import pinned
from storage.people.enrolments import get_enrolment
from storage.schema import answers, cases, questionnaires, waves
from surveys.interview.facts import facts_for
from surveys.interview.interview import Answer, Interview
from surveys.interview.route import EarlierResponse
from surveys.people import Enrolment, Role
from surveys.wording import best_language

Answers = dict[str, Answer]
_WHERE_FROM = (
    waves.c.key,
    waves.c.questionnaire_key,
    waves.c.questionnaire_version,
    questionnaires.c.checksum,
)


# Statements that every tap runs are built once: building one costs more than running it.
def _with_earlier(theirs: ColumnElement[bool]) -> CompoundSelect[Any]:
    """The answers of a case, and of some enrolments in the waves before it."""
    earlier = (
        GIVEN.add_columns(*_WHERE_FROM)
        .join(cases, cases.c.id == answers.c.case_id)
        .join(waves, waves.c.id == cases.c.wave_id)
        .join(questionnaires, IS_PINNED)
        .where(theirs, cases.c.answered > 0)
        .where(cases.c.id != bindparam("case_id"), waves.c.opens_on <= bindparam("opens_on"))
    )
    nowhere = (null().label(column.key) for column in _WHERE_FROM)
    own = GIVEN.add_columns(*nowhere).where(answers.c.case_id == bindparam("case_id"))
    return union_all(earlier, own)


_OF_ENROLMENT = _with_earlier(cases.c.enrolment_id == bindparam("enrolment"))
_OF_LINE = _with_earlier(cases.c.enrolment_id.in_(bindparam("enrolments", expanding=True)))


def load_interview(connection: Connection, file: CaseFile, now: datetime) -> Interview:
    """Return the interview of a case at a moment, with the earlier answers it may quote."""
    key, version = file.wave.questionnaire_key, file.wave.questionnaire_version
    assert key is not None and version is not None  # noqa: S101 - only opened waves have cases
    questionnaire = pinned(connection, key, version, file.checksum)
    spoken = best_language(file.language, questionnaire.languages)
    language = spoken or questionnaire.default_language
    given, earlier = _given(connection, file)
    return Interview(
        questionnaire=questionnaire,
        now=file.calendar.local(now),
        language=language,
        answers=given,
        earlier=earlier,
        facts=facts_for(file.participant, file.workshop, file.administration, language),
        position=file.case.position,
        draft=file.case.draft,
        completed_at=file.case.completed_at,
        asks_files=file.wave.asks_files,
    )


def _given(
    connection: Connection, file: CaseFile
) -> tuple[Answers, Mapping[str, EarlierResponse]]:
    """Return the answers of a case, and the responses of the same enrolment in earlier waves.

    A supervisor has none. Those of a contact point include what the ones before answered for the
    administration.
    """
    case = file.case.id
    if file.enrolment.role is Role.SUPERVISOR:
        return answers_of(connection, [case])[case], {}
    found: dict[int, Answers] = {case: {}}
    places: dict[int, Row[Any]] = {}
    for row in _rows(connection, file):
        found.setdefault(row.case_id, {})[row.item] = answer_of(row)
        places[row.case_id] = row
    own = found.pop(case)
    earlier = {
        places[number].key: _response(connection, file, places[number], given)
        for number, given in found.items()
    }
    return own, earlier


def _rows(connection: Connection, file: CaseFile) -> list[Row[Any]]:
    line = _line_of(connection, file.enrolment)
    which = {"case_id": file.case.id, "opens_on": file.wave.opens_on}
    if len(line) == 1:
        return [*connection.execute(_OF_ENROLMENT, which | {"enrolment": line[0]})]
    return [*connection.execute(_OF_LINE, which | {"enrolments": line})]


def _line_of(connection: Connection, enrolment: Enrolment) -> list[int]:
    """Return the id of an enrolment, and of the contact points that it has taken over from."""
    line = [enrolment.id]
    while enrolment.role is Role.CONTACT_POINT and enrolment.about_enrolment_id not in (
        None,
        *line,
    ):
        enrolment = get_enrolment(connection, enrolment.about_enrolment_id or 0)
        line.append(enrolment.id)
    return line


def _response(
    connection: Connection, file: CaseFile, place: Row[Any], given: Answers
) -> EarlierResponse:
    questionnaire = pinned(
        connection, place.questionnaire_key, place.questionnaire_version, place.checksum
    )
    values = {name: answer.value for name, answer in given.items() if answer.value}
    last = max(answer.at for answer in given.values())
    return EarlierResponse(questionnaire, values, file.calendar.local_day(last))
