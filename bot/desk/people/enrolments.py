"""The people enrolled in a workshop: how they can be reached, their consent, their personal links.

Each function is one transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.access.links import address_of, new_link
from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.fieldwork.next_contact import chosen_address
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_in
from storage.people.links import Purpose, revoke_links
from storage.people.participants import get_participant
from surveys.people import Enrolment


@dataclass(frozen=True)
class EnrolledPerson:
    """A person enrolled in a workshop, as an organiser sees them."""

    participant: str
    name: str
    administration: str
    role: str
    channel: str
    consent: str


def list_people(connection: Connection, office: Office, code: str) -> list[EnrolledPerson]:
    """Return the people enrolled in a workshop. Raise NotFound for an unknown workshop."""
    get_workshop(connection, code)
    administrations = all_administrations(connection)
    people = []
    for enrolment in enrolments_in(connection, code):
        participant = get_participant(connection, enrolment.participant_id)
        administration = administrations[enrolment.works_at]
        chosen = chosen_address(connection, participant, administration, office.rules)
        people.append(
            EnrolledPerson(
                participant.code,
                participant.name or "(erased)",
                enrolment.administration_code,
                enrolment.role,
                chosen.address.channel if chosen.address else "not yet",
                consent_of(enrolment),
            )
        )
    return people


def consent_of(enrolment: Enrolment) -> str:
    """Return the state of a consent in words."""
    if enrolment.removed_at is not None:
        return f"removed ({enrolment.removed_why})"
    if enrolment.handed_over_at is not None:
        return "has handed over"
    if enrolment.withdrawn_at is not None:
        return "asked to stop"
    if enrolment.refused_at is not None:
        return "declined"
    return "agreed" if enrolment.consented_at is not None else "not asked yet"


def renew_link(connection: Connection, office: Office, who: tuple[str, str], now: datetime) -> str:
    """Return a new personal link for (workshop, person), given by code; earlier links are revoked.

    For people who get the link by another way, and after a link got into the wrong hands. Raise
    Conflict without a web page, NotFound for a person who is not enrolled.
    """
    workshop, participant = who
    if office.public_url is None:
        raise Conflict("There is no web page. Set web.public_url in the configuration.")
    for enrolment in enrolments_in(connection, workshop):
        if get_participant(connection, enrolment.participant_id).code == participant:
            revoke_links(connection, enrolment.id, now)
            secret = new_link(connection, enrolment.id, Purpose.INTERVIEW, now)
            record(connection, office, Act.LINK_GIVEN, f"{workshop} {participant}", now)
            return address_of(office.public_url, Purpose.INTERVIEW, secret)
    where = f"`followup participants list {workshop}` shows all."
    raise NotFound(f"{participant} is not enrolled in {workshop}. {where}")
