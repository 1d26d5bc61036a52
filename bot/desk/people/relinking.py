"""Linking a person to a new account, on their request or by a command of the office.

Each function is one transaction and writes to the audit log by the code of the person.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.handover import take_over
from bot.settings.office import Office
from bot.wording import service_messages
from storage.database import Conflict, NotFound
from storage.fieldwork.next_contact import refresh_person
from storage.office.audit import Act
from storage.office.notices import put_notices
from storage.people.addresses import find_address
from storage.people.codes import end_codes
from storage.people.enrolments import enrolments_of
from storage.people.participants import get_participant, lock_participant, participant_with
from storage.people.relinks import refuse_relink, replace_address, waiting_relinks
from storage.people.room_codes import leave_room
from storage.people.walk_ins import drop_walk_in
from surveys.people import Address, Participant
from surveys.planning.channels import EMAIL
from surveys.wording import Words


@dataclass(frozen=True)
class RelinkRequest:
    """The request of one account to answer for a person.

    `chat` is the number of its chat, which its owner sees with /id. `room` is the workshop in whose
    room the request was made; '' for the new account of a known person.
    """

    number: int
    chat: str
    since: datetime | None
    room: str = ""


@dataclass(frozen=True)
class RelinkRequests:
    """All accounts that ask to answer for one person, the oldest request first."""

    number: int
    participant: str
    name: str
    administrations: str
    accounts: tuple[RelinkRequest, ...]


def relink_requests(connection: Connection) -> list[RelinkRequests]:
    """Return who is asked for and not decided yet, a person each, the oldest request first."""
    by_person: dict[int, list[RelinkRequest]] = {}
    for one in waiting_relinks(connection):
        request = RelinkRequest(one.id, one.identifier, one.since, one.reason)
        by_person.setdefault(one.participant_id, []).append(request)
    return [_requests(connection, number, asked) for number, asked in by_person.items()]


def _requests(connection: Connection, number: int, asked: list[RelinkRequest]) -> RelinkRequests:
    person = get_participant(connection, number)
    places = ", ".join(sorted({one.works_at for one in enrolments_of(connection, number)}))
    return RelinkRequests(number, person.code, person.name, places, tuple(asked))


def refuse_all(
    connection: Connection, office: Office, number: int, now: datetime
) -> tuple[Participant, int]:
    """Refuse all requests for the person with this id; return the person and how many they were.

    Raise NotFound if there are none.
    """
    asked = [one for one in waiting_relinks(connection) if one.participant_id == number]
    if not asked:
        raise NotFound("This was decided already.")
    person = lock_participant(connection, number)
    for address in asked:
        refuse_relink(connection, address)
    record(connection, office, Act.LINK_REFUSED, person.code, now, accounts=len(asked))
    return person, len(asked)


def decide_relink(
    connection: Connection, office: Office, number: int, now: datetime, *, agreed: bool
) -> Participant:
    """Approve or refuse the request with this number. Raise NotFound if it was decided before."""
    address = next((one for one in waiting_relinks(connection) if one.id == number), None)
    if address is None:
        raise NotFound("This was decided already.")
    person = lock_participant(connection, address.participant_id)
    if not agreed:
        refuse_relink(connection, address)
        record(connection, office, Act.LINK_REFUSED, person.code, now)
        return person
    _link(connection, office, person, (address.channel, address.identifier), now)
    if address.reason:
        _confirmed(connection, office, person, address, now)
    else:
        record(connection, office, Act.LINKED_AGAIN, person.code, now)
    return person


def _confirmed(
    connection: Connection, office: Office, person: Participant, address: Address, now: datetime
) -> None:
    """Confirm a person in a room: their printed codes end, and they get a notice to go on."""
    chat = (address.channel, address.identifier)
    mine = enrolments_of(connection, person.id)
    end_codes(connection, [one.id for one in mine], now)
    take_over(connection, office, person.id, now)
    leave_room(connection, chat)
    drop_walk_in(connection, chat)
    text = Words(person.language)(service_messages.ROOM_CONFIRMED)
    put_notices(connection, [text], [chat], now, reply=True)
    about = f"{person.code} {address.reason}"
    record(connection, office, Act.ROOM_CONFIRMED, about, now)


def relink_person(
    connection: Connection, office: Office, code: str, address: str, now: datetime
) -> Participant:
    """Link an address such as telegram:12345 to a person, in place of the one before."""
    channel, _, identifier = address.partition(":")
    if channel not in office.rules.channels or channel == EMAIL or not identifier:
        raise Conflict(f"{address!r} is not an address such as telegram:12345.")
    person = participant_with(connection, code)
    lock_participant(connection, person.id)
    _link(connection, office, person, (channel, identifier), now)
    record(connection, office, Act.LINKED_AGAIN, person.code, now)
    return person


def _link(
    connection: Connection,
    office: Office,
    person: Participant,
    address: tuple[str, str],
    now: datetime,
) -> None:
    """Replace the address of a person. Raise Conflict if the new one belongs to anyone already."""
    known = find_address(connection, *address)
    if known is not None:
        whose = "this person" if known.participant_id == person.id else "somebody else"
        raise Conflict(f"This account answers for {whose} already.")
    replace_address(connection, person.id, *address, now)
    refresh_person(connection, person.id, office.rules, now)
