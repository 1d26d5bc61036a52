"""The least and the greatest that a count can be, for a reader who knows every published count.

One linear program for each question: its variables are the units of each group and what they chose.
A group is all that published sets of workshops tell apart, so its units are in the same sets and gave
them the same answers.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.disclosure.crowds import Crowd, Slot, choosing
from analysis.disclosure.merging import BLANK, SILENT, Kind, Question, Row, Telling
from analysis.disclosure.small_groups import SMALLEST

if TYPE_CHECKING:
    from highspy import ObjSense

Group = tuple[tuple[str, int], ...]
"""The sets of workshops that hold the units of a group, each with the number of their answer there."""

NO_ANSWER = -1
"""The number of what a unit said in a set where it gave no answer, but one in another set.

The latest answer counts in a larger set, so readers could conclude who gave none later.
"""

Tables = Mapping[str, tuple[Row, ...]]
"""What is told of a question, by set."""

Sum = Mapping[int, float]
"""A combination of variables: weights by their numbers."""

RECENT = 100
"""How many of the latest solutions are looked at before a new one is sought."""

ROUNDING = 1e-6
"""How far a value of the solver may lie from the whole number that it means."""


@dataclass(frozen=True)
class Fact:
    """A sum of variables that a reader knows to lie between two numbers; `row` is the printed one."""

    weights: Sum
    low: float
    high: float
    key: str = ""
    row: Row | None = None


class Variables:
    """The variables of one question: units of each group, and what they chose in each answer.

    Of several options together, the people of one or more of them are a variable of their own.
    `facts` are what is true of every group: nobody chooses an option twice, or two of a scale, and who
    chooses none has passed the question or is silent. How many a set asked is known.
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        self._numbers: dict[tuple[Any, ...], int] = {}
        everybody = {key: question.everybody(key) for key in question.crowds}
        self.sizes = groups_of(everybody)
        self.answers = [
            (group, answer) for group in self.sizes for answer in sorted({n for _, n in group})
        ]
        self.facts = [fact for where in self.answers for fact in self._choices(*where)]
        for key, crowd in everybody.items():
            units = {self.units(group): 1.0 for group in self.sizes if key in dict(group)}
            self.facts.append(Fact(units, len(crowd), len(crowd)))

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, group: Group, answer: int, codes: Sequence[str]) -> Sum:
        """Return how many of a group chose one or more of some codes in one of its answers."""
        several = self._question.kind is Kind.SEVERAL
        options = tuple(code for code in codes if code not in (BLANK, SILENT))
        sums: list[tuple[str, ...]] = [
            (code,) for code in codes if code not in options or not several
        ]
        if several and options:
            sums.append(options)
        return {self._number(group, answer, one): 1.0 for one in sums}

    def spelled(self, key: str, codes: Sequence[str]) -> tuple[str, ...]:
        """Return codes with that of the silent ones, if the row of blanks of a set holds them."""
        silent = BLANK in codes and SILENT in self._question.in_base(key)
        return tuple(dict.fromkeys((*codes, SILENT))) if silent else tuple(codes)

    def units(self, group: Group) -> int:
        """Return the variable of the units of a group."""
        return self._number(group)

    def unite(self, key: str, codes: tuple[str, ...]) -> list[Fact]:
        """Add the people of one or more of several options in a set, if they are not there yet."""
        if self._question.kind is not Kind.SEVERAL or len(codes) < 2:
            return []
        answers = [(group, dict(group)[key]) for group in self.sizes if key in dict(group)]
        new = [where for where in answers if (*where, codes) not in self._numbers]
        return [fact for where in new for fact in self._union(*where, codes)]

    def _number(self, *name: Any) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def _choices(self, group: Group, answer: int) -> Iterator[Fact]:
        units, options = self.units(group), self._question.options
        if answer == NO_ANSWER:
            yield Fact(self.of(group, answer, options), 0, 0)
        every = self.of(group, answer, (*options, BLANK, SILENT))
        yield Fact(added((every, 1), ({units: 1.0}, -1)), 0, 0)
        if self._question.kind is Kind.SEVERAL and len(options) > 1:
            yield from self._union(group, answer, options)

    def _union(self, group: Group, answer: int, codes: tuple[str, ...]) -> Iterator[Fact]:
        union = self._number(group, answer, codes)
        answered = self._number(group, answer, self._question.options)
        parts = [self._number(group, answer, (code,)) for code in codes]
        if union != answered:
            yield Fact({union: 1.0, answered: -1.0}, -np.inf, 0)
        yield Fact({**dict.fromkeys(parts, 1.0), union: -1.0}, 0, np.inf)
        for part in parts:
            yield Fact({union: 1.0, part: -1.0}, 0, np.inf)


def groups_of(crowds: Mapping[str, Crowd]) -> dict[Group, int]:
    """Return the groups that sets of workshops tell apart, with the number of their units."""
    slots: dict[int | str, dict[str, tuple[Slot, bool]]] = {}
    for key, crowd in crowds.items():
        for unit, answer in crowd.items():
            slots.setdefault(unit, {})[key] = answer.slot, bool(answer.codes)
    found: dict[Group, int] = {}
    for given in slots.values():
        different = dict.fromkeys(given.values())
        numbers = {slot: n for n, slot in enumerate(different)}
        if len(different) > 1:
            numbers |= dict.fromkeys((slot for slot in different if not slot[1]), NO_ANSWER)
        group = tuple((key, numbers[slot]) for key, slot in given.items())
        found[group] = found.get(group, 0) + 1
    return found


