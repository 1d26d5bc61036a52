"""The secrets of a question: counts under five in sets of workshops and in what is left of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.disclosure.crowds import Answer, Crowd, Person
from analysis.disclosure.question import BLANK, SILENT, Question
from analysis.disclosure.ranges import Wanted
from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.variables import Variables, added


@dataclass(frozen=True)
class Rest:
    """A set less the sets `out` that it contains: the units that are left, by what they said.

    Units are bits of whole numbers, so that what is left of a set is worked out at once; `answers` are
    those of the set by the bits of their units.
    """

    key: str
    out: tuple[str, ...]
    said: Mapping[frozenset[str], int]
    answers: Mapping[int, Answer]

    @cached_property
    def units(self) -> int:
        """How many units are left."""
        return sum(units.bit_count() for units in self.said.values())

    @cached_property
    def answered(self) -> int:
        """How many of them chose an option."""
        without = self.said.get(frozenset({BLANK}), 0) | self.said.get(frozenset({SILENT}), 0)
        return self.units - without.bit_count()

    @cached_property
    def _by_code(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for codes, units in self.said.items():
            number = units.bit_count()
            for code in codes:
                found[code] = found.get(code, 0) + number
        return found

    def choosing(self, codes: tuple[str, ...]) -> int:
        """Return how many chose one or more of some codes."""
        if len(codes) == 1:
            return self._by_code.get(codes[0], 0)
        return sum(n.bit_count() for said, n in self.said.items() if not said.isdisjoint(codes))

    def of_few(self, said: Iterable[frozenset[str]]) -> bool:
        """Return whether 1 to 4 people said some of it: who replied, or was asked if nobody did."""
        people: set[Person] = set()
        for one in said:
            for unit in _bits(self.said[one]):
                people |= self.answers[unit].replied or self.answers[unit].asked
                if len(people) >= SMALLEST:
                    return False
        return bool(people)


def _bits(units: int) -> Iterator[int]:
    while units:
        lowest = units & -units
        yield lowest
        units ^= lowest


@dataclass(frozen=True)
class Secret:
    """A sum that may not be found, about some `codes`.

    With other codes that all tables tell in the same rows, a secret of the same `place` can take the
    same values, so one of them stands for all.
    """

    wanted: Wanted
    codes: tuple[str, ...]
    place: tuple[object, ...]


def rests_of(crowds: Mapping[str, Crowd]) -> list[Rest]:
    """Return each set whole, less each set inside it, and less all of these."""
    bits: dict[int | str, int] = {}
    for crowd in crowds.values():
        for unit in crowd:
            bits.setdefault(unit, 1 << len(bits))
    every = {key: sum(bits[unit] for unit in crowd) for key, crowd in crowds.items()}
    return [one for key, crowd in crowds.items() for one in _rests(key, crowd, bits, every)]


def _rests(
    key: str, crowd: Crowd, bits: Mapping[int | str, int], every: Mapping[str, int]
) -> Iterator[Rest]:
    answers = {bits[unit]: one for unit, one in crowd.items()}
    said: dict[frozenset[str], int] = {}
    for unit, one in answers.items():
        # Who said nothing is silent if none replied.
        codes = one.codes or (_BLANK if one.replied else _SILENT)
        said[codes] = said.get(codes, 0) | unit
    whole = every[key]
    inside = [other for other, units in every.items() if units != whole and not units & ~whole]
    for out in (
        (),
        *((other,) for other in inside),
        *([tuple(inside)] if len(inside) > 1 else []),
    ):
        gone = 0
        for other in out:
            gone |= every[other]
        left = {codes: rest for codes, units in said.items() if (rest := units & ~gone)}
        yield Rest(key, out, left, answers)


_BLANK, _SILENT = frozenset({BLANK}), frozenset({SILENT})


def few_of(
    question: Question, variables: Variables, rest: Rest, codes: tuple[str, ...]
) -> Iterator[Secret]:
    """Yield the count of some codes and the rests beside it, if 1 to 4 people are behind them.

    A group of less than five units (some administrations with many people) has a narrow range by
    itself, so only the exact count is a secret there.
    """
    inside = rest.choosing(codes)
    everybody = (*question.options, BLANK, SILENT)
    parts = ((question.options, rest.answered), (everybody, rest.units))
    if not any(0 < number < SMALLEST for number in (inside, *(n - inside for _, n in parts))):
        return
    key, out, said, wanted = rest.key, rest.out, rest.said, frozenset(codes)
    exact = rest.units < SMALLEST
    if 0 < inside < SMALLEST and rest.of_few(one for one in said if one & wanted):
        sums = Wanted(variables.of_all(variables.inside(key, out), codes), exact)
        yield Secret(sums, codes, (key, out, "count"))
    for every, number in parts:
        if (
            0 < number - inside < SMALLEST
            and wanted < {*every}
            and rest.of_few(one for one in said if one & {*every} and not one & wanted)
        ):
            there = variables.inside(key, out)
            left = added((variables.of_all(there, every), 1), (variables.of_all(there, codes), -1))
            yield Secret(Wanted(left, exact), codes, (key, out, "rest", every))


def of_two_answers(question: Question, variables: Variables) -> Iterator[Secret]:
    """Yield what few people of two answers said.

    Nothing but the exact count is a secret: how many they are may be known, and is below five.
    """
    answers = Counter(group for group, _ in variables.answers)
    for group, number in variables.answers:
        if answers[group] > 1 and variables.sizes[group] < SMALLEST and number >= 0:
            for code in question.options:
                said = variables.of(group, number, (code,))
                yield Secret(Wanted(said, exact=True), (code,), (group, number))
