"""Reminders about the e-learning before a workshop, and a summary for the office.

Plain functions, each called inside one transaction. Reminders are planned when the wave that asks
about the e-learning closes, or was missed, one for each person who has not finished. Who has no
access is not told to finish it.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from bot.wording.elearning import ELEARNING
from storage.fieldwork.elearning_reminders import learners, plan_reminder
from storage.fieldwork.last_messages import last_message_at
from storage.fieldwork.next_contact import spread_of
from storage.fieldwork.workshops import get_workshop
from storage.instruments.questionnaires import newest
from storage.people.administrations import all_administrations
from storage.people.participants import get_participant
from surveys.elearning import ITEM, Elearning
from surveys.people import Administration, Enrolment
from surveys.planning.calendar import LocalCalendar
from surveys.planning.contacts import Timing
from surveys.planning.plan import Protocol
from surveys.workshop import Workshop

STATUS_WORDS: Mapping[Elearning | None, str] = dict([*ELEARNING.items(), (None, "not known")])
TO_FINISH = (Elearning.IN_PROGRESS, Elearning.NOT_STARTED)
REMINDED = " Not finished, so reminded once, on a working morning: {people}."


def elearning_summary(connection: Connection, workshop_code: str) -> str:
    """Return how many participants have which status; '' if no status is known."""
    counts = Counter(status for _, status in learners(connection, workshop_code))
    if not counts.keys() - {None}:
        return ""
    parts = [f"{counts[one]} {words}" for one, words in STATUS_WORDS.items() if counts[one]]
    return f"{workshop_code}: e-learning before the workshop: {', '.join(parts)}."


def plan_reminders(
    connection: Connection, office: Office, code: str, questionnaire: str, now: datetime
) -> str:
    """Plan a reminder for each participant who has not finished; return the notice for the office.

    Nothing is planned after a wave whose questionnaire does not ask about the e-learning.
    """
    workshop = get_workshop(connection, code)
    begun = not workshop.running or office.day_of(now) >= workshop.starts_on
    if begun or not _asks(connection, questionnaire):
        return ""
    summary = elearning_summary(connection, code)
    if not summary:
        return ""
    unfinished = [
        enrolment for enrolment, status in learners(connection, code) if status in TO_FINISH
    ]
    places = all_administrations(connection)
    planned = sum(
        _plan(connection, workshop, one, places[one.works_at], now) for one in unfinished
    )
    return summary + (REMINDED.format(people=planned) if planned else "")


def _asks(connection: Connection, questionnaire: str) -> bool:
    asked = newest(connection, questionnaire)
    return asked is not None and ITEM in asked.by_name


def _plan(
    connection: Connection,
    workshop: Workshop,
    enrolment: Enrolment,
    works_at: Administration,
    now: datetime,
) -> bool:
    """Plan the reminder of one enrolment; False if the workshop starts before it could be sent."""
    person = get_participant(connection, enrolment.participant_id)
    calendar = LocalCalendar.of(works_at, person.timezone)
    at = reminder_at(connection, enrolment, calendar, now)
    in_time = person.stopped_at is None and calendar.local_day(at) < workshop.starts_on
    return in_time and plan_reminder(connection, enrolment.id, at)


def reminder_at(
    connection: Connection, enrolment: Enrolment, calendar: LocalCalendar, now: datetime
) -> datetime:
    """Return when a person can be reminded: on a working morning, apart from other messages."""
    timing = Timing(Protocol(), calendar, spread_of(enrolment.id))
    at = calendar.next_contact_after(now, timing.spread)
    return timing.kept_apart(at, last_message_at(connection, enrolment.participant_id))
