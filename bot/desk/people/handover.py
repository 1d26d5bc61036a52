"""The handover of a contact point to a successor, who joins with a one-time code.

Until the code is used the present contact point stays; from then on the administration is asked
through the successor only. Each function is one transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import one_time_code, opaque_code
from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.next_contact import refresh_person
from storage.office.audit import Act
from storage.people.codes import add_code
from storage.people.enrolments import (
    NewEnrolment,
    enrol,
    enrolments_of,
    get_enrolment,
    set_handed_over,
    successors_of,
)
from storage.people.participants import (
    NewParticipant,
    add_participant,
    get_participant,
    participant_with,
)
from surveys.people import Enrolment, Role


@dataclass(frozen=True)
class HandedOver:
    """The successor, their one-time code (shown only here), and the workshops they take over."""

    successor: str
    secret: str
    workshops: tuple[str, ...]


def hand_over(
    connection: Connection, office: Office, code: str, name: str, now: datetime
) -> HandedOver:
    """Enrol a successor for a contact point.

    Raise Conflict if the person is not a contact point, or has a successor already.
    """
    person = participant_with(connection, code)
    held = [
        one
        for one in enrolments_of(connection, person.id)
        if one.role is Role.CONTACT_POINT and one.active
    ]
    if not held:
        raise Conflict(f"{person.code} is not a contact point. Nothing was changed.")
    before = [next_one for one in held for next_one in successors_of(connection, one.id)]
    if before:
        raise Conflict(_has_successor(connection, person.code, before[0]))
    new = NewParticipant(opaque_code("P"), name, person.language)
    successor = add_participant(connection, new)
    made = [
        enrol(
            connection,
            NewEnrolment(
                one.workshop_code, successor.id, one.administration_code, one.role, one.id
            ),
            now,
        )
        for one in held
    ]
    secret = one_time_code()
    add_code(connection, secret, made[0].id, now)
    about = f"{person.code} hands over to {successor.code}"
    record(connection, office, Act.PERSON_CHANGED, about, now, workshops=len(held))
    return HandedOver(successor.code, secret, tuple(one.workshop_code for one in held))


def _has_successor(connection: Connection, code: str, successor: Enrolment) -> str:
    """Return that a contact point has a successor, and how to see a code that nobody has seen."""
    name = get_participant(connection, successor.participant_id).code
    command = f"`followup participants codes {successor.workshop_code} --person {name} --renew`"
    return (
        f"{code} has a successor already: {name}. Nothing was changed. "
        f"{command} makes a new code for them, in place of the one before."
    )


def take_over(connection: Connection, office: Office, participant_id: int, now: datetime) -> None:
    """End the enrolments of the former contact points after their successor has joined."""
    for enrolment in enrolments_of(connection, participant_id):
        before = enrolment.about_enrolment_id
        if enrolment.role is not Role.CONTACT_POINT or before is None:
            continue
        former = get_enrolment(connection, before)
        if former.active:
            set_handed_over(connection, former.id, now)
            refresh_person(connection, former.participant_id, office.rules, now)
