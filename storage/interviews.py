"""A case with all that its interview needs: loaded whole, saved step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from storage import cases as stored_cases
from storage.administrations import administration_of
from storage.cases import Case, answers_of
from storage.enrolments import get_enrolment
from storage.participants import get_participant
from storage.questionnaires import get_questionnaire
from storage.schema import administrations, cases, waves
from storage.waves import Wave, get_wave
from storage.workshops import get_workshop
from surveys.calendar import LocalCalendar
from surveys.facts import facts_for
from surveys.interview import Interview
from surveys.people import Administration, Enrolment, Participant, Role
from surveys.route import EarlierResponse
from surveys.workshop import Workshop


@dataclass(frozen=True)
class CaseFile:
    """A case with everything around it, as one transaction saw it."""

    case: Case
    wave: Wave
    workshop: Workshop
    enrolment: Enrolment
    participant: Participant
    administration: Administration

    @property
    def calendar(self) -> LocalCalendar:
        """The working days and the clock of the person."""
        return LocalCalendar.of(self.administration, self.participant.timezone)

    @property
    def language(self) -> str:
        """The language of this interview."""
        return self.case.language or self.participant.language

    def closed(self, now: datetime) -> bool:
        """Whether the person's window has ended, or the wave was closed."""
        over = self.wave.closed_at is not None or self.case.closed_at is not None
        return over or now >= self.calendar.end_of_day(self.wave.closes_on)


def load_file(connection: Connection, case_id: int, *, lock: bool = False) -> CaseFile:
    """A case with its wave, workshop and person; locked when it is going to be changed."""
    row = stored_cases.lock_case(connection, case_id) if lock else _case(connection, case_id)
    enrolment = get_enrolment(connection, row.enrolment_id)
    wave = get_wave(connection, row.wave_id)
    return CaseFile(
        case=row,
        wave=wave,
        workshop=get_workshop(connection, wave.workshop_code),
        enrolment=enrolment,
        participant=get_participant(connection, enrolment.participant_id),
        administration=_administration(connection, enrolment.administration_code),
    )


def load_interview(connection: Connection, file: CaseFile, now: datetime) -> Interview:
    """The interview of a case at a moment, with the earlier answers it may quote."""
    key, version = file.wave.questionnaire_key, file.wave.questionnaire_version
    assert key is not None and version is not None  # noqa: S101 - only opened waves have cases
    questionnaire = get_questionnaire(connection, key, version)
    language = file.language if file.language in questionnaire.languages else ""
    return Interview(
        questionnaire=questionnaire,
        now=file.calendar.local(now),
        language=language or questionnaire.default_language,
        answers=answers_of(connection, file.case.id),
        earlier=_earlier(connection, file),
        facts=facts_for(file.participant, file.workshop, file.administration, file.language),
        position=file.case.position,
        draft=file.case.draft,
        completed_at=file.case.completed_at,
    )


def _earlier(connection: Connection, file: CaseFile) -> Mapping[str, EarlierResponse]:
    """Responses of the same enrolment in waves before this one; a supervisor never sees others'."""
    if file.enrolment.role is not Role.PARTICIPANT:
        return {}
    rows = connection.execute(
        select(cases.c.id, waves.c.key, waves.c.questionnaire_key, waves.c.questionnaire_version)
        .join(waves, waves.c.id == cases.c.wave_id)
        .where(cases.c.enrolment_id == file.enrolment.id, cases.c.answered > 0)
        .where(cases.c.id != file.case.id, waves.c.opens_on <= file.wave.opens_on)
    )
    responses = {}
    for row in rows:
        given = answers_of(connection, row.id)
        values = {name: answer.value for name, answer in given.items() if answer.value}
        last = max(answer.at for answer in given.values())
        responses[row.key] = EarlierResponse(
            get_questionnaire(connection, row.questionnaire_key, row.questionnaire_version),
            values,
            file.calendar.local_day(last),
        )
    return responses


def _case(connection: Connection, case_id: int) -> Case:
    row = connection.execute(select(cases).where(cases.c.id == case_id)).one()
    return stored_cases.case_of(row)


def _administration(connection: Connection, code: str) -> Administration:
    row = connection.execute(select(administrations).where(administrations.c.code == code)).one()
    return administration_of(row)
