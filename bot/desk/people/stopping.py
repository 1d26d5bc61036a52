"""Stop, pause and start the messages to one person, for the office. Each function is one transaction.

A person's own stop is ended by the person only.
"""

from contextlib import suppress
from datetime import date, datetime

from sqlalchemy import Connection, select

from bot.audit import record
from bot.desk.people.acts import Done, person_for
from bot.importing.tables.cells import Cell
from bot.importing.tables.days import NoDay, read_days
from bot.settings.office import Office
from bot.wording import service_messages
from bot.wording.days import day_at, day_words
from storage.database import Conflict
from storage.fieldwork.next_contact import chosen_address, refresh_person
from storage.office.audit import Act
from storage.office.notices import forget_waiting, put_notices
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_of, set_withdrawn
from storage.people.participants import participant_with, set_paused, set_stopped
from storage.people.stops import stop_for_office
from storage.schema import attempts, cases, enrolments
from surveys.people import Participant, StopReason
from surveys.planning.dispositions import MAYBE_SEEN, Outcome
from surveys.wording import Words

OWN_STOP = (
    "{code} has stopped the messages in person, on {day}. Only the person can start them again, "
    "with /continue in the chat or on the page."
)
LAST = "One last message says so."


def stop_person(
    connection: Connection, office: Office, code: str, reason: StopReason, now: datetime
) -> Done:
    """Stop all messages to a person who has told the office so; one last message says it.

    Nothing is said to a person who was never written to.
    """
    person = person_for(connection, code)
    if person.stopped_at is not None:
        how = person.stop_reason or "in person"
        since = f"since {day_at(person.stopped_at, office.zone)} ({how})"
        return Done(
            person.code, f"{person.code} is stopped already, {since}. Nothing was changed."
        )
    told = _last_message(connection, office, person)
    stop_for_office(connection, person.id, reason, now)
    refresh_person(connection, person.id, office.rules, now)
    if told:
        put_notices(connection, [told[0]], [told[1]], now)
    record(connection, office, Act.PERSON_STOPPED, f"{person.code} {reason}", now)
    said = f"Messages to {person.code} are stopped ({reason})."
    return Done(person.code, f"{said} {LAST}" if told else said, _start(person))


def what_stops(connection: Connection, office: Office, code: str) -> str:
    """Return what stopping the messages to a person would do."""
    person = participant_with(connection, code)
    if person.stopped_at is not None:
        return f"{person.code} is stopped already."
    told = f" {LAST}" if _last_message(connection, office, person) else ""
    return f"Stop all messages to {person.name} ({person.code})?{told}"


def start_person(connection: Connection, office: Office, code: str, now: datetime) -> Done:
    """End a pause, or a stop that the office has stored. Conflict for a person's own stop."""
    person = person_for(connection, code)
    if person.stopped_at is not None and person.stop_reason is None:
        day = day_at(person.stopped_at, office.zone)
        raise Conflict(OWN_STOP.format(code=person.code, day=day))
    if person.erased_at is not None:
        raise Conflict(f"{person.code} was erased.")
    if person.stopped_at is None and person.paused_until is None:
        return Done(person.code, f"{person.code} gets messages. Nothing was changed.")
    undo = f"followup participant stop {person.code} --why {person.stop_reason} --yes"
    if person.stopped_at is None:
        undo = f"followup participant pause {person.code} --until {person.paused_until}"
    else:
        told = _last_message(connection, office, person)
        if told:
            forget_waiting(connection, told[0], told[1])
        set_stopped(connection, person.id, None)
        set_withdrawn(connection, person.id, None)
    set_paused(connection, person.id, None)
    refresh_person(connection, person.id, office.rules, now)
    record(connection, office, Act.PERSON_STARTED, person.code, now)
    return Done(person.code, f"{person.code} gets messages again.", undo)


def pause_person(
    connection: Connection, office: Office, code: str, until: date, now: datetime
) -> Done:
    """Send a person nothing before a day, which is one of their own calendar."""
    person = person_for(connection, code)
    if person.stopped_at is not None:
        raise Conflict(f"{person.code} is stopped, and gets no messages at all.")
    if until <= office.day_of(now):
        raise Conflict(f"{day_words(until)} is not to come. Nothing was changed.")
    if person.paused_until == until:
        said = f"{person.code} is paused until {day_words(until)} already. Nothing was changed."
        return Done(person.code, said)
    set_paused(connection, person.id, until)
    refresh_person(connection, person.id, office.rules, now)
    record(connection, office, Act.PERSON_PAUSED, f"{person.code} until {until}", now)
    said = f"{person.code} gets no messages before {day_words(until)}."
    return Done(person.code, said, _undo_pause(person))


def day_to_come(text: str, today: date) -> date:
    """Return the day that was typed as in a list, such as "11 June 2018" or "2018-06-11".

    Conflict for what is no day. Without a year it is the next such day.
    """
    for typed in (text, f"{text} {today.year}", f"{text} {today.year + 1}"):
        with suppress(NoDay):
            day = read_days(Cell(typed), "day first").first
            if day is not None and (day > today or typed == text):
                return day
    raise Conflict(f"{text!r} is not a day. Write it like 11 June 2018.")


def is_written_to(connection: Connection, participant_id: int) -> bool:
    """Return whether a message to a person has arrived, or may have."""
    seen = (
        select(attempts.c.id)
        .join(cases, cases.c.id == attempts.c.case_id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .where(enrolments.c.participant_id == participant_id)
        .where(attempts.c.outcome.in_((*MAYBE_SEEN, Outcome.TAKEN_BACK)))
    )
    return connection.scalar(seen.limit(1)) is not None


def _undo_pause(person: Participant) -> str:
    if person.paused_until is None:
        return _start(person)
    return f"followup participant pause {person.code} --until {person.paused_until}"


def _start(person: Participant) -> str:
    return f"followup participant start {person.code}"


def _last_message(
    connection: Connection, office: Office, person: Participant
) -> tuple[str, tuple[str, str]] | None:
    """Return the last message to a person and the chat or mailbox it goes to; None if there is none."""
    mine = enrolments_of(connection, person.id)
    if not mine or not is_written_to(connection, person.id):
        return None
    place = all_administrations(connection)[mine[-1].works_at]
    address = chosen_address(connection, person, place, office.rules).address
    if address is None:
        return None
    text = Words(person.language)(service_messages.STOPPED_BY_OFFICE, contact=office.contact)
    return text, (address.channel, address.identifier)
