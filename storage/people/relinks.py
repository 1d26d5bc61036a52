"""Relinking: people who come with another account, and the address that replaces the old one.

The only module that sees addresses that belong to nobody at present: waiting and replaced ones.
"""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from storage.people.addresses import add_address, address_of, addresses_of, drop_aside
from storage.schema import addresses, cases, codes
from surveys.people import Address, AddressState


def ask_relink(
    connection: Connection,
    participant_id: int,
    chat: tuple[str, str],
    at: datetime,
    room: str = "",
) -> bool:
    """Store that a chat (channel and identifier) asks to be linked to a person; False if it is.

    `room` is the workshop in whose room it asked, which is stored as the reason.
    """
    channel, identifier = chat
    known = select(addresses.c.id).where(
        addresses.c.participant_id == participant_id,
        addresses.c.channel == channel,
        addresses.c.identifier == identifier,
        addresses.c.state == AddressState.WAITING,
    )
    if connection.scalar(known) is not None:
        return False
    drop_aside(connection, channel, identifier)
    values = {"participant_id": participant_id, "channel": channel, "identifier": identifier}
    connection.execute(
        insert(addresses).values(
            values | {"state": AddressState.WAITING, "reason": room, "since": at}
        )
    )
    return True


def waiting_relinks(connection: Connection) -> list[Address]:
    """Return the addresses that wait for the office, oldest request first."""
    rows = connection.execute(
        select(addresses)
        .where(addresses.c.state == AddressState.WAITING)
        .order_by(addresses.c.since, addresses.c.id)
    )
    return [address_of(row) for row in rows]


def refuse_relink(connection: Connection, address: Address) -> None:
    """Delete a relink request; the address belongs to nobody."""
    drop_aside(connection, address.channel, address.identifier)


def replace_address(
    connection: Connection, participant_id: int, channel: str, identifier: str, at: datetime
) -> Address:
    """Link an address to a person instead of all others of its channel.

    The codes and questions of the person follow: a code works from the new address only, and the next
    question is a new message there. The old address is kept as replaced, so that it can be restored.
    """
    old = [one.id for one in addresses_of(connection, participant_id) if one.channel == channel]
    new = add_address(connection, participant_id, channel, identifier, at)
    connection.execute(
        update(addresses)
        .where(addresses.c.id.in_(old))
        .values(state=AddressState.REPLACED, reason="replaced", since=at)
    )
    connection.execute(update(codes).where(codes.c.used_by.in_(old)).values(used_by=new.id))
    connection.execute(
        update(cases)
        .where(cases.c.card_address_id.in_(old))
        .values(card_address_id=None, card_ref=None)
    )
    return new
