"""Everybody with their enrolments and the states of their addresses, in a few queries. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, or_, select

from storage.people.addresses import ASIDE
from storage.people.enrolments import still_asked
from storage.people.participants import participant_of
from storage.schema import addresses, enrolments, merges, participants
from surveys.people import AddressState, Participant

Way = tuple[str, AddressState]


@dataclass
class Listed:
    """A person with the present administration, the workshops, oldest first, and the addresses.

    `workshops` are those from which the person was not removed; `active` says whether one of them
    may still ask.
    """

    person: Participant
    works_at: str = ""
    workshops: list[str] = field(default_factory=list)
    active: bool = False
    ways: list[Way] = field(default_factory=list)


def everybody(connection: Connection) -> list[Listed]:
    """Return all people by name; entries that were merged into another one are left out."""
    merged = select(merges.c.other_id).where(merges.c.undone_at.is_(None))
    wanted = select(participants).where(participants.c.id.not_in(merged))
    rows = connection.execute(wanted.order_by(participants.c.name, participants.c.id))
    found = {row.id: Listed(participant_of(row)) for row in rows}
    _add_workshops(connection, found)
    _add_ways(connection, found)
    return list(found.values())


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


def _add_workshops(connection: Connection, people: Mapping[int, Listed]) -> None:
    works_at = func.coalesce(enrolments.c.present_administration, enrolments.c.administration_code)
    columns = (enrolments.c.participant_id, enrolments.c.workshop_code, works_at)
    ends = (enrolments.c.removed_at.is_(None), still_asked(enrolments))
    wanted = select(*columns, *ends).order_by(enrolments.c.id)
    for number, workshop, place, stays, active in connection.execute(wanted):
        if (one := people.get(number)) is None:
            continue
        one.works_at = place
        one.active = one.active or bool(active)
        one.workshops += [workshop] if stays else []


def _add_ways(connection: Connection, people: Mapping[int, Listed]) -> None:
    mine = select(addresses.c.participant_id, addresses.c.channel, addresses.c.state)
    for number, channel, state in connection.execute(mine.where(addresses.c.state.not_in(ASIDE))):
        if number in people:
            people[number].ways.append((channel, AddressState(state)))