def added(*sums: tuple[Sum, float]) -> dict[int, float]:
    """Return the sum of sums with their weights."""
    made: dict[int, float] = {}
    for one, times in sums:
        for number, weight in one.items():
            made[number] = made.get(number, 0) + times * weight
    return {number: weight for number, weight in made.items() if weight}


@dataclass(frozen=True)
class Range:
    """The least and greatest value of a count, and the printed rows and bases that make it so."""

    least: int
    greatest: int
    binding: tuple[tuple[str, Row], ...] = ()
    bases: tuple[str, ...] = ()

    @property
    def narrow(self) -> bool:
        """Whether it tells a count under five to two units."""
        return self.greatest - self.least < 3 and self.greatest < SMALLEST


def _whole(least: float, greatest: float) -> Range:
    """Return a range rounded inwards."""
    return Range(ceil(least - ROUNDING), floor(greatest + ROUNDING))


class Program:
    """The linear program of one reader of a question, solved again and again from where it stands."""

    def __init__(self) -> None:
        from analysis.disclosure import solver

        self._facts: list[Fact] = []
        self._solver = solver.Solver()
        self._least, self._greatest = solver.LEAST, solver.GREATEST
        self._endless = solver.ENDLESS
        self._variables = 0
        self._last: list[int] = []
        self._solutions: list[np.ndarray[Any, np.dtype[np.float64]]] = []
        self.solved = 0

    @property
    def facts(self) -> int:
        """How many facts it has, also those taken back."""
        return len(self._facts)

    def add(self, variables: int, facts: Iterable[Fact]) -> None:
        """Add facts about so many variables."""
        more = variables - self._variables
        self._solver.addVars(more, np.zeros(more), np.full(more, self._endless))
        self._variables = variables
        for fact in facts:
            numbers = np.array(list(fact.weights), np.int32)
            weights = np.array(list(fact.weights.values()), float)
            self._solver.addRow(fact.low, fact.high, len(numbers), numbers, weights)
            self._facts.append(fact)

    def take_back(self, key: str, kept: Collection[Row], base: bool) -> None:
        """Forget the printed rows of a set that are not kept, and its base if it is not told either."""
        for number, fact in enumerate(self._facts):
            gone = fact.row not in kept if fact.row else base
            if fact.key == key and gone:
                self._solver.changeRowBounds(number, -self._endless, self._endless)
                self._facts[number] = replace(fact, key="")

    def seen(self, wanted: Sum) -> Range | None:
        """Return between which values of a sum solutions have been seen; None before the first."""
        if not self._solutions:
            return None
        numbers, weights = list(wanted), np.array(list(wanted.values()))
        values = np.array([one[numbers] for one in self._solutions[-RECENT:]]) @ weights
        return _whole(values.min(), values.max())

    def range_of(self, wanted: Sum, tells: Callable[[Range], bool]) -> Range:
        """Return the range of a sum, rounded inwards, or as much of it as tells nothing."""
        greatest, above = self._end(wanted, self._greatest)
        seen = self.seen(wanted)
        if seen and not tells(seen):
            return seen
        least, below = self._end(wanted, self._least)
        rows = {(f.key, f.row.codes): (f.key, f.row) for f in (*below, *above) if f.key and f.row}
        bases = dict.fromkeys(f.key for f in (*below, *above) if f.key and not f.row)
        found = _whole(least, greatest)
        return replace(found, binding=tuple(rows.values()), bases=tuple(bases))

    def _end(self, wanted: Sum, sense: "ObjSense") -> tuple[float, list[Fact]]:
        """Return one end of a sum and the facts that hold it there."""
        numbers = np.array(list(dict.fromkeys((*self._last, *wanted))), np.int32)
        costs = np.array([wanted.get(int(n), 0.0) for n in numbers])
        self._solver.changeColsCost(len(numbers), numbers, costs)
        self._last = list(wanted)
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        self.solved += 1
        solution = self._solver.getSolution()
        self._solutions.append(np.array(solution.col_value))
        held = np.flatnonzero(np.abs(np.array(solution.row_dual)) > ROUNDING)
        value = self._solver.getInfo().objective_function_value
        return value, [self._facts[int(n)] for n in held]


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


def counted(
    variables: Variables, key: str, codes: Sequence[str], out: Collection[str] = ()
) -> dict[int, float]:
    """Return who chose some codes in a set; without the units of other sets if these are named."""
    return added(
        *(
            (variables.of(group, dict(group)[key], variables.spelled(key, codes)), 1)
            for group in _inside(variables, key, out)
        )
    )


def not_counted(
    variables: Variables,
    key: str,
    codes: Sequence[str],
    every: Sequence[str],
    out: Collection[str],
) -> dict[int, float]:
    """Return who chose one of `every` codes in a set and none of some of them."""
    return added(
        (counted(variables, key, every, out), 1), (counted(variables, key, codes, out), -1)
    )


def _inside(variables: Variables, key: str, out: Collection[str]) -> list[Group]:
    return [
        group
        for group in variables.sizes
        if key in dict(group) and not any(other in dict(group) for other in out)
    ]
