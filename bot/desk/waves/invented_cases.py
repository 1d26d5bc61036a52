"""The invented case with which a wave is tried and shown: a real wave, and an invented person.

Only reads from the database.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.planned_waves import planned_wave
from bot.settings.office import Office
from storage.database import NotFound
from storage.fieldwork.case_files import CaseFile
from storage.fieldwork.cases import Case
from storage.fieldwork.waves import Wave, find_wave
from storage.fieldwork.workshops import get_workshop
from storage.instruments.questionnaires import get_questionnaire, newest
from storage.instruments.workshop_lists import lists_of
from storage.people.administrations import all_administrations
from surveys.authoring.workshop_lists import filled
from surveys.people import Enrolment, Participant, Role
from surveys.questionnaire import Questionnaire

INVENTED = 0
"""The number of an invented case on its buttons. Stored cases are numbered from 1."""
SAMPLE_NAME = "Mele Tupou"


def invented_case(
    connection: Connection, office: Office, code: str, key: str, now: datetime
) -> tuple[Questionnaire, CaseFile]:
    """Return what a person from the host country is asked in a wave, in its pinned or newest version.

    NotFound for an unknown wave (it names the known ones) or a questionnaire without a version.
    """
    workshop = get_workshop(connection, code)
    wave = find_wave(connection, code, key.upper())
    if wave is None or wave.questionnaire_key is None or wave.questionnaire_version is None:
        dated = planned_wave(office, workshop, key)
        questionnaire = _as_asked_now(connection, code, dated.planned.questionnaire)
        days = (dated.opens_on, dated.closes_on)
        role = dated.planned.role
        wave = Wave(0, code, dated.key, role, questionnaire.key, questionnaire.version, *days)
    else:
        pinned = (wave.questionnaire_key, wave.questionnaire_version)
        questionnaire = get_questionnaire(connection, *pinned)
    known = all_administrations(connection)
    if not known:
        raise NotFound("There are no administrations yet.")
    administration = known.get(workshop.country) or next(iter(known.values()))
    person = Participant(0, "", SAMPLE_NAME)
    enrolment = Enrolment(0, code, 0, Role(wave.role), administration.code, now, consented_at=now)
    case = Case(INVENTED, wave.id, enrolment.id, now)
    return questionnaire, CaseFile(
        case, wave, workshop, enrolment, person, administration, administration, None
    )


def _as_asked_now(connection: Connection, code: str, key: str) -> Questionnaire:
    """Return the newest version with the workshop's own lists. It is not stored as a version."""
    base = newest(connection, key)
    if base is None:
        raise NotFound(f"Questionnaire {key} is not published yet.")
    return filled(base, lists_of(connection, code))
