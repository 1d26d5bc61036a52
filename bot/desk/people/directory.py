"""Everybody whom the office knows, with the state of each, for a list with a search. Reads only."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from bot.desk.people.finding import has_words, plain
from bot.settings.office import Office
from storage.people.administrations import administration_names
from storage.people.directory import Listed, everybody
from surveys.people import AddressState, Participant


class PersonState(StrEnum):
    """How a person stands with the office: the first of these that fits."""

    ERASED = "erased"
    STOPPED = "stopped"
    OUT = "in no workshop"
    PAUSED = "paused"
    NOT_JOINED = "not joined yet"
    LOST = "no message arrives"
    REACHED = "reached"


@dataclass(frozen=True)
class KnownPerson:
    """A line of the list. `workshops` are the codes of those in which the person still is."""

    code: str
    name: str
    place: str
    workshops: tuple[str, ...]
    state: PersonState


@dataclass(frozen=True)
class Directory:
    """The people who match a search and a state, and how many match the search by state."""

    people: tuple[KnownPerson, ...]
    counts: Counter[PersonState]


def directory(
    connection: Connection, office: Office, text: str = "", state: str = ""
) -> Directory:
    """Return everybody with all these words in name, code, administration or workshops.

    `state` is one of `PersonState`; anything else leaves nobody out.
    """
    wanted = plain(text).split()
    places = administration_names(connection)
    known = (_known(one, places, office.rules.channels) for one in everybody(connection))
    people = [one for one in known if _matches(one, wanted)]
    counts = Counter(one.state for one in people)
    chosen = [one for one in people if one.state == state] if state in set(PersonState) else people
    return Directory(tuple(chosen), counts)


def state_of(person: Participant, ways: Sequence[AddressState], *, active: bool) -> PersonState:
    """Return how a person stands; `ways` are the states of the addresses on the office's channels.

    `active` says whether a workshop may still ask the person.
    """
    fits = (
        (PersonState.ERASED, person.erased_at is not None),
        (PersonState.STOPPED, person.stopped_at is not None),
        (PersonState.OUT, not active),
        (PersonState.PAUSED, person.paused_until is not None),
        (PersonState.NOT_JOINED, not ways),
        (PersonState.LOST, AddressState.ACTIVE not in ways),
    )
    return next((state for state, is_so in fits if is_so), PersonState.REACHED)


def _known(one: Listed, places: Mapping[str, str], channels: Collection[str]) -> KnownPerson:
    ways = [state for channel, state in one.ways if channel in channels]
    return KnownPerson(
        one.person.code,
        one.person.name or "(erased)",
        places.get(one.works_at, one.works_at),
        tuple(dict.fromkeys(reversed(one.workshops))),
        state_of(one.person, ways, active=one.active),
    )


def _matches(one: KnownPerson, wanted: Sequence[str]) -> bool:
    facts = " ".join(map(plain, (one.code, one.place, *one.workshops)))
    return has_words(one.name, [word for word in wanted if word not in facts])
