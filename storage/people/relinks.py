"""Relinking: people who come with another account, and the address that replaces the old one.

The only module that sees addresses that belong to nobody at present: waiting and replaced ones.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.people.addresses import (
    add_address,
    address_of,
    addresses_of,
    drop_aside,
    set_address_state,
)
from storage.people.links import end_links
from storage.schema import WAITS_FOR_OFFICE, addresses, cases, codes, notices
from surveys.people import Address, AddressState

EMAIL = "email"


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
        select(addresses).where(WAITS_FOR_OFFICE).order_by(addresses.c.since, addresses.c.id)
    )
    return [address_of(row) for row in rows]


def refuse_relink(connection: Connection, address: Address) -> None:
    """Delete a relink request; the address belongs to nobody."""
    drop_aside(connection, address.channel, address.identifier)


def use_email(connection: Connection, participant_id: int, identifier: str, at: datetime) -> bool:
    """Let letters to a person go to one address; the others that work are out of use at once.

    One that was out of use itself comes back. The links in earlier letters end. Return False if
    nothing was changed.
    """
    mine = [one for one in addresses_of(connection, participant_id) if one.channel == EMAIL]
    known = next((one for one in mine if one.identifier == identifier), None)
    if known is not None and known.state is AddressState.ACTIVE and _alone(mine):
        return False
    if known is not None:
        set_address_state(connection, known.id, AddressState.ACTIVE, "", at)
    elif not _came_back(connection, participant_id, identifier, at):
        add_address(connection, participant_id, EMAIL, identifier, at)
    put_out_of_use(connection, [one.id for one in mine if one.identifier != identifier], at)
    end_links(connection, participant_id, at)
    return True


def put_out_of_use(connection: Connection, numbers: Collection[int], at: datetime) -> list[int]:
    """Put those of some addresses that work out of use, so that nothing goes there; return their ids."""
    works = addresses.c.id.in_(numbers) & (addresses.c.state == AddressState.ACTIVE)
    waiting = select(addresses.c.id).where(
        works,
        addresses.c.channel == notices.c.channel,
        addresses.c.identifier == notices.c.identifier,
    )
    unsent = notices.c.next_at.is_not(None) & (notices.c.for_role == "")
    connection.execute(delete(notices).where(unsent, waiting.exists()))
    old = {"state": AddressState.REPLACED, "reason": "replaced", "since": at}
    ended = connection.scalars(
        update(addresses).where(works).values(old).returning(addresses.c.id)
    )
    return sorted(ended)


def use_email_before(connection: Connection, participant_id: int, at: datetime) -> bool:
    """Use the address again that the present one has replaced; False if there is none."""
    mine = select(addresses).where(
        addresses.c.participant_id == participant_id, addresses.c.channel == EMAIL
    )
    rows = connection.execute(mine.order_by(addresses.c.since.desc(), addresses.c.id.desc())).all()
    present = next((row for row in rows if row.state == AddressState.ACTIVE), None)
    out = (row for row in rows if row.state == AddressState.REPLACED)
    before = next((row for row in out if present and row.since == present.since), None)
    if before is not None:
        use_email(connection, participant_id, before.identifier, at)
    return before is not None


def ways_out_of_use(connection: Connection, participant_id: int) -> list[Address]:
    """Return the addresses of a person that were replaced, the newest first."""
    mine = (addresses.c.participant_id == participant_id) & (
        addresses.c.state == AddressState.REPLACED
    )
    rows = connection.execute(select(addresses).where(mine).order_by(addresses.c.since.desc()))
    return [address_of(row) for row in rows]


def _alone(mine: Sequence[Address]) -> bool:
    return sum(one.state is AddressState.ACTIVE for one in mine) == 1


def _came_back(connection: Connection, participant_id: int, identifier: str, at: datetime) -> bool:
    """Use an address of the person that was replaced; return whether there was one."""
    back = update(addresses).where(
        addresses.c.participant_id == participant_id,
        addresses.c.channel == EMAIL,
        addresses.c.identifier == identifier,
        addresses.c.state == AddressState.REPLACED,
    )
    values = {"state": AddressState.ACTIVE, "reason": "", "since": at}
    return bool(connection.execute(back.values(values)).rowcount)


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
