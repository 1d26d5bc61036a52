"""The secrets of a question: counts under five in sets of workshops and in what is left of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial, reduce
from operator import or_

from analysis.disclosure.crowds import Answer, Person
from analysis.disclosure.question import BLANK, SILENT, Question
from analysis.disclosure.ranges import Wanted
from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.units import UnitBits, Units, each, is_part
from analysis.disclosure.variables import Sum, Variables

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Rest:
    """A set less the sets `out` that it contains: the units that are left, and the `said` of the set.

    Units are bits of whole numbers, so that what is left of a set is worked out at once; `answers` are
    those of the set by the bits of their units.
    """

    number: int
    key: str
    out: tuple[str, ...]
    units: Units
    said: Mapping[str, Units]
    answers: Mapping[Units, Answer]

    @cached_property
    def answered(self) -> Units:
        """The units that chose an option."""
        return self.replied & ~self.said.get(BLANK, 0)

    @cached_property
    def replied(self) -> Units:
        """The units that replied, with or without an answer."""
        return self.units & ~self.said.get(SILENT, 0)

    def choosing(self, codes: Iterable[str]) -> Units:
        """Return the units that chose one or more of some codes."""
        found = 0
        for code in codes:
            found |= self.said.get(code, 0)
        return found & self.units

    def may_tell(self, codes: Iterable[str]) -> bool:
        """Return whether 1 to 4 units chose one or more of some codes, or are left beside them."""
        inside = self.choosing(codes)
        return (
            _few(inside)
            or _few(self.answered & ~inside)
            or _few(self.replied & ~inside)
            or _few(self.units & ~inside)
        )

    def of_few(self, units: Units) -> bool:
        """Return whether 1 to 4 people are behind units: who replied, or was asked if nobody did."""
        people: set[Person] = set()
        for unit in each(units):
            people |= self.answers[unit].replied or self.answers[unit].asked
            if len(people) >= SMALLEST:
                return False
        return bool(people)


def _few(units: Units) -> bool:
    return 0 < units.bit_count() < SMALLEST


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
    found: list[Rest] = []
    for key in every.whole:
        for out, left in _parts(key, every.whole):
            found.append(Rest(len(found), key, out, left, every.said[key], every.answers[key]))
    return found


def _parts(key: str, whole: Mapping[str, Units]) -> Iterator[tuple[Codes, Units]]:
    """Yield a set whole, less each set inside it, and less all of these, with the units left."""
    units = whole[key]
    inside = [other for other, theirs in whole.items() if is_part(theirs, units)]
    yield (), units
    for other in inside:
        yield (other,), units & ~whole[other]
    if len(inside) > 1:
        yield tuple(inside), units & ~reduce(or_, (whole[other] for other in inside))


def few_of(
    question: Question, variables: Variables, rest: Rest, codes: tuple[str, ...]
) -> Iterator[Secret]:
    """Yield the count of some codes and the rests beside it, if 1 to 4 people are behind them.

    A group of less than five units (some administrations with many people) has a narrow range by
    itself, so only the exact count is a secret there.
    """
    if not rest.may_tell(codes):
        return
    inside, wanted = rest.choosing(codes), frozenset(codes)
    replies = (*question.options, BLANK)
    parts = (
        (question.options, rest.answered),
        (replies, rest.replied),
        ((*replies, SILENT), rest.units),
    )
    key, out, exact = rest.key, rest.out, rest.units.bit_count() < SMALLEST
    if _few(inside) and rest.of_few(inside):
        count = partial(variables.of_set, key, codes, out)
        yield Secret(count, exact, codes, (rest.number, "count"))
    for part, (every, units) in enumerate(parts):
        beside = units & ~inside
        if _few(beside) and wanted < {*every} and rest.of_few(beside):
            left = partial(variables.beside, key, codes, every, out)
            yield Secret(left, exact, codes, (rest.number, part))


def of_two_answers(question: Question, variables: Variables) -> Iterator[Secret]:
    """Yield what few people of two answers said.

    Nothing but the exact count is a secret: how many they are may be known, and is below five.
    """
    answers = Counter(group for group, _ in variables.answers)
    for group, number in variables.answers:
        if answers[group] > 1 and variables.sizes[group] < SMALLEST and number >= 0:
            for code in question.options:
                said = partial(variables.of, group, number, (code,))
                yield Secret(said, True, (code,), (group, number, "two answers"))
