"""Who stands behind a count for readers outside the office, and what may be told of it.

A count is told if it and the rest of its base each rest on five or more people of three or more
administrations: colleagues of two administrations know of each other who said what.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from analysis.disclosure.small_groups import SMALLEST

PLACES = 3
"""The fewest administrations behind a count; in a workshop of one administration this falls away."""

Person = tuple[int, str]
"""A participant number and the administration."""

Slot = tuple[object, ...]
"""What tells two answers of one unit apart: the cases, and the moment of the answer."""


@dataclass(frozen=True)
class Answer:
    """What one unit said: a person, or an administration with its people.

    Without `codes` it belongs to the base and gave no answer. `replied` are the people whose
    answers it is made of, `asked` all people that could have answered.
    """

    codes: frozenset[str]
    slot: Slot
    replied: frozenset[Person]
    asked: frozenset[Person]


Crowd = Mapping[int | str, Answer]
"""The base of one question in one set of workshops: answers by unit."""


def of_person(number: int, place: str, codes: Iterable[str], slot: Slot) -> Answer:
    """Return the answer of one person."""
    alone = frozenset({(number, place)})
    return Answer(frozenset(codes), slot, alone, alone)


def choosing(crowd: Crowd, codes: Collection[str]) -> list[Answer]:
    """Return the answers with one of some codes; the empty code stands for no answer."""
    wanted = frozenset(codes)
    return [
        one for one in crowd.values() if one.codes & wanted or (not one.codes and "" in wanted)
    ]


def replied(found: Iterable[Answer]) -> frozenset[Person]:
    """Return the people behind some answers."""
    return frozenset[Person]().union(*(one.replied for one in found))


def places_needed(crowds: Iterable[Crowd]) -> int:
    """Return how many administrations must stand behind a count: one if nobody else took part."""
    there = {place for crowd in crowds for one in crowd.values() for _, place in one.asked}
    there.discard("")  # of nobody known
    return PLACES if len(there) > 1 else 1


def stands(people: Collection[Person], places: int) -> bool:
    """Return whether a count on some people may be told by itself."""
    return len({number for number, _ in people}) >= SMALLEST and (
        len({place for _, place in people if place}) >= places
    )


def tellable(crowd: Crowd, codes: Collection[str], places: int) -> bool:
    """Return whether the count of some codes and the rest of the base may be told."""
    inside = choosing(crowd, codes)
    return stands(replied(inside), places) and stands(_rest(crowd, inside), places)


def nearly_all(crowd: Crowd, codes: Collection[str], places: int) -> bool:
    """Return whether all but four people or fewer chose one of some codes, and the base may be told."""
    inside = choosing(crowd, codes)
    return (
        stands(replied(inside), places)
        and len({number for number, _ in _rest(crowd, inside)}) < SMALLEST
    )


def _rest(crowd: Crowd, inside: Collection[Answer]) -> frozenset[Person]:
    """Return the people asked who belong to no unit with the counted answer."""
    counted = {id(one) for one in inside}
    left = [one.asked for one in crowd.values() if id(one) not in counted]
    return frozenset[Person]().union(*left)


def by_place(crowd: Crowd) -> dict[str, set[int | str]]:
    """Return the units of a crowd that have people of each administration."""
    found: dict[str, set[int | str]] = {}
    for unit, one in crowd.items():
        for place in {place for _, place in one.asked if place}:
            found.setdefault(place, set()).add(unit)
    return found


def without(crowd: Crowd, units: Collection[int | str]) -> Crowd:
    """Return the other units of a crowd, such as those that an administration does not know of."""
    return {unit: one for unit, one in crowd.items() if unit not in units} if units else crowd
