"""All units that a question asked, as a reader sees them; worked out once for all its readers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.disclosure.crowds import by_place, without
from analysis.disclosure.groups import Group, groups_of
from analysis.disclosure.question import Question
from analysis.disclosure.units import UnitBits, Units


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

    def without(self, gone: Mapping[str, Units]) -> "Everybody":
        """Return the same without some units, each of which leaves all its sets."""
        every = 0
        for units in gone.values():
            every |= units
        bits = self.units.bits
        left = {unit: group for unit, group in self.groups.items() if not bits[unit] & every}
        return Everybody(self.units.without(gone), left)


class Places:
    """Which units of a question each administration knows."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._in_bases = {key: by_place(crowd) for key, crowd in question.crowds.items()}
        self._asked = {key: by_place(crowd) for key, crowd in question.asked.items()}

    def __contains__(self, place: str) -> bool:
        found = (*self._in_bases.values(), *self._asked.values())
        return any(place in units for units in found)

    def without(self, places: Collection[str]) -> tuple[Question, Everybody]:
        """Return what some administrations do not know of the question, and of all that it asked."""
        in_bases, asked = _theirs(self._in_bases, places), _theirs(self._asked, places)
        question = replace(
            self._question,
            crowds={k: without(one, in_bases[k]) for k, one in self._question.crowds.items()},
            asked={k: without(one, asked[k]) for k, one in self._question.asked.items()},
        )
        gone = self._gone(in_bases, asked)
        return question, Everybody.of(question) if gone is None else self._every.without(gone)

    @cached_property
    def _every(self) -> Everybody:
        return Everybody.of(self._question)

    def _gone(
        self,
        in_bases: Mapping[str, Collection[int | str]],
        asked: Mapping[str, Collection[int | str]],
    ) -> Mapping[str, Units] | None:
        """Return the units that leave each set; None if one of them stays in another set.

        People may have come from an administration to one workshop, and from another one to the next.
        """
        units, crowds = self._every.units, self._question.crowds
        gone: dict[str, Units] = {}
        for key, crowd in crowds.items():
            base, every = {*in_bases[key]}, {*asked.get(key, ())}
            here = self._question.asked.get(key, {})
            if not (base & here.keys() <= every and every & crowd.keys() <= base):
                return None
            gone[key] = units.together(base | every)
        everywhere = 0
        for theirs in gone.values():
            everywhere |= theirs
        same = all(everywhere & units.whole[key] == theirs for key, theirs in gone.items())
        return gone if same else None


def _theirs(
    units: Mapping[str, Mapping[str, set[int | str]]], places: Collection[str]
) -> dict[str, set[int | str]]:
    """Return the units of some administrations, by set."""
    return {
        key: set[int | str]().union(*(found.get(place, ()) for place in places))
        for key, found in units.items()
    }
