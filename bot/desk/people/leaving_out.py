"""Leave one person out of one wave, and take them in again. Each function is one transaction.

It holds for a wave that has not opened yet, too.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.acts import Done, enrolments_there, person_for
from bot.fieldwork.planned_waves import plan_of
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases import case_in_wave
from storage.fieldwork.left_out import leave_out, take_in, waves_without
from storage.fieldwork.next_contact import refresh_person
from storage.fieldwork.waves import find_wave, waves_of
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.people.enrolments import enrolments_of
from storage.people.participants import participant_with
from surveys.people import Enrolment, Participant, Role

Place = tuple[str, str, str]
"""Workshop, wave and person, by their codes."""


def leave_person_out(connection: Connection, office: Office, place: Place, now: datetime) -> Done:
    """Ask a person nothing in one wave. Conflict if they have answered it already."""
    person, enrolment, key = _found(connection, office, place)
    where = f"{key} of {enrolment.workshop_code}"
    _check_unanswered(connection, person, (enrolment.workshop_code, key))
    if not leave_out(connection, enrolment.id, key, now):
        said = f"{person.code} is left out of {where} already. Nothing was changed."
        return Done(person.code, said)
    refresh_person(connection, person.id, office.rules, now)
    about = f"{person.code} {enrolment.workshop_code} {key}"
    record(connection, office, Act.LEFT_OUT, about, now)
    undo = f"followup participant take-in {enrolment.workshop_code} {key} {person.code}"
    said = f"{person.code} is left out of {where}.{_instead(enrolment)}"
    return Done(person.code, said, undo)


def take_person_in(connection: Connection, office: Office, place: Place, now: datetime) -> Done:
    """Ask a person in a wave again whom the office has left out of it."""
    person, enrolment, key = _found(connection, office, place)
    where = f"{key} of {enrolment.workshop_code}"
    if not take_in(connection, enrolment.id, key):
        return Done(person.code, f"{person.code} is not left out of {where}. Nothing was changed.")
    refresh_person(connection, person.id, office.rules, now)
    about = f"{person.code} {enrolment.workshop_code} {key}"
    record(connection, office, Act.TAKEN_IN, about, now)
    undo = f"followup participant leave-out {enrolment.workshop_code} {key} {person.code}"
    return Done(person.code, f"{person.code} is asked in {where} as the others are.", undo)


def waves_to_ask(connection: Connection, office: Office, code: str) -> list[tuple[str, str, bool]]:
    """Return the waves of a person that are open or to come, and whether they are left out of each."""
    found = []
    for one in enrolments_of(connection, participant_with(connection, code).id):
        workshop = get_workshop(connection, one.workshop_code)
        stored, out = waves_of(connection, workshop.code), waves_without(connection, one.id)
        for planned in plan_of(office, workshop).waves if one.active else ():
            wave = stored.get(planned.key)
            over = wave is not None and (wave.closed_at or wave.missed_at)
            if planned.role is one.role and not over:
                found.append((workshop.code, planned.key, planned.key in out))
    return found


def _found(
    connection: Connection, office: Office, place: Place
) -> tuple[Participant, Enrolment, str]:
    """Return the person, the enrolment that a wave asks, and the key of the wave."""
    code, wave, who = place
    person = person_for(connection, who)
    here = enrolments_there(connection, code, person)
    plan = plan_of(office, get_workshop(connection, code))
    planned = next((one for one in plan.waves if one.key.casefold() == wave.casefold()), None)
    if planned is None:
        known = ", ".join(one.key for one in plan.waves)
        raise NotFound(f"{code} has no wave {wave.upper()}. It has {known}.")
    mine = [one for one in here if one.role is planned.role]
    if not mine:
        raise Conflict(
            f"{planned.key} asks a {planned.role}, and {person.code} is a {here[0].role}."
        )
    return person, mine[0], planned.key


def _instead(enrolment: Enrolment) -> str:
    """Return who is asked in place of somebody who is left out; '' if nobody."""
    if enrolment.role is not Role.CONTACT_POINT:
        return ""
    return f" The next contact point of {enrolment.administration_code}, if any, is asked instead."


def _check_unanswered(connection: Connection, person: Participant, wave: tuple[str, str]) -> None:
    found = find_wave(connection, *wave)
    number = case_in_wave(connection, found.id, person.id) if found else None
    if number is not None and load_file(connection, number).case.completed_at is not None:
        raise Conflict(f"{person.code} has answered {wave[1]} already. Nothing was changed.")
