"""All units that a question asked, as a reader sees them; worked out once for all its readers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.disclosure.crowds import by_place, without
from analysis.disclosure.groups import Group, groups_of
from analysis.disclosure.question import Question
from analysis.disclosure.units import UnitBits, Units

Known = Mapping[str, set[int | str]]
"""Units by set, or by administration."""


@dataclass(frozen=True)
class Everybody:
    """The units of each set, with or without an answer, and the group of each unit."""

    units: UnitBits
    groups: Mapping[int | str, Group]

    @classmethod
    def of(cls, question: Question) -> "Everybody":
        """Return everybody that a question asked."""
        crowds = {key: question.everybody(key) for key in question.crowds}
        return cls(UnitBits.of(crowds), groups_of(crowds))


class Places:
    """Which units of a question each administration knows."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._in_bases = {key: by_place(crowd) for key, crowd in question.crowds.items()}
        self._asked = {key: by_place(crowd) for key, crowd in question.asked.items()}

    def __contains__(self, place: str) -> bool:
        found = (*self._in_bases.values(), *self._asked.values())
        return any(place in units for units in found)

    @cached_property
    def everybody(self) -> Everybody:
        """All that the question asked."""
        return Everybody.of(self._question)

    def without(self, places: Collection[str]) -> Question:
        """Return what some administrations do not know of the question."""
        in_bases, asked = self._known(places)
        return replace(
            self._question,
            crowds={k: without(one, in_bases[k]) for k, one in self._question.crowds.items()},
            asked={k: without(one, asked[k]) for k, one in self._question.asked.items()},
        )

    def _known(self, places: Collection[str]) -> tuple[Known, Known]:
        """Return the units of some administrations in the bases of sets, and among those asked."""
        return _theirs(self._in_bases, places), _theirs(self._asked, places)

    def gone(self, places: Collection[str]) -> Mapping[str, Units] | None:
        """Return the units of some administrations; None if one of them is also of another.

        People may have come from an administration to one workshop, and from another one to the next.
        """
        in_bases, asked = self._known(places)
        units, crowds = self.everybody.units, self._question.crowds
        gone: dict[str, Units] = {}
        for key, crowd in crowds.items():
            base, every = in_bases[key], asked.get(key, set())
            here = self._question.asked.get(key, {})
            if not (base & here.keys() <= every and every & crowd.keys() <= base):
                return None
            gone[key] = units.together(base | every)
        everywhere = 0
        for theirs in gone.values():
            everywhere |= theirs
        same = all(everywhere & units.whole[key] == theirs for key, theirs in gone.items())
        return gone if same else None

    def units(self, gone: Mapping[str, Units]) -> list[int | str]:
        """Return the units that are gone from sets."""
        every = 0
        for theirs in gone.values():
            every |= theirs
        return [unit for unit, bit in self.everybody.units.bits.items() if bit & every]


def _theirs(units: Mapping[str, Known], places: Collection[str]) -> Known:
    """Return the units of some administrations, by set."""
    return {
        key: set[int | str]().union(*(found.get(place, ()) for place in places))
        for key, found in units.items()
    }
