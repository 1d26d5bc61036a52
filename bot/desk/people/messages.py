"""What people wrote to the office: read, and settled when it was dealt with.

Each function is one transaction. The audit log has numbers of messages and codes of people, no texts.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.readings import record_reading
from bot.settings.office import Office
from storage.erasure.merging import merged_into
from storage.office.audit import Act
from storage.office.staff import label_of
from storage.people.enrolments import enrolments_of
from storage.people.office_messages import (
    OfficeMessage,
    count_waiting,
    get_message,
    set_settled,
    waiting_messages,
)
from storage.people.participants import get_participant
from surveys.people import Participant


@dataclass(frozen=True)
class ReadMessage:
    """A message to the office with its writer (id, code, name) and the workshops of the person."""

    number: int
    person: int
    participant: str
    name: str
    workshops: tuple[str, ...]
    text: str
    written_at: datetime


@dataclass(frozen=True)
class Waiting:
    """The oldest messages that wait, and the number of all that do."""

    messages: tuple[ReadMessage, ...]
    waiting: int


@dataclass(frozen=True)
class Settled:
    """A message after an act, and the result in words. `changed` is false if it was so before."""

    number: int
    participant: str
    said: str
    changed: bool


def read_messages(connection: Connection, office: Office, now: datetime) -> Waiting:
    """Return the messages that wait; that they were read is recorded."""
    found = tuple(_read(connection, one) for one in waiting_messages(connection))
    if found:
        count = len(found)
        record_reading(connection, office, Act.MESSAGES_READ, "office", now, messages=count)
    return Waiting(found, count_waiting(connection))


def note_read(
    connection: Connection, office: Office, participant: str, messages: int, now: datetime
) -> None:
    """Record that the waiting messages of one person were read, on the page of the person."""
    record_reading(connection, office, Act.MESSAGES_READ, participant, now, messages=messages)


def settle_message(connection: Connection, office: Office, number: int, now: datetime) -> Settled:
    """Note that a message was dealt with; the person is not told."""
    message = get_message(connection, number)
    person = _writer(connection, message)
    if message.settled_at is not None:
        by = label_of(connection, message.settled_by)
        said = f"The message of {person.name} was settled before, by {by}. Nothing was changed."
        return Settled(number, person.code, said, changed=False)
    set_settled(connection, number, office.acting, now)
    record(connection, office, Act.MESSAGE_SETTLED, person.code, now)
    return Settled(number, person.code, f"The message of {person.name} is settled.", changed=True)


def unsettle_message(
    connection: Connection, office: Office, number: int, now: datetime
) -> Settled:
    """Let a message wait again."""
    message = get_message(connection, number)
    person = _writer(connection, message)
    if message.settled_at is None:
        said = f"The message of {person.name} waits already. Nothing was changed."
        return Settled(number, person.code, said, changed=False)
    set_settled(connection, number, "", None)
    record(connection, office, Act.MESSAGE_UNSETTLED, person.code, now)
    return Settled(number, person.code, f"The message of {person.name} waits again.", changed=True)


def _writer(connection: Connection, message: OfficeMessage) -> Participant:
    """Return who wrote a message; the entry that it was merged into, if it was."""
    number = message.participant_id
    return merged_into(connection, number) or get_participant(connection, number)


def _read(connection: Connection, message: OfficeMessage) -> ReadMessage:
    person = _writer(connection, message)
    workshops = {one.workshop_code for one in enrolments_of(connection, person.id)}
    return ReadMessage(
        message.id,
        person.id,
        person.code,
        person.name,
        tuple(sorted(workshops)),
        message.text,
        message.written_at,
    )
