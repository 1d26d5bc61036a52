"""The people of a workshop by their state. Reads only."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from storage.fieldwork.workshops import get_workshop
from storage.people.addresses import address_states_in
from storage.people.enrolments import enrolments_in
from storage.people.participants import people_in
from surveys.people import AddressState, Enrolment, Participant, Role


class PersonState(StrEnum):
    """The state of a person in a workshop, in words."""

    JOINED = "joined"
    NO_ADDRESS = "has not joined"
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
    states = address_states_in(connection, workshop.code)
    found = [
        _listed(one, people[one.participant_id], states.get(one.participant_id, set()))
        for one in enrolments_in(connection, workshop.code)
    ]
    order = list(Role)
    return sorted(found, key=lambda one: (order.index(one.role), one.name.casefold()))


def _listed(enrolment: Enrolment, person: Participant, states: set[AddressState]) -> Listed:
    state = _state(enrolment, person, states)
    return Listed(person.code, person.name, enrolment.works_at, enrolment.role, state)


def counts_of(people: list[Listed]) -> list[tuple[PersonState, int]]:
    """Return how many people are in each state, in the order of the states."""
    counts = Counter(one.state for one in people)
    return [(state, counts[state]) for state in PersonState if counts[state]]


def _state(enrolment: Enrolment, person: Participant, states: set[AddressState]) -> PersonState:
    if enrolment.removed_at is not None:
        return PersonState.REMOVED
    if enrolment.handed_over_at is not None:
        return PersonState.HANDED_OVER
    if enrolment.refused_at is not None:
        return PersonState.REFUSED
    if person.stopped_at is not None or enrolment.withdrawn_at is not None:
        return PersonState.STOPPED
    if AddressState.ACTIVE in states:
        return PersonState.JOINED
    lost = states - {AddressState.WAITING, AddressState.REPLACED}
    return PersonState.LOST if lost else PersonState.NO_ADDRESS
