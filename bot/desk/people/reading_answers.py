"""The answers of one person to one questionnaire, read by staff; that they were read is recorded."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.people.cases import case_number
from bot.desk.people.readings import record_reading
from bot.settings.office import Office
from bot.wording.answers_card import Given, answers_given
from bot.wording.cards import Asking
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.interviews import load_interview
from storage.office.audit import Act
from surveys.wording import ENGLISH


@dataclass(frozen=True)
class ReadAnswers:
    """The answers of a case in English, with the person and the titles of what was asked."""

    participant: str
    name: str
    workshop: str
    title: str
    answers: tuple[Given, ...]


def read_answers(
    connection: Connection, office: Office, place: tuple[str, str, str], now: datetime
) -> ReadAnswers:
    """Return the answers of a case; `place` are workshop, wave and person, by their codes."""
    file = load_file(connection, case_number(connection, *place))
    _record(connection, office, file, now)
    interview = replace(load_interview(connection, file, now), language=ENGLISH)
    questionnaire = interview.questionnaire
    return ReadAnswers(
        file.participant.code,
        file.participant.name or "(erased)",
        file.workshop.title,
        questionnaire.text(questionnaire.title, ENGLISH),
        tuple(answers_given(Asking(file.case.id, interview))),
    )


def _record(connection: Connection, office: Office, file: CaseFile, now: datetime) -> None:
    about = f"{file.participant.code} {file.workshop.code} {file.wave.key}"
    count = file.case.answered
    record_reading(connection, office, Act.ANSWERS_READ, about, now, answers=count)
