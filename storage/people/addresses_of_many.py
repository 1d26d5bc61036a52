"""Addresses of many people, read at once."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from storage.people.addresses import IN_USE, address_of
from storage.schema import addresses, enrolments
from surveys.people import Address, AddressState

_OF_PEOPLE = (
    select(addresses)
    .where(addresses.c.participant_id.in_(bindparam("people", expanding=True)), IN_USE)
    .order_by(addresses.c.id)
)


def addresses_of_people(connection: Connection, people: Sequence[int]) -> dict[int, list[Address]]:
    """Return all addresses of some people, by person, in the order in which they were added."""
    found: dict[int, list[Address]] = {number: [] for number in people}
    for row in connection.execute(_OF_PEOPLE, {"people": people}):
        found[row.participant_id].append(address_of(row))
    return found


def ways_in(
    connection: Connection, workshop_code: str
) -> dict[int, set[tuple[str, AddressState]]]:
    """Return channel and state of the addresses of each person of a workshop, by the person's id."""
    rows = connection.execute(
        select(addresses.c.participant_id, addresses.c.channel, addresses.c.state)
        .join(enrolments, enrolments.c.participant_id == addresses.c.participant_id)
        .where(enrolments.c.workshop_code == workshop_code)
    )
    found: dict[int, set[tuple[str, AddressState]]] = {}
    for number, channel, state in rows:
        found.setdefault(number, set()).add((channel, AddressState(state)))
    return found
