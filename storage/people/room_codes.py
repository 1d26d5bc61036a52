"""Room codes: one for all people in the room of a workshop, on one day; and the chats that sent it.

Only hashes of codes and chats are stored. Who a guest is, is decided elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from storage.people.codes import hash_of, plain_code
from storage.people.failed_codes import hash_of_chat
from storage.schema import room_codes, room_guests, walk_ins


@dataclass(frozen=True)
class Room:
    """A room code as stored: its workshop, who made it, and from when until when it works."""

    workshop_code: str
    made_by: str
    made_at: datetime
    begins_at: datetime
    ends_at: datetime


def add_room_code(connection: Connection, code: str, room: Room) -> None:
    """Store the hash of a new room code; earlier ones of the workshop end."""
    end_room_codes(connection, room.workshop_code, room.made_at)
    connection.execute(
        insert(room_codes).values(
            hash=hash_of(plain_code(code)),
            workshop_code=room.workshop_code,
            made_at=room.made_at,
            made_by=room.made_by,
            begins_at=room.begins_at,
            ends_at=room.ends_at,
        )
    )


def end_room_codes(connection: Connection, workshop_code: str, at: datetime) -> int:
    """End the room codes of a workshop and delete their guests; return how many codes worked."""
    mine = room_codes.c.workshop_code == workshop_code
    change = update(room_codes).where(mine, room_codes.c.revoked_at.is_(None))
    ended = connection.scalars(change.values(revoked_at=at).returning(room_codes.c.ends_at)).all()
    hashes = select(room_codes.c.hash).where(mine)
    for table in (room_guests, walk_ins):
        connection.execute(delete(table).where(table.c.room_hash.in_(hashes)))
    return sum(ends_at > at for ends_at in ended)


def room_with(connection: Connection, code: str, now: datetime) -> Room | None:
    """Return the room of a code that works now; None for any other code."""
    wanted = select(room_codes).where(room_codes.c.hash == hash_of(plain_code(code)))
    return _working(connection.execute(wanted).one_or_none(), now)


def room_of_workshop(connection: Connection, workshop_code: str, now: datetime) -> Room | None:
    """Return the room code of a workshop that works now or later; None if there is none."""
    wanted = select(room_codes).where(
        room_codes.c.workshop_code == workshop_code,
        room_codes.c.revoked_at.is_(None),
        room_codes.c.ends_at > now,
    )
    row = connection.execute(wanted).one_or_none()
    return _room(row) if row else None


def enter_room(
    connection: Connection, code: str, chat: tuple[str, str], room: Room, now: datetime
) -> None:
    """Store that a chat (channel and identifier) sent the code of a room."""
    leave_room(connection, chat)
    values = {"chat": hash_of_chat(*chat), "room_hash": hash_of(plain_code(code)), "came_at": now}
    connection.execute(insert(room_guests).values(values))


def leave_room(connection: Connection, chat: tuple[str, str]) -> None:
    """Delete that a chat sent a room code."""
    connection.execute(delete(room_guests).where(room_guests.c.chat == hash_of_chat(*chat)))


def room_of_guest(connection: Connection, chat: tuple[str, str], now: datetime) -> Room | None:
    """Return the room whose code a chat has sent, while the code works."""
    wanted = (
        select(room_codes)
        .join(room_guests, room_guests.c.room_hash == room_codes.c.hash)
        .where(room_guests.c.chat == hash_of_chat(*chat))
    )
    return _working(connection.execute(wanted).one_or_none(), now)


def _working(row: Row[tuple[object, ...]] | None, now: datetime) -> Room | None:
    if row is None or row.revoked_at is not None or not row.begins_at <= now < row.ends_at:
        return None
    return _room(row)


def _room(row: Row[tuple[object, ...]]) -> Room:
    return Room(row.workshop_code, row.made_by, row.made_at, row.begins_at, row.ends_at)
