"""What organisers do with workshops and people: move, confirm, cancel, restore, list.

Like `desk`: each function is one transaction, and chat and command line both call it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.office import Office
from storage.administrations import all_administrations
from storage.cases import cases_in
from storage.contacting import chosen_address, refresh
from storage.database import Conflict
from storage.enrolments import enrolments_in
from storage.participants import get_participant
from storage.waves import waves_of
from storage.workshops import get_workshop, move_workshop, put_workshop, set_cancelled
from surveys.people import Enrolment
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Person:
    """Somebody enrolled in a workshop, as an organiser sees them."""

    participant: str
    name: str
    administration: str
    role: str
    channel: str
    consent: str


def list_people(connection: Connection, office: Office, code: str) -> list[Person]:
    """Who is enrolled in a workshop, and how they can be reached."""
    get_workshop(connection, code)
    administrations = all_administrations(connection)
    people = []
    for enrolment in enrolments_in(connection, code):
        participant = get_participant(connection, enrolment.participant_id)
        administration = administrations[enrolment.administration_code]
        chosen = chosen_address(connection, participant, administration, office.rules)
        people.append(
            Person(
                participant.code,
                participant.name,
                enrolment.administration_code,
                enrolment.role,
                chosen.address.channel if chosen.address else "not yet",
                consent_of(enrolment),
            )
        )
    return people


def consent_of(enrolment: Enrolment) -> str:
    """The state of a consent in words."""
    if enrolment.withdrawn_at is not None:
        return "asked to stop"
    if enrolment.refused_at is not None:
        return "declined"
    return "agreed" if enrolment.consented_at is not None else "not asked yet"


def move(connection: Connection, code: str, days: tuple[date | None, date]) -> Workshop:
    """Give a workshop another last day (and first day, else it stays as long as it was)."""
    before = get_workshop(connection, code)
    starts_on, ends_on = days
    first = starts_on or ends_on - (before.ends_on - before.starts_on)
    if ends_on < first:
        raise Conflict(f"The last day {ends_on} lies before the first day {first}.")
    return move_workshop(connection, code, first, ends_on)


def confirm(connection: Connection, code: str) -> Workshop:
    """The days are certain: the waves will open."""
    workshop = replace(get_workshop(connection, code), confirmed=True)
    put_workshop(connection, workshop)
    return workshop


def cancel(connection: Connection, office: Office, code: str, now: datetime) -> Workshop:
    """No more waves open and no more messages go out; people who began may finish."""
    return _set(connection, office, code, now, cancelled_at=now)


def restore(connection: Connection, office: Office, code: str, now: datetime) -> Workshop:
    """Take a cancellation back; waves that are still to come open again by plan."""
    return _set(connection, office, code, now, cancelled_at=None)


def _set(
    connection: Connection,
    office: Office,
    code: str,
    now: datetime,
    cancelled_at: datetime | None,
) -> Workshop:
    set_cancelled(connection, code, cancelled_at)
    for wave in waves_of(connection, code).values():
        if wave.open:
            numbers = [case.id for case in cases_in(connection, wave.id)]
            refresh(connection, numbers, office.rules, now)
    return get_workshop(connection, code)
