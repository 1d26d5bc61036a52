"""The secrets of a question: counts under five in sets of workshops and in what is left of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from analysis.disclosure.crowds import Answer, Person
from analysis.disclosure.question import BLANK, SILENT, Question
from analysis.disclosure.ranges import Wanted
from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.units import UnitBits, each, is_part, left_of
from analysis.disclosure.variables import Sum, Variables, added

Codes = tuple[str, ...]


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
    def replied(self) -> int:
        """How many of them replied, with or without an answer."""
        return self.units - self.said.get(frozenset({SILENT}), 0).bit_count()

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

    def may_tell(self, codes: tuple[str, ...]) -> bool:
        """Return whether 1 to 4 units chose one or more of some codes, or are left beside them."""
        inside = self.choosing(codes)
        return (
            0 < inside < SMALLEST
            or 0 < self.answered - inside < SMALLEST
            or 0 < self.replied - inside < SMALLEST
            or 0 < self.units - inside < SMALLEST
        )

    def of_few(self, said: Iterable[frozenset[str]]) -> bool:
        """Return whether 1 to 4 people said some of it: who replied, or was asked if nobody did."""
        people: set[Person] = set()
        for one in said:
            for unit in each(self.said[one]):
                people |= self.answers[unit].replied or self.answers[unit].asked
                if len(people) >= SMALLEST:
                    return False
        return bool(people)


@dataclass(frozen=True)
class Secret:
    """A sum that may not be found, or only not exactly, about some `codes`.

    With other codes that all tables tell in the same rows, a secret of the same `place` can take the
    same values, so one of them stands for all.
    """

    sums: Callable[[], Sum]
    exact: bool
    codes: tuple[str, ...]
    place: tuple[object, ...]

    @cached_property
    def wanted(self) -> Wanted:
        """The sum; it is made only for the first of those that are alike."""
        return Wanted(self.sums(), self.exact)


def rests_of(every: UnitBits) -> list[Rest]:
    """Return each set whole, less each set inside it, and less all of these."""
    return [one for key in every.whole for one in _rests(key, every)]


def _rests(key: str, every: UnitBits) -> Iterator[Rest]:
    whole = every.whole[key]
    inside = [other for other, units in every.whole.items() if is_part(units, whole)]
    for out in (
        (),
        *((other,) for other in inside),
        *([tuple(inside)] if len(inside) > 1 else []),
    ):
        gone = 0
        for other in out:
            gone |= every.whole[other]
        yield Rest(key, out, left_of(every.said[key], gone), every.answers[key])


def few_of(
    question: Question, variables: Variables, rest: Rest, codes: tuple[str, ...]
) -> Iterator[Secret]:
    """Yield the count of some codes and the rests beside it, if 1 to 4 people are behind them.

    A group of less than five units (some administrations with many people) has a narrow range by
    itself, so only the exact count is a secret there.
    """
    if not rest.may_tell(codes):
        return
    inside = rest.choosing(codes)
    replies = (*question.options, BLANK)
    everybody = (*replies, SILENT)
    parts = (
        (question.options, rest.answered),
        (replies, rest.replied),
        (everybody, rest.units),
    )
    key, out, said, wanted = rest.key, rest.out, rest.said, frozenset(codes)
    exact = rest.units < SMALLEST
    if 0 < inside < SMALLEST and rest.of_few(one for one in said if one & wanted):
        count = partial(_counted, variables, key, out, codes)
        yield Secret(count, exact, codes, (key, out, "count"))
    for every, number in parts:
        if (
            0 < number - inside < SMALLEST
            and wanted < {*every}
            and rest.of_few(one for one in said if one & {*every} and not one & wanted)
        ):
            left = partial(_left, variables, key, out, codes, every)
            yield Secret(left, exact, codes, (key, out, "rest", every))


def _counted(variables: Variables, key: str, out: Codes, codes: Codes) -> Sum:
    """Return who chose some codes in a set and is in none of others."""
    return variables.of_all(variables.inside(key, out), codes)


def _left(variables: Variables, key: str, out: Codes, codes: Codes, every: Codes) -> Sum:
    """Return who of them chose one of `every` codes and none of some of these."""
    inside = _counted(variables, key, out, codes)
    return added((_counted(variables, key, out, every), 1), (inside, -1))


def of_two_answers(question: Question, variables: Variables) -> Iterator[Secret]:
    """Yield what few people of two answers said.

    Nothing but the exact count is a secret: how many they are may be known, and is below five.
    """
    answers = Counter(group for group, _ in variables.answers)
    for group, number in variables.answers:
        if answers[group] > 1 and variables.sizes[group] < SMALLEST and number >= 0:
            for code in question.options:
                said = partial(variables.of, group, number, (code,))
                yield Secret(said, True, (code,), (group, number))
