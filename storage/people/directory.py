"""Everybody with their enrolments and the states of their addresses, in a few queries. Reads only."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from storage.people.addresses import ASIDE
from storage.people.enrolments import enrolment_of
from storage.people.participants import participant_of
from storage.schema import addresses, enrolments, merges, participants
from surveys.people import AddressState, Enrolment, Participant

Way = tuple[str, AddressState]


@dataclass(frozen=True)
class Listed:
    """A person, the enrolments, oldest first, and channel and state of each address of the person."""

    person: Participant
    enrolments: tuple[Enrolment, ...]
    ways: tuple[Way, ...]


def everybody(connection: Connection) -> list[Listed]:
    """Return all people by name; entries that were merged into another one are left out."""
    merged = select(merges.c.other_id).where(merges.c.undone_at.is_(None))
    wanted = select(participants).where(participants.c.id.not_in(merged))
    rows = connection.execute(wanted.order_by(participants.c.name, participants.c.id))
    places, ways = _enrolments(connection), _ways(connection)
    return [
        Listed(participant_of(row), tuple(places[row.id]), tuple(ways[row.id])) for row in rows
    ]


def names_at(connection: Connection, administrations: Collection[str]) -> dict[int, str]:
    """Return the names of all who are or were at some administrations, by the id of the person."""
    there = enrolments.c.administration_code.in_(administrations)
    since = enrolments.c.present_administration.in_(administrations)
    wanted = select(participants.c.id, participants.c.name).join(
        enrolments, enrolments.c.participant_id == participants.c.id
    )
    rows = connection.execute(
        wanted.where(or_(there, since), participants.c.name != "").distinct()
    )
    return {row.id: row.name for row in rows}


def _enrolments(connection: Connection) -> defaultdict[int, list[Enrolment]]:
    found: defaultdict[int, list[Enrolment]] = defaultdict(list)
    for row in connection.execute(select(enrolments).order_by(enrolments.c.id)):
        found[row.participant_id].append(enrolment_of(row))
    return found


def _ways(connection: Connection) -> defaultdict[int, list[Way]]:
    found: defaultdict[int, list[Way]] = defaultdict(list)
    mine = select(addresses.c.participant_id, addresses.c.channel, addresses.c.state)
    for number, channel, state in connection.execute(mine.where(addresses.c.state.not_in(ASIDE))):
        found[number].append((channel, AddressState(state)))
    return found
