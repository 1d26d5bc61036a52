"""Reminders to finish the e-learning: each is claimed just before it leaves, then settled.

Until it leaves it stays due, so that a process that ends while it waits costs nobody the reminder.
A claim that the database has not confirmed is given back before the next round of reminders.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.elearning import TO_FINISH, reminder_at
from bot.outbox.letters import YOUR_PAGE, Letter, enveloped
from bot.outbox.sending import Message, SendResult
from bot.settings.office import Office
from bot.wording.elearning import elearning_card
from storage.fieldwork.elearning_reminders import claim_reminder, learners, move_reminder
from storage.fieldwork.next_contact import chosen_address, refresh_person
from storage.fieldwork.workshops import get_workshop
from storage.people.addresses import move_address, set_address_state
from storage.people.administrations import all_administrations
from storage.people.enrolments import get_enrolment
from storage.people.participants import lock_participant
from surveys.people import Address, Enrolment, Participant
from surveys.planning.calendar import LocalCalendar
from surveys.planning.channels import EMAIL
from surveys.planning.dispositions import Outcome
from surveys.wording import N_, Words
from surveys.workshop import Workshop

SUBJECT = N_("E-learning before the workshop: {workshop}, {city}")


@dataclass(frozen=True)
class Reminder(Message):
    """A reminder that may be sent now; `enrolment` is the number of the enrolment."""

    enrolment: int


def prepare(
    connection: Connection, office: Office, number: int, now: datetime, paused: Collection[str]
) -> Reminder | None:
    """Return the due reminder of an enrolment with its message.

    If it is not to be sent now, store the next time, or none, and return None.
    """
    enrolment = get_enrolment(connection, number)
    person = lock_participant(connection, enrolment.participant_id)
    workshop = get_workshop(connection, enrolment.workshop_code)
    works_at = all_administrations(connection)[enrolment.works_at]
    calendar = LocalCalendar.of(works_at, person.timezone)
    at = _not_in_a_pause(person, calendar, reminder_at(connection, enrolment, calendar, now))
    status = {one.id: how for one, how in learners(connection, workshop.code)}.get(number)
    address = chosen_address(connection, person, works_at, office.rules).address
    over = not workshop.running or calendar.local_day(at) >= workshop.starts_on
    gone = person.stopped_at is not None or status not in TO_FINISH or address is None
    if over or gone:
        move_reminder(connection, number, None)
        return None
    assert address is not None  # noqa: S101 - without an address nobody is reminded
    if at > now:
        move_reminder(connection, number, at)
        return None
    if address.channel in paused or workshop.held_at is not None:
        return None
    card = elearning_card(office, person, enrolment, workshop)
    if address.channel == EMAIL:
        letter = _letter(enrolment, person, workshop)
        card = replace(card, envelope=enveloped(connection, office, number, letter, now))
    return Reminder(address, card, now, number)


def _not_in_a_pause(person: Participant, calendar: LocalCalendar, at: datetime) -> datetime:
    """Return the moment of a reminder, or that on the day on which the pause of the person ends."""
    pause = person.paused_until
    if pause is None or calendar.local_day(at) >= pause:
        return at
    return calendar.first_contact(pause)


def leave(connection: Connection, number: int, now: datetime) -> bool:
    """Claim a reminder just before it leaves; False if it is not to be sent now.

    Another message to the person may have been claimed since it was prepared.
    """
    enrolment = get_enrolment(connection, number)
    person = lock_participant(connection, enrolment.participant_id)
    works_at = all_administrations(connection)[enrolment.works_at]
    calendar = LocalCalendar.of(works_at, person.timezone)
    at = _not_in_a_pause(person, calendar, reminder_at(connection, enrolment, calendar, now))
    if at > now or get_workshop(connection, enrolment.workshop_code).held_at is not None:
        return False
    return claim_reminder(connection, number, now)


def store(
    connection: Connection, office: Office, reminder: Reminder, result: SendResult, now: datetime
) -> None:
    """Store the outcome of a reminder; it is sent again only if the messenger asked to wait."""
    if result.outcome is Outcome.RETRY and result.retry_at is not None:
        move_reminder(connection, reminder.enrolment, result.retry_at)
    address: Address = reminder.address
    if result.moved_to is not None:
        move_address(connection, address.id, result.moved_to, now)
    if result.lost is not None:
        set_address_state(connection, address.id, result.lost, result.detail, now)
    refresh_person(connection, address.participant_id, office.rules, now)


def _letter(enrolment: Enrolment, person: Participant, workshop: Workshop) -> Letter:
    key = f"elearning{enrolment.id}.{enrolment.enrolled_at:%Y%m%d%H%M%S}"
    subject = Words(person.language)(SUBJECT, workshop=workshop.title, city=workshop.city)
    return Letter(subject, person.language, YOUR_PAGE, key, workshop.title)
