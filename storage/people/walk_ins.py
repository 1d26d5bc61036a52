"""Guests of a room who are on no list: who they say they are, until an organiser has decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, delete, func, insert, select

from storage.people.failed_codes import hash_of_chat
from storage.schema import addresses, room_codes, room_guests, walk_ins


@dataclass(frozen=True)
class NewWalkIn:
    """A guest: the chat (channel and identifier), its language, and who the guest says to be."""

    chat: tuple[str, str]
    language: str
    name: str
    administration: str


@dataclass(frozen=True)
class WalkIn:
    """A guest who waits, in the room of a workshop."""

    id: int
    workshop: str
    chat: tuple[str, str]
    language: str
    name: str
    administration: str
    asked_at: datetime


def put_walk_in(connection: Connection, new: NewWalkIn, at: datetime) -> None:
    """Store that the guest of a room waits; what the chat said before is replaced."""
    drop_walk_in(connection, new.chat)
    room = select(room_guests.c.room_hash).where(room_guests.c.chat == hash_of_chat(*new.chat))
    channel, identifier = new.chat
    where = {"room_hash": room.scalar_subquery(), "channel": channel, "identifier": identifier}
    who = {"name": new.name, "administration_code": new.administration}
    values = where | who | {"language": new.language, "asked_at": at}
    connection.execute(insert(walk_ins).values(values))


def waiting_walk_ins(connection: Connection) -> list[WalkIn]:
    """Return all guests who wait, oldest first."""
    return [_walk_in(row) for row in connection.execute(_all().order_by(walk_ins.c.id))]


def find_walk_in(connection: Connection, number: int) -> WalkIn | None:
    """Return the guest with this number, locked; None if it was decided already."""
    row = connection.execute(_all().where(walk_ins.c.id == number).with_for_update()).one_or_none()
    return _walk_in(row) if row else None


def drop_walk_in(connection: Connection, chat: tuple[str, str]) -> None:
    """Delete what a chat said about itself in a room."""
    here = (walk_ins.c.channel == chat[0]) & (walk_ins.c.identifier == chat[1])
    connection.execute(delete(walk_ins).where(here))


def count_walk_ins_before(connection: Connection, moment: datetime) -> int:
    """Return how many guests have waited since before a moment."""
    old = select(func.count()).where(walk_ins.c.asked_at < moment)
    return connection.scalar(old) or 0


def forget_walk_ins_before(connection: Connection, moment: datetime) -> None:
    """Delete the guests who have waited since before a moment."""
    connection.execute(delete(walk_ins).where(walk_ins.c.asked_at < moment))


def forget_walk_ins_of(connection: Connection, people: Collection[int]) -> list[str]:
    """Delete what the chats of some people said in a room before they joined; return the names."""
    chats = select(addresses.c.id).where(
        addresses.c.participant_id.in_(people),
        addresses.c.channel == walk_ins.c.channel,
        addresses.c.identifier == walk_ins.c.identifier,
    )
    gone = delete(walk_ins).where(chats.exists()).returning(walk_ins.c.name)
    return list(connection.scalars(gone))


def _all() -> Select[tuple[object, ...]]:
    rooms = walk_ins.join(room_codes, room_codes.c.hash == walk_ins.c.room_hash)
    return select(walk_ins, room_codes.c.workshop_code).select_from(rooms)


def _walk_in(row: Row[tuple[object, ...]]) -> WalkIn:
    chat = (row.channel, row.identifier)
    who = (row.language, row.name, row.administration_code)
    return WalkIn(row.id, row.workshop_code, chat, *who, row.asked_at)
