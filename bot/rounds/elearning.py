"""The e-learning before a workshop: who has not finished is reminded once, the office is told how many.

Plain functions, each called inside one transaction. Planned when a wave before the workshop closes.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.channels.base import Card
from bot.office import Office
from bot.rounds.envelopes import YOUR_PAGE, Letter, enveloped
from bot.rounds.sending import Message, Sent
from bot.talks.letters import FINISH_ELEARNING
from bot.talks.personal_cards import ELEARNING
from storage.fieldwork.elearning_reminders import (
    claim_reminder,
    learners,
    move_reminder,
    plan_reminder,
)
from storage.fieldwork.next_contact import chosen_address, refresh_person, spread_of
from storage.fieldwork.workshops import get_workshop
from storage.people.administrations import all_administrations
from storage.people.enrolments import get_enrolment
from storage.people.participants import (
    get_participant,
    lock_participant,
    move_address,
    set_address_state,
)
from surveys.elearning import Elearning
from surveys.items.day import spelled
from surveys.people import Address, Administration, Enrolment, Participant
from surveys.planning.calendar import LocalCalendar
from surveys.planning.channels import EMAIL
from surveys.planning.dispositions import Outcome
from surveys.wording import Words
from surveys.workshop import Workshop

IN_WORDS: Mapping[Elearning | None, str] = dict([*ELEARNING.items(), (None, "not known")])
REMINDED = " Not finished, so reminded once, on a working morning: {people}."


@dataclass(frozen=True)
class Reminder(Message):
    """A claimed reminder that may now leave, and whose it is."""

    enrolment: int


def told(connection: Connection, workshop_code: str) -> str:
    """How far the participants are, in numbers; '' where nothing is known of anybody."""
    counts = Counter(status for _, status in learners(connection, workshop_code))
    if not counts.keys() - {None}:
        return ""
    parts = [f"{counts[one]} {words}" for one, words in IN_WORDS.items() if counts[one]]
    return f"{workshop_code}: e-learning before the workshop: {', '.join(parts)}."


def plan_reminders(connection: Connection, office: Office, code: str, now: datetime) -> str:
    """Plan a reminder for each who is known not to have finished; what the office is told."""
    workshop = get_workshop(connection, code)
    said = told(connection, code) if workshop.running and now.date() < workshop.starts_on else ""
    if not said:
        return ""
    unfinished = [
        enrolment
        for enrolment, status in learners(connection, code)
        if status not in (None, Elearning.DONE)
    ]
    places = all_administrations(connection)
    planned = sum(
        _plan(connection, workshop, one, places[one.works_at], now) for one in unfinished
    )
    return said + (REMINDED.format(people=planned) if planned else "")


def _plan(
    connection: Connection,
    workshop: Workshop,
    enrolment: Enrolment,
    works_at: Administration,
    now: datetime,
) -> bool:
    person = get_participant(connection, enrolment.participant_id)
    calendar = LocalCalendar.of(works_at, person.timezone)
    at = calendar.next_contact_after(now, spread_of(enrolment.id))
    in_time = person.stopped_at is None and calendar.local_day(at) < workshop.starts_on
    return in_time and plan_reminder(connection, enrolment.id, at)


def claim(
    connection: Connection, office: Office, number: int, now: datetime, resting: Collection[str]
) -> Reminder | None:
    """Claim the reminder of an enrolment with its message; or store when to look again, or that not."""
    enrolment = get_enrolment(connection, number)
    person = lock_participant(connection, enrolment.participant_id)
    workshop = get_workshop(connection, enrolment.workshop_code)
    works_at = all_administrations(connection)[enrolment.works_at]
    calendar = LocalCalendar.of(works_at, person.timezone)
    at = calendar.next_contact_after(now, spread_of(number))
    status = {one.id: how for one, how in learners(connection, workshop.code)}.get(number)
    address = chosen_address(connection, person, works_at, office.rules).address
    over = not workshop.running or calendar.local_day(at) >= workshop.starts_on
    gone = person.stopped_at is not None or status in (None, Elearning.DONE) or address is None
    if over or gone:
        move_reminder(connection, number, None)
        return None
    assert address is not None  # noqa: S101 - it would be gone
    if at > now:
        move_reminder(connection, number, at)
        return None
    if address.channel in resting or not claim_reminder(connection, number, now):
        return None
    card = _card(office, person, workshop)
    if address.channel == EMAIL:
        letter = _letter(enrolment, person, workshop)
        card = replace(card, envelope=enveloped(connection, office, number, letter, now))
    return Reminder(address, card, now, number)


def store(
    connection: Connection, office: Office, reminder: Reminder, result: Sent, now: datetime
) -> None:
    """What became of a reminder: only where the messenger asked to wait it is sent again."""
    if result.outcome is Outcome.RETRY and result.retry_at is not None:
        move_reminder(connection, reminder.enrolment, result.retry_at)
    address: Address = reminder.address
    if result.moved_to is not None:
        move_address(connection, address.id, result.moved_to, now)
    if result.lost is not None:
        set_address_state(connection, address.id, result.lost, result.detail, now)
        refresh_person(connection, address.participant_id, office.rules, now)


def _card(office: Office, person: Participant, workshop: Workshop) -> Card:
    words = Words(person.language)
    day = spelled(workshop.starts_on, person.language)
    text = words(FINISH_ELEARNING, workshop=workshop.title, day=day, contact=office.contact)
    return Card(text)


def _letter(enrolment: Enrolment, person: Participant, workshop: Workshop) -> Letter:
    key = f"elearning{enrolment.id}.{enrolment.enrolled_at:%Y%m%d%H%M%S}"
    subject = f"E-learning: {workshop.title}, {workshop.city}"
    return Letter(subject, person.language, YOUR_PAGE, key)
