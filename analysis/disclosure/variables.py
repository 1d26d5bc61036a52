"""The variables of one question: the units of each group and what they chose."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.disclosure.crowds import choosing
from analysis.disclosure.groups import NO_ANSWER, NO_REPLY, Group
from analysis.disclosure.question import BLANK, SILENT, Kind, Question, Row, Telling
from analysis.disclosure.small_groups import SMALLEST

ROUNDING = 1e-6
"""How far a value of the solver may lie from the whole number that it means."""

Tables = Mapping[str, tuple[Row, ...]]
"""What is told of a question, by set."""

Sum = Mapping[int, float]
"""A combination of variables: weights by their numbers."""


@dataclass(frozen=True)
class Fact:
    """A sum of variables that a reader knows to lie between two numbers; `row` is the printed one."""

    weights: Sum
    low: float
    high: float
    key: str = ""
    row: Row | None = None

    def fits(self, solutions: "np.ndarray[Any, np.dtype[np.float64]]") -> Any:
        """Return of each solution whether it is true of its values."""
        total = solutions[:, list(self.weights)] @ np.array(list(self.weights.values()))
        return (self.low - ROUNDING <= total) & (total <= self.high + ROUNDING)


class Variables:
    """The variables of one question: units of each group, and what they chose in each answer.

    Of several options together, the people of one or more of them are a variable of their own.
    `facts` are what is true of every group: nobody chooses an option twice, or two of a scale, and who
    chooses none has passed the question or is silent. How many a set asked is known: `sets` has their
    numbers, and `there` the group of each unit.
    """

    def __init__(
        self, question: Question, sets: Mapping[str, int], there: Mapping[int | str, Group]
    ) -> None:
        self._question = question
        self._several = question.kind is Kind.SEVERAL
        alone = [(code,) for code in (*question.options, BLANK, SILENT)]
        together = [question.options] if self._several and len(question.options) > 1 else []
        self._places: dict[tuple[str, ...], tuple[list[int], list[tuple[str, ...]]]] = {}
        self._offsets = {codes: place for place, codes in enumerate((*alone, *together))}
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._inside: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        self._in_set: dict[str, list[tuple[int, int]]] = {key: [] for key in sets}
        sizes = Counter(there.values())
        self.sizes = list(sizes.values())
        self._groups = [frozenset(key for key, _ in group) for group in sizes]
        numbers = {group: number for number, group in enumerate(sizes)}
        for number, group in enumerate(sizes):
            for key, answer in group:
                self._in_set[key].append((number, answer))
        self.group_of = {unit: numbers[group] for unit, group in there.items()}
        self.answers = [
            (group, answer)
            for group, sets in enumerate(sizes)
            for answer in sorted({answer for _, answer in sets})
        ]
        # First the units of all groups, then what they said in each answer: one block for each.
        size = len(self._offsets)
        self._starts = {where: len(sizes) + n * size for n, where in enumerate(self.answers)}
        self._fixed = len(sizes) + len(self.answers) * size
        self.facts = [fact for where in self.answers for fact in self._choices(*where)]
        for key, size in sets.items():
            units = {self.units(group): 1.0 for group, _ in self.inside(key)}
            self.facts.append(Fact(units, size, size))

    def __len__(self) -> int:
        return self._fixed + len(self._numbers)

    def of(self, group: int, answer: int, codes: Sequence[str]) -> Sum:
        """Return how many of a group chose one or more of some codes in one of its answers."""
        return self._of_all([(group, answer)], codes)

    def of_set(self, key: str, codes: Sequence[str], out: Collection[str] = ()) -> Sum:
        """Return how many in a set, and in none of others, chose one or more of some codes."""
        return self._of_all(self.inside(key, out), codes)

    def _of_all(self, answers: Sequence[tuple[int, int]], codes: Sequence[str]) -> Sum:
        places, others = self._in_blocks(tuple(codes))
        starts = self._starts
        found = {starts[where] + place: 1.0 for where in answers for place in places}
        if others:
            found |= {self._number(*where, one): 1.0 for where in answers for one in others}
        return found

    def _in_blocks(self, codes: tuple[str, ...]) -> tuple[list[int], list[tuple[str, ...]]]:
        """Return where the variables of some codes are in each block, and the codes of others."""
        if codes not in self._places:
            sums = self._sums(codes)
            places = [self._offsets[one] for one in sums if one in self._offsets]
            self._places[codes] = places, [one for one in sums if one not in self._offsets]
        return self._places[codes]

    def _sums(self, codes: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the codes that have a variable together: several options, and each other code."""
        options: tuple[str, ...] = ()
        if self._several:
            options = tuple(code for code in codes if code not in (BLANK, SILENT))
        sums: list[tuple[str, ...]] = [(code,) for code in codes if code not in options]
        return [*sums, options] if options else sums

    def beside(
        self, key: str, codes: Sequence[str], every: Sequence[str], out: Collection[str] = ()
    ) -> Sum:
        """Return how many of a set and of no other chose one of `every` codes and none of `codes`."""
        if not self._several:
            return self.of_set(key, [code for code in every if code not in codes], out)
        return added((self.of_set(key, every, out), 1), (self.of_set(key, codes, out), -1))

    def spelled(self, key: str, codes: Sequence[str]) -> tuple[str, ...]:
        """Return codes with that of the silent ones, if the row of blanks of a set holds them."""
        silent = BLANK in codes and SILENT in self._question.in_base(key)
        return tuple(dict.fromkeys((*codes, SILENT))) if silent else tuple(codes)

    def inside(self, key: str, out: Collection[str] = ()) -> list[tuple[int, int]]:
        """Return the groups in a set and in none of others, each with the number of its answer there.

        Groups have numbers, in the order of `sizes`.
        """
        name = (key, *out)
        if name not in self._inside:
            self._inside[name] = [
                (group, answer)
                for group, answer in self._in_set[key]
                if self._groups[group].isdisjoint(out)
            ]
        return self._inside[name]

    def units(self, group: int) -> int:
        """Return the variable of the units of a group."""
        return group

    def replying(self, group: int, wave: int, units: frozenset[int | str]) -> Sum:
        """Return how many of a group replied in a wave, in the sets where these `units` of it did."""
        return {self._number(group, wave, units): 1.0}

    def unite(self, key: str, codes: tuple[str, ...]) -> list[Fact]:
        """Add the people of one or more of several options in a set, if they are not there yet."""
        if not self._several or len(codes) < 2 or codes in self._offsets:
            return []
        new = [where for where in self.inside(key) if (*where, codes) not in self._numbers]
        return [fact for where in new for fact in self._union(*where, codes)]

    def _number(self, *name: Any) -> int:
        """Return the variable of a name that no block has."""
        return self._numbers.setdefault(name, len(self))

    def _choices(self, group: int, answer: int) -> Iterator[Fact]:
        units, options = self.units(group), self._question.options
        if answer in (NO_ANSWER, NO_REPLY):
            other = BLANK if answer == NO_REPLY else SILENT
            yield Fact(self.of(group, answer, (*options, other)), 0, 0)
        every = self.of(group, answer, (*options, BLANK, SILENT))
        yield Fact(added((every, 1), ({units: 1.0}, -1)), 0, 0)
        if self._question.kind is Kind.SEVERAL and len(options) > 1:
            yield from self._union(group, answer, options)

    def _union(self, group: int, answer: int, codes: tuple[str, ...]) -> Iterator[Fact]:
        union, answered = (
            next(iter(self.of(group, answer, one))) for one in (codes, self._question.options)
        )
        parts = [next(iter(self.of(group, answer, (code,)))) for code in codes]
        if union != answered:
            yield Fact({union: 1.0, answered: -1.0}, -np.inf, 0)
        yield Fact({**dict.fromkeys(parts, 1.0), union: -1.0}, 0, np.inf)
        for part in parts:
            yield Fact({union: 1.0, part: -1.0}, 0, np.inf)


