"""The secrets of a question: counts under five in sets of workshops and in what is left of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.disclosure.crowds import Answer, Crowd
from analysis.disclosure.question import BLANK, SILENT, Question
from analysis.disclosure.ranges import Wanted
from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.variables import Variables, counted, not_counted


@dataclass(frozen=True)
class Rest:
    """A set less the sets `out` that it contains: the units that are left, by what they said."""

    key: str
    out: tuple[str, ...]
    said: Mapping[frozenset[str], list[Answer]]

    @cached_property
    def units(self) -> int:
        """How many units are left."""
        return sum(map(len, self.said.values()))

    @cached_property
    def answered(self) -> int:
        """How many of them chose an option."""
        without = self.said.get(frozenset({BLANK}), ()), self.said.get(frozenset({SILENT}), ())
        return self.units - sum(map(len, without))

    @cached_property
    def _by_code(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for codes, units in self.said.items():
            found.update(dict.fromkeys(codes, len(units)))
        return found

    def choosing(self, codes: Collection[str]) -> int:
        """Return how many chose one or more of some codes."""
        if len(codes) == 1:
            return self._by_code[next(iter(codes))]
        return sum(len(units) for said, units in self.said.items() if not said.isdisjoint(codes))


@dataclass(frozen=True)
class Secret:
    """A sum that may not be found, about some `codes`.

    With other codes that all tables tell in the same rows, a secret of the same `place` can take the
    same values, so one of them stands for all.
    """

    wanted: Wanted
    codes: tuple[str, ...]
    place: tuple[object, ...]


def differences(
    crowds: Mapping[str, Crowd],
) -> Iterator[tuple[str, tuple[str, ...], Crowd]]:
    """Yield each set whole, less each set inside it, and less all of these: key, taken away, rest."""
    for key, crowd in crowds.items():
        yield key, (), crowd
        inside = [
            other
            for other, smaller in crowds.items()
            if len(smaller) < len(crowd) and smaller.keys() <= crowd.keys()
        ]
        for other in inside:
            yield key, (other,), _less(crowd, [crowds[other]])
        if len(inside) > 1:
            yield key, tuple(inside), _less(crowd, [crowds[other] for other in inside])


def _less(crowd: Crowd, others: Collection[Crowd]) -> Crowd:
    gone = set[int | str]().union(*others)
    return {unit: one for unit, one in crowd.items() if unit not in gone}


def few_of(
    question: Question, variables: Variables, rest: Rest, codes: tuple[str, ...]
) -> Iterator[Secret]:
    """Yield the count of some codes and the rests beside it, if 1 to 4 people are behind them.

    A group of less than five units (some administrations with many people) has a narrow range by
    itself, so only the exact count is a secret there.
    """
    key, out, said = rest.key, rest.out, rest.said
    wanted, inside = frozenset(codes), rest.choosing(codes)
    exact = rest.units < SMALLEST
    if 0 < inside < SMALLEST and _few(said[one] for one in said if one & wanted):
        sums = Wanted(counted(variables, key, codes, out), exact)
        yield Secret(sums, codes, (key, out, "count"))
    everybody = (*question.options, BLANK, SILENT)
    for every, number in ((question.options, rest.answered), (everybody, rest.units)):
        if (
            0 < number - inside < SMALLEST
            and wanted < {*every}
            and _few(said[one] for one in said if one & {*every} and not one & wanted)
        ):
            left = not_counted(variables, key, codes, every, out)
            yield Secret(Wanted(left, exact), codes, (key, out, "rest", every))


def rest_of(key: str, out: tuple[str, ...], crowd: Crowd) -> Rest:
    """Return the units of a crowd by what they said; who said nothing is silent if none replied."""
    found: dict[frozenset[str], list[Answer]] = {}
    for one in crowd.values():
        said = one.codes or frozenset({BLANK if one.replied else SILENT})
        found.setdefault(said, []).append(one)
    return Rest(key, out, found)


def _few(found: Iterable[list[Answer]]) -> bool:
    """Return whether 1 to 4 people are behind some units: who replied, or was asked if nobody did."""
    people = (one.replied or one.asked for some in found for one in some)
    return 0 < len(frozenset().union(*people)) < SMALLEST


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
