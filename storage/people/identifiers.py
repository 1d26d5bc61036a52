"""The identifiers of many people on a channel, and which are in use: for lists of people."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select

from storage.schema import addresses, enrolments
from surveys.people import AddressState

AT_ONCE = 500
"""How many people go into one query."""
Identifiers = dict[str, bool]
"""The identifiers of a person on a channel, and whether each is in use."""


def identifiers_in(
    connection: Connection, workshop_code: str, channel: str
) -> dict[int, Identifiers]:
    """Return the identifiers on a channel of all people in a workshop, by their ids."""
    mine = select(enrolments.c.participant_id).where(enrolments.c.workshop_code == workshop_code)
    return _identifiers(connection, addresses.c.participant_id.in_(mine), channel)


def identifiers_of(
    connection: Connection, people: Sequence[int], channel: str
) -> dict[int, Identifiers]:
    """Return the identifiers on a channel of people with these ids, by id."""
    found: dict[int, Identifiers] = {}
    for start in range(0, len(people), AT_ONCE):
        mine = addresses.c.participant_id.in_(people[start : start + AT_ONCE])
        found |= _identifiers(connection, mine, channel)
    return found


def mailboxes_of(
    connection: Connection, administrations: Sequence[str], channel: str
) -> list[tuple[int, str, str]]:
    """Return the identifiers of all people of some administrations: id, administration, identifier."""
    place = enrolments.c.administration_code
    rows = connection.execute(
        select(addresses.c.participant_id, place, addresses.c.identifier)
        .join(enrolments, enrolments.c.participant_id == addresses.c.participant_id)
        .where(addresses.c.channel == channel, place.in_(administrations))
        .distinct()
        .order_by(addresses.c.participant_id, place, addresses.c.identifier)
    )
    return [(number, code, identifier) for number, code, identifier in rows]


def _identifiers(
    connection: Connection, mine: ColumnElement[bool], channel: str
) -> dict[int, Identifiers]:
    found: dict[int, Identifiers] = {}
    wanted = select(addresses).where(addresses.c.channel == channel, mine)
    for row in connection.execute(wanted.order_by(addresses.c.id)):
        in_use = row.state == AddressState.ACTIVE
        found.setdefault(row.participant_id, {})[row.identifier] = in_use
    return found