def added(*sums: tuple[Sum, float]) -> dict[int, float]:
    """Return the sum of sums with their weights."""
    made: dict[int, float] = {}
    for one, times in sums:
        for number, weight in one.items():
            made[number] = made.get(number, 0) + times * weight
    return {number: weight for number, weight in made.items() if weight}


def told(
    question: Question, key: str, rows: Iterable[Row], variables: Variables, whole: Question
) -> list[Fact]:
    """Return what rows of a published table say; `whole` has the people whom this reader knows too."""
    found = []
    for row in rows:
        weights = counted(variables, key, row.codes)
        if row.telling is Telling.COUNT:
            found.append(Fact(weights, row.units, row.units, key, row))
        elif row.telling is Telling.NEARLY_ALL:
            known = len(choosing(whole.crowds[key], row.codes)) - row.units
            least = len(whole.crowds[key]) - SMALLEST + 1 - known
            found.append(Fact(weights, least, len(question.crowds[key]), key, row))
    return found


def base(question: Question, key: str, variables: Variables) -> Fact:
    """Return the base of a published table."""
    size = len(question.crowds[key])
    return Fact(counted(variables, key, question.in_base(key)), size, size, key)


def silent(key: str, units: int, variables: Variables) -> Fact:
    """Return how many units of a set did not reply."""
    return Fact(variables.of_set(key, (SILENT,)), units, units)


def silent_beside_people(question: Question, key: str, variables: Variables) -> Fact:
    """Return how many units are silent at least and at most, by the number of people who replied."""
    units = question.everybody(key).values()
    replied = sum(len(one.replied) for one in units)
    asked = sum(len(one.asked) for one in units)
    weights = variables.of_set(key, (SILENT,))
    return Fact(weights, max(0, len(units) - replied), asked - replied)


def counted(
    variables: Variables, key: str, codes: Sequence[str], out: Collection[str] = ()
) -> Sum:
    """Return who chose some codes in a set; without the units of other sets if these are named."""
    return variables.of_set(key, variables.spelled(key, codes), out)
