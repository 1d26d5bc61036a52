"""The variables of one question: the units of each group and what they chose.

A group is all that published sets of workshops tell apart, so its units are in the same sets and gave
them the same answers.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.disclosure.crowds import Answer, Crowd, Slot, choosing
from analysis.disclosure.question import BLANK, SILENT, Kind, Question, Row, Telling
from analysis.disclosure.small_groups import SMALLEST

Group = tuple[tuple[str, int], ...]
"""The sets of workshops that hold the units of a group, each with the number of their answer there."""

NO_ANSWER, NO_REPLY = -1, -2
"""The numbers of what a unit said in a set where it gave no answer, or was silent, and not in another.

The latest answer counts in a larger set, so readers could conclude who gave none later.
"""

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
        self.facts = [fact for where in self.answers for fact in self._choices(*where)]
        for key, size in sets.items():
            units = {self.units(group): 1.0 for group, _ in self.inside(key)}
            self.facts.append(Fact(units, size, size))

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, group: int, answer: int, codes: Sequence[str]) -> Sum:
        """Return how many of a group chose one or more of some codes in one of its answers."""
        return self.of_all([(group, answer)], codes)

    def of_all(self, answers: Iterable[tuple[int, int]], codes: Sequence[str]) -> Sum:
        """Return how many of some groups chose one or more of some codes."""
        sums: list[tuple[str, ...]] = [(code,) for code in codes]
        if self._several:
            options = tuple(code for code in codes if code not in (BLANK, SILENT))
            sums = [(code,) for code in codes if code not in options]
            sums += [options] if options else []
        number = self._number
        return {number(*where, one): 1.0 for where in answers for one in sums}

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
        return self._number(group)

    def replying(self, group: int, wave: int, units: frozenset[int | str]) -> Sum:
        """Return how many of a group replied in a wave, in the sets where these `units` of it did."""
        return {self._number(group, wave, units): 1.0}

    def unite(self, key: str, codes: tuple[str, ...]) -> list[Fact]:
        """Add the people of one or more of several options in a set, if they are not there yet."""
        if self._question.kind is not Kind.SEVERAL or len(codes) < 2:
            return []
        new = [where for where in self.inside(key) if (*where, codes) not in self._numbers]
        return [fact for where in new for fact in self._union(*where, codes)]

    def _number(self, *name: Any) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

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
        union = self._number(group, answer, codes)
        answered = self._number(group, answer, self._question.options)
        parts = [self._number(group, answer, (code,)) for code in codes]
        if union != answered:
            yield Fact({union: 1.0, answered: -1.0}, -np.inf, 0)
        yield Fact({**dict.fromkeys(parts, 1.0), union: -1.0}, 0, np.inf)
        for part in parts:
            yield Fact({union: 1.0, part: -1.0}, 0, np.inf)


def groups_of(crowds: Mapping[str, Crowd]) -> dict[int | str, Group]:
    """Return the group of each unit: what sets of workshops tell apart."""
    slots: dict[int | str, dict[str, tuple[Slot, int]]] = {}
    for key, crowd in crowds.items():
        for unit, answer in crowd.items():
            slots.setdefault(unit, {})[key] = _told_by(answer)
    found: dict[int | str, Group] = {}
    for unit, given in slots.items():
        different = dict.fromkeys(given.values())
        numbers = {slot: n for n, slot in enumerate(different)}
        if len(different) > 1:
            numbers |= {slot: slot[1] for slot in different if slot[1]}
        found[unit] = tuple((key, numbers[slot]) for key, slot in given.items())
    return found


def _told_by(answer: Answer) -> tuple[Slot, int]:
    """Return what tells an answer apart; those without one are alike, and so are the silent ones."""
    if answer.codes:
        return answer.slot, 0
    return (), NO_ANSWER if answer.replied else NO_REPLY


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
    return Fact(variables.of_all(variables.inside(key), (SILENT,)), units, units)


def silent_beside_people(question: Question, key: str, variables: Variables) -> Fact:
    """Return how many units are silent at least and at most, by the number of people who replied."""
    units = question.everybody(key).values()
    replied = sum(len(one.replied) for one in units)
    asked = sum(len(one.asked) for one in units)
    weights = variables.of_all(variables.inside(key), (SILENT,))
    return Fact(weights, max(0, len(units) - replied), asked - replied)


def counted(
    variables: Variables, key: str, codes: Sequence[str], out: Collection[str] = ()
) -> Sum:
    """Return who chose some codes in a set; without the units of other sets if these are named."""
    return variables.of_all(variables.inside(key, out), variables.spelled(key, codes))
