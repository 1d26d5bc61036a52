"""Whose a chat is. Messages of one person are decided one after the other."""

from sqlalchemy import Connection, select

from storage.joined import Joined
from storage.people.addresses import IS_AT, address_of
from storage.people.participants import participant_of
from storage.schema import addresses, participants
from surveys.people import Address, Participant

Chat = tuple[str, str]
"""A channel and an identifier in it."""

ALONE = 0
"""No number of a person: nobody else writes meanwhile."""

# Statements that every tap runs are built once: building one costs more than running it.
_JOINED = Joined(addresses, participants)
_THEIRS = participants.c.id == addresses.c.participant_id
_SENDER = select(*_JOINED.tables).join(participants, _THEIRS).where(IS_AT)
# This lock lets other transactions add addresses and enrolments meanwhile.
_HELD = (
    select(participants.c.id)
    .join(addresses, _THEIRS)
    .where(IS_AT)
    .with_for_update(of=participants, key_share=True)
)


def lock_sender(connection: Connection, chat: Chat) -> int | None:
    """Lock the person with this chat, so that their messages are decided one after the other.

    Return who that is; None if nobody has it; `ALONE` on SQLite, where there is one writer. What is
    read of the person in the same statement would be as it was before the lock.
    """
    if connection.dialect.name == "sqlite":
        return ALONE
    return connection.scalar(_HELD, parameters_of(chat))


def find_sender(connection: Connection, chat: Chat) -> tuple[Address, Participant] | None:
    """Return the address with this chat and the person it belongs to; None if there is none."""
    row = connection.execute(_SENDER, parameters_of(chat)).one_or_none()
    if row is None:
        return None
    part = _JOINED.part
    return address_of(part(row, addresses)), participant_of(part(row, participants))


def parameters_of(chat: Chat) -> dict[str, str]:
    channel, identifier = chat
    return {"channel": channel, "identifier": identifier}
