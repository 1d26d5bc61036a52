"""Addresses of participants: the chats and mailboxes where they are reached."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    insert,
    literal,
    or_,
    select,
    update,
)

from storage.people.imports import forget_values
from storage.people.merges import forget_set_aside
from storage.people.participants import participant_of
from storage.schema import addresses, codes, enrolments, links, notices, participants
from surveys.people import Address, AddressState, Participant

ASIDE = (AddressState.WAITING, AddressState.REPLACED)
"""States of addresses that belong to no participant at present; see `storage.people.relinks`."""
AT_ONCE = 500
"""How many identifiers go into one query."""


def add_addresses(
    connection: Connection, channel: str, owners: Sequence[tuple[int, str]], at: datetime
) -> None:
    """Add an address of one channel for each of many people (id and identifier)."""
    drop_all_aside(connection, channel, [identifier for _, identifier in owners])
    rows = [
        {
            "participant_id": number,
            "channel": channel,
            "identifier": identifier,
            "state": AddressState.ACTIVE,
            "since": at,
        }
        for number, identifier in owners
    ]
    if rows:
        connection.execute(insert(addresses), rows)


def people_at(
    connection: Connection, channel: str, identifiers: Sequence[str], *, aside: bool = True
) -> dict[str, Participant]:
    """Return the people with these identifiers on a channel, by identifier.

    Without `aside` only those to whom an address belongs at present.
    """
    found = {}
    states = [state for state in AddressState if aside or state not in ASIDE]
    for start in range(0, len(identifiers), AT_ONCE):
        rows = connection.execute(
            select(participants, addresses.c.identifier)
            .join(addresses, addresses.c.participant_id == participants.c.id)
            .where(addresses.c.channel == channel, addresses.c.state.in_(states))
            .where(addresses.c.identifier.in_(identifiers[start : start + AT_ONCE]))
        )
        found.update({row.identifier: participant_of(row) for row in rows})
    return found


def addresses_of(connection: Connection, participant_id: int) -> list[Address]:
    """Return all addresses of a person, in the order in which they were added."""
    rows = connection.execute(_OF_PERSON, {"participant_id": participant_id})
    return [address_of(row) for row in rows]


# Statements that every tap runs are built once: building one costs more than running it.
# A plain list of values is written into the statement anew each time; one of literals is not.
IN_USE = addresses.c.state.not_in([literal(state) for state in ASIDE])
"""The condition that an address belongs to its participant at present."""
IS_AT = and_(
    addresses.c.channel == bindparam("channel"),
    addresses.c.identifier == bindparam("identifier"),
    IN_USE,
)
"""The condition that an address has this channel and identifier."""
_AT = select(addresses).where(IS_AT)
_OF_PERSON = (
    select(addresses)
    .where(addresses.c.participant_id == bindparam("participant_id"), IN_USE)
    .order_by(addresses.c.id)
)


def find_address(connection: Connection, channel: str, identifier: str) -> Address | None:
    """Return the address with this channel and identifier; None if there is none."""
    row = connection.execute(_AT, {"channel": channel, "identifier": identifier}).one_or_none()
    return address_of(row) if row else None


def get_address(connection: Connection, number: int) -> Address | None:
    """Return the address with this id; None if it was deleted."""
    row = connection.execute(select(addresses).where(addresses.c.id == number)).one_or_none()
    return address_of(row) if row else None


def add_address(
    connection: Connection, participant_id: int, channel: str, identifier: str, at: datetime
) -> Address:
    """Add an address to a person."""
    drop_aside(connection, channel, identifier)
    number = connection.execute(
        insert(addresses)
        .values(
            participant_id=participant_id,
            channel=channel,
            identifier=identifier,
            state=AddressState.ACTIVE,
            since=at,
        )
        .returning(addresses.c.id)
    ).scalar_one()
    found = get_address(connection, number)
    assert found is not None  # noqa: S101 - just inserted in this transaction
    return found


def people_with_addresses(connection: Connection, numbers: range) -> dict[int, str]:
    """Return those of some people who have an address, a code or a link: codes by id."""
    mine = enrolments.c.participant_id == participants.c.id
    ways = (codes.c.enrolment_id, links.c.enrolment_id)
    has_way = (select(enrolments.c.id).where(mine, enrolments.c.id == way) for way in ways)
    has_address = select(addresses.c.id).where(addresses.c.participant_id == participants.c.id)
    rows = connection.execute(
        select(participants.c.id, participants.c.code)
        .where(participants.c.id.between(numbers[0], numbers[-1]))
        .where(or_(has_address.exists(), *(one.exists() for one in has_way)))
        .order_by(participants.c.id)
    )
    return {row.id: row.code for row in rows}


def forget_addresses(connection: Connection, people: Collection[int]) -> None:
    """Delete the addresses, codes and links of some people, and the notices that wait for them.

    What imports have changed of their addresses goes too.
    """
    theirs = select(addresses.c.id).where(
        addresses.c.participant_id.in_(people),
        addresses.c.channel == notices.c.channel,
        addresses.c.identifier == notices.c.identifier,
    )
    connection.execute(delete(notices).where(theirs.exists()))
    connection.execute(delete(addresses).where(addresses.c.participant_id.in_(people)))
    forget_values(connection, people, ("email",))
    mine = list(
        connection.scalars(select(enrolments.c.id).where(enrolments.c.participant_id.in_(people)))
    )
    for table in (codes, links):
        connection.execute(delete(table).where(table.c.enrolment_id.in_(mine)))
    forget_set_aside(connection, people)


def drop_aside(connection: Connection, channel: str, identifier: str) -> None:
    """Delete a relink request or a replaced address, because a person gets this address now."""
    connection.execute(
        delete(addresses).where(
            addresses.c.channel == channel,
            addresses.c.identifier == identifier,
            addresses.c.state.in_(ASIDE),
        )
    )


def drop_all_aside(connection: Connection, channel: str, identifiers: Sequence[str]) -> None:
    """Delete relink requests and replaced addresses of many identifiers that people get now."""
    for start in range(0, len(identifiers), AT_ONCE):
        these = addresses.c.identifier.in_(identifiers[start : start + AT_ONCE])
        aside = (addresses.c.channel == channel) & addresses.c.state.in_(ASIDE)
        connection.execute(delete(addresses).where(aside, these))


def set_address_state(
    connection: Connection, number: int, state: AddressState, reason: str, at: datetime
) -> None:
    """Set the state of an address, if it is another one now."""
    connection.execute(
        update(addresses)
        .where(addresses.c.id == number, addresses.c.state != state)
        .values(state=state, reason=reason, since=at)
    )


@dataclass(frozen=True)
class LastText:
    """The last text of a chat: its place there and its time, both by the channel; None if unknown."""

    number: int | None = None
    at: datetime | None = None


def last_text(connection: Connection, number: int) -> LastText:
    """Return the last text that came from an address."""
    wanted = select(addresses.c.text_number, addresses.c.text_at)
    row = connection.execute(wanted.where(addresses.c.id == number)).one_or_none()
    return LastText(row.text_number, row.text_at) if row else LastText()


def set_last_text(connection: Connection, number: int, text: LastText) -> None:
    """Store the last text that came from an address."""
    values = {"text_number": text.number, "text_at": text.at}
    connection.execute(update(addresses).where(addresses.c.id == number).values(values))


def move_address(connection: Connection, number: int, identifier: str, at: datetime) -> None:
    """Change the identifier of an address, because its chat has a new one.

    If the new one is known already (the person joined again from it), the old address ends.
    """
    address = get_address(connection, number)
    if address is None:
        return
    known = find_address(connection, address.channel, identifier)
    if known is not None and known.id != number:
        connection.execute(
            update(addresses)
            .where(addresses.c.id == number)
            .values(state=AddressState.DELETED, reason="moved", since=at)
        )
        return
    drop_aside(connection, address.channel, identifier)
    connection.execute(
        update(addresses)
        .where(addresses.c.id == number)
        .values(identifier=identifier, reason="moved", since=at)
    )


def address_of(row: Row[tuple[object, ...]]) -> Address:
    """An address from a row with the columns of the table."""
    return Address(
        id=row.id,
        participant_id=row.participant_id,
        channel=row.channel,
        identifier=row.identifier,
        state=AddressState(row.state),
        reason=row.reason,
        since=row.since,
    )
