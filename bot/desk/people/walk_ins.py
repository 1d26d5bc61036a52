"""People in the room of a workshop: those listed are approved at once, others added or refused.

Each function is one transaction. The audit log has codes and counts, no names.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import opaque_code
from bot.audit import record
from bot.desk.people.relinking import decide_relink
from bot.settings.office import Office
from bot.wording import service_messages
from storage.database import Conflict, NotFound
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.office.notices import forget_naming, put_notices
from storage.people.addresses import add_address, find_address
from storage.people.enrolments import NewEnrolment, enrol
from storage.people.participants import NewParticipant, add_participant, get_participant
from storage.people.relinks import waiting_relinks
from storage.people.room_codes import leave_room
from storage.people.walk_ins import WalkIn, drop_walk_in, find_walk_in, waiting_walk_ins
from surveys.people import Address
from surveys.wording import Words

DECIDED = "This was decided already."


@dataclass(frozen=True)
class InRoom:
    """Who waits in the room of a workshop and is on its list: names, and the newest request."""

    workshop: str
    names: tuple[str, ...]
    newest: int


def walk_ins(connection: Connection) -> list[WalkIn]:
    """Return the guests who are on no list and wait, oldest first."""
    return waiting_walk_ins(connection)


def people_in_rooms(connection: Connection) -> list[InRoom]:
    """Return who of the lists waits in each room; people asked for by several chats are left out."""
    requests = _clear(waiting_relinks(connection))
    rooms = sorted({one.reason for one in requests if one.reason})
    return [_in_room(connection, room, requests) for room in rooms]


def approve_all(
    connection: Connection, office: Office, workshop: str, newest: int, now: datetime
) -> int:
    """Approve those who wait in a room, up to the newest request that was shown; return how many."""
    requests = _clear(waiting_relinks(connection))
    meant = [one for one in requests if one.reason == workshop and one.id <= newest]
    for one in meant:
        decide_relink(connection, office, one.id, now, agreed=True)
    return len(meant)


def add_walk_in(connection: Connection, office: Office, number: int, now: datetime) -> str:
    """Enrol a guest who is on no list, link the chat and tell them; return the code of the person."""
    guest = _waiting(connection, number)
    if find_address(connection, *guest.chat) is not None:
        raise Conflict("This chat answers for somebody already. Nothing was changed.")
    get_workshop(connection, guest.workshop)
    new = NewParticipant(opaque_code("P"), guest.name, guest.language)
    person = add_participant(connection, new)
    enrol(connection, NewEnrolment(guest.workshop, person.id, guest.administration), now)
    add_address(connection, person.id, *guest.chat, now)
    _forget(connection, guest)
    told = Words(guest.language)(service_messages.ROOM_CONFIRMED)
    put_notices(connection, [told], [guest.chat], now)
    record(connection, office, Act.WALK_IN_ADDED, f"{person.code} {guest.workshop}", now)
    return person.code


def refuse_walk_in(connection: Connection, office: Office, number: int, now: datetime) -> str:
    """Forget a guest who does not belong here; return the name that was given."""
    guest = _waiting(connection, number)
    _forget(connection, guest)
    record(connection, office, Act.WALK_IN_REFUSED, guest.workshop, now)
    return guest.name


def _waiting(connection: Connection, number: int) -> WalkIn:
    guest = find_walk_in(connection, number)
    if guest is None:
        raise NotFound(DECIDED)
    return guest


def _forget(connection: Connection, guest: WalkIn) -> None:
    drop_walk_in(connection, guest.chat)
    forget_naming(connection, [guest.name])
    leave_room(connection, guest.chat)


def _clear(requests: list[Address]) -> list[Address]:
    """Return the requests of people for whom one chat asks."""
    asked = [one.participant_id for one in requests]
    return [one for one in requests if asked.count(one.participant_id) == 1]


def _in_room(connection: Connection, room: str, requests: list[Address]) -> InRoom:
    here = [one for one in requests if one.reason == room]
    names = tuple(get_participant(connection, one.participant_id).name for one in here)
    return InRoom(room, names, max(one.id for one in here))
