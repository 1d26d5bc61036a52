"""The people of a workshop by their state. Reads only."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from storage.fieldwork.workshops import get_workshop
from storage.people.addresses import ASIDE
from storage.people.addresses_of_many import ways_in
from storage.people.enrolments import enrolments_in
from storage.people.participants import people_in
from surveys.people import AddressState, Enrolment, Participant, Role
from surveys.planning.channels import EMAIL

Ways = set[tuple[str, AddressState]]
"""Channels and states of the addresses of a person."""


class PersonState(StrEnum):
    """The state of a person in a workshop, in words."""

    JOINED = "joined"
    BY_EMAIL = "not joined yet, e-mail known"
    NO_ADDRESS = "not joined yet"
    LOST = "out of reach"
    REFUSED = "said no"
    STOPPED = "stopped"
    REMOVED = "removed"
    HANDED_OVER = "handed over"


@dataclass(frozen=True)
class Listed:
    """A person of a workshop."""

    code: str
    name: str
    administration: str
    role: Role
    state: PersonState


def people_of(connection: Connection, code: str) -> list[Listed]:
    """Return the people of a workshop, by role and name. Raise NotFound for an unknown workshop."""
    workshop = get_workshop(connection, code)
    people = people_in(connection, workshop.code)
    ways = ways_in(connection, workshop.code)
    found = [
        _listed(one, people[one.participant_id], ways.get(one.participant_id, set()))
        for one in enrolments_in(connection, workshop.code)
    ]
    order = list(Role)
    return sorted(found, key=lambda one: (order.index(one.role), one.name.casefold()))


def _listed(enrolment: Enrolment, person: Participant, ways: Ways) -> Listed:
    state = _state(enrolment, person, ways)
    return Listed(person.code, person.name, enrolment.works_at, enrolment.role, state)


def counts_of(people: list[Listed]) -> list[tuple[PersonState, int]]:
    """Return how many people are in each state, in the order of the states."""
    counts = Counter(one.state for one in people)
    return [(state, counts[state]) for state in PersonState if counts[state]]


def _state(enrolment: Enrolment, person: Participant, ways: Ways) -> PersonState:
    if enrolment.removed_at is not None:
        return PersonState.REMOVED
    if enrolment.handed_over_at is not None:
        return PersonState.HANDED_OVER
    if enrolment.refused_at is not None:
        return PersonState.REFUSED
    if person.stopped_at is not None or enrolment.withdrawn_at is not None:
        return PersonState.STOPPED
    return _reach(enrolment, ways)


def _reach(enrolment: Enrolment, ways: Ways) -> PersonState:
    """Return how a person who is asked can be reached."""
    used = {channel for channel, state in ways if state is AddressState.ACTIVE}
    if used - {EMAIL} or (used and enrolment.consented_at is not None):
        return PersonState.JOINED
    if used:
        return PersonState.BY_EMAIL
    lost = any(state not in ASIDE for _channel, state in ways)
    return PersonState.LOST if lost else PersonState.NO_ADDRESS
