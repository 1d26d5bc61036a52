"""Tie a supervisor to a participant of a workshop, as the column `about` of a list does."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import opaque_code
from bot.audit import record
from bot.desk.people.acts import Done, enrolments_there, person_for
from bot.desk.people.contact_channels import put_email
from bot.importing.tables.addresses import read_email
from bot.settings.office import Office
from storage.database import Conflict
from storage.office.audit import Act
from storage.people.addresses import find_address
from storage.people.enrolments import NewEnrolment, enrol, enrolments_of, get_enrolment
from storage.people.participants import (
    NewParticipant,
    add_participant,
    get_participant,
    participant_with,
)
from surveys.people import Enrolment, Participant, Role
from surveys.planning.channels import EMAIL

KNOWN = "This e-mail address belongs to {code}. If it is the same person, give this code, no name."
OTHER = (
    "{code} is asked about {other} in {workshop} already, and a supervisor is asked about one "
    "participant of a workshop. Nothing was changed."
)
JOINS = "`followup participants codes {workshop} --person {code}` makes the code to join with."


@dataclass(frozen=True)
class Supervisor:
    """A supervisor: the code of a known person, or the name and the address of a new one."""

    code: str = ""
    name: str = ""
    email: str = ""


def tie_supervisor(
    connection: Connection,
    office: Office,
    where: tuple[str, str],
    supervisor: Supervisor,
    now: datetime,
) -> Done:
    """Ask a supervisor about a participant; `where` is the workshop and the participant, by code."""
    person = person_for(connection, where[1])
    about = _participation(connection, where[0], person)
    other = _person(connection, office, supervisor, person, now)
    new = NewEnrolment(
        about.workshop_code, other.id, about.administration_code, Role.SUPERVISOR, about.id
    )
    before = _supervision(connection, other, about.workshop_code)
    if before is not None:
        return _tied_before(connection, other, before, about)
    enrol(connection, new, now)
    told = f"{other.code} supervises {person.code} in {about.workshop_code}"
    record(connection, office, Act.PERSON_CHANGED, told, now)
    joins = JOINS.format(workshop=about.workshop_code, code=other.code)
    said = f"{other.code} is asked about {person.code}, if {person.code} agrees. {joins}"
    undo = f"followup participant remove {about.workshop_code} {other.code} --why wrong-list"
    return Done(other.code, said, undo)


def _participation(connection: Connection, workshop: str, person: Participant) -> Enrolment:
    here = enrolments_there(connection, workshop, person)
    found = [one for one in here if one.role is Role.PARTICIPANT and one.removed_at is None]
    if not found:
        raise Conflict(f"{person.code} is no participant of {here[0].workshop_code}.")
    return found[0]


def _person(
    connection: Connection,
    office: Office,
    supervisor: Supervisor,
    about: Participant,
    now: datetime,
) -> Participant:
    """Return the supervisor; a new person if no code is given."""
    if supervisor.code:
        return participant_with(connection, supervisor.code)
    if not supervisor.name.strip():
        raise Conflict("Give the name of a new person, or the code of one who is known.")
    known = find_address(connection, EMAIL, read_email(supervisor.email).address)
    if known is not None:
        code = get_participant(connection, known.participant_id).code
        raise Conflict(KNOWN.format(code=code))
    new = NewParticipant(opaque_code("P"), supervisor.name.strip(), about.language)
    person = add_participant(connection, new)
    if supervisor.email:
        put_email(connection, office, person.code, supervisor.email, now)
    return person


def _supervision(connection: Connection, person: Participant, workshop: str) -> Enrolment | None:
    mine = enrolments_of(connection, person.id)
    found = (one for one in mine if (one.workshop_code, one.role) == (workshop, Role.SUPERVISOR))
    return next(found, None)


def _tied_before(
    connection: Connection, person: Participant, before: Enrolment, about: Enrolment
) -> Done:
    """Say that a person is a supervisor in a workshop already. Conflict if of somebody else."""
    if before.removed_at is not None:
        back = f"`followup participant restore {before.workshop_code} {person.code}`"
        raise Conflict(
            f"{person.code} was removed from {before.workshop_code}. {back} is the way."
        )
    if before.about_enrolment_id == about.id:
        return Done(
            person.code, f"{person.code} is asked about them already. Nothing was changed."
        )
    whose = "nobody"
    if before.about_enrolment_id is not None:
        other = get_enrolment(connection, before.about_enrolment_id)
        whose = get_participant(connection, other.participant_id).code
    place = before.workshop_code
    raise Conflict(OTHER.format(code=person.code, other=whose, workshop=place))
