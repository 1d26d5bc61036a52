"""The linear program of a question: its facts, in a solver that goes on from where it stands."""

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from analysis.disclosure.facts import ROUNDING, Fact, Numbers, OfLeft, Sums
from analysis.disclosure.question import Question, Row
from analysis.disclosure.variables import Variables

if TYPE_CHECKING:
    from highspy import ObjSense


class ContradictionError(Exception):
    """The facts about a question cannot all be true, so nothing is known of what readers find."""


class Program:
    """The facts about the variables of a question, which all its readers share.

    A reader who knows what some units said knows of the others what is left: the same sums lie between
    other numbers, so one solver serves all.
    """

    def __init__(self, variables: Variables) -> None:
        from analysis.disclosure import solver

        self.variables = variables
        self.facts: list[Fact] = []
        self.told_later: set[int] = set()
        """The places of facts that those before did not imply."""
        self.least, self.greatest = solver.LEAST, solver.GREATEST
        self.changes = 0
        self._solver = solver.Solver()
        self._endless, self._solved = solver.ENDLESS, solver.SOLVED
        self.size = 0
        self._sums = Sums()
        self._everything = np.zeros(0)
        self._low: list[float] = []
        self._high: list[float] = []
        self._places: dict[tuple[str, Row | None], int] = {}
        self._of_set: dict[str, list[int]] = {}
        self._stands: tuple[object, int] = (None, 0)
        self.of_left: dict[int, OfLeft] = {}
        """What else is known of what is left than a part of the whole, by the places of facts."""

    def add(self, facts: Iterable[Fact], more: bool = False) -> None:
        """Add facts; `more` if those before do not imply them."""
        known = len(self.facts)
        for fact in facts:
            place = self._places.get((fact.key, fact.row), len(self.facts))
            self._set(place, fact)
            if more:
                self.told_later.add(place)
        self._write(len(self.variables) - self.size, self.facts[known:])

    def _set(self, place: int, fact: Fact) -> None:
        self.changes += 1
        if place < len(self.facts):
            self.facts[place], self._low[place], self._high[place] = fact, fact.low, fact.high
            return
        self.facts.append(fact)
        self._low.append(fact.low)
        self._high.append(fact.high)
        if fact.of_left:
            self.of_left[place] = fact.of_left
        if fact.key:
            self._places[fact.key, fact.row] = place
            self._of_set.setdefault(fact.key, []).append(place)

    def _write(self, variables: int, facts: Sequence[Fact]) -> None:
        """Give the solver new variables and facts, whose ends are those of each reader."""
        self._solver.addVars(variables, np.zeros(variables), np.full(variables, self._endless))
        self.size += variables
        sums = Sums([fact.weights for fact in facts])
        starts = np.array([0, *accumulate(sums.sizes)][:-1], np.int32)
        ends, entries = np.full(len(sums), self._endless), len(sums.numbers)
        self._solver.addRows(len(sums), -ends, ends, entries, starts, sums.numbers, sums.weights)
        self._sums = Sums.together([self._sums, sums])

    def take_back(self, key: str, kept: Collection[Row], base: bool) -> None:
        """Forget the printed rows of a set that are not kept, and its base if it is not told either."""
        for place in self._of_set.get(key, ()):
            fact = self.facts[place]
            gone: bool = fact.row not in kept if fact.row else base
            if gone and not fact.says_nothing:
                self._set(place, fact.taken_back())
                self.told_later.discard(place)

    def solved(self, left: "Left", costs: Numbers, sense: "ObjSense") -> Numbers:
        """Return a solution at one end of a combination, for somebody who knows what is `left`.

        ContradictionError where there is none.
        """
        if self._stands != (left, self.changes):
            self._stand_at(left)
        every = np.arange(self.size, dtype=np.int32)
        self._solver.changeColsCost(self.size, every, costs)
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        if self._solver.getModelStatus() != self._solved:
            raise ContradictionError(str(self._solver.getModelStatus()))
        return np.array(self._solver.getSolution().col_value)

    def _stand_at(self, left: "Left") -> None:
        """Give the solver the ends of facts for what is left; nobody is in a group that is gone."""
        places = np.arange(len(self.facts), dtype=np.int32)
        self._solver.changeRowsBounds(len(places), places, *left.ends())  # type: ignore[attr-defined]
        sizes = left.sizes()
        groups, nobody = np.arange(len(sizes), dtype=np.int32), np.zeros(len(sizes))
        most = np.where(sizes > 0, self._endless, nobody)
        self._solver.changeColsBounds(len(groups), groups, nobody, most)
        self._stands = left, self.changes

    def binding(self) -> list[Fact]:
        """Return the printed facts that hold the latest solution where it is."""
        dual = np.array(self._solver.getSolution().row_dual)
        held = [self.facts[int(place)] for place in np.flatnonzero(np.abs(dual) > ROUNDING)]
        return [fact for fact in held if fact.key]

    def ends(self) -> tuple[Numbers, Numbers]:
        """Return the least and the greatest value of each fact for somebody who knows nothing."""
        return np.array(self._low, float), np.array(self._high, float)

    def everything(self) -> Numbers:
        """Return what each variable is for somebody who knows nothing."""
        known = len(self._everything)
        if len(self.variables) > known:
            new = self.variables.counts(self.variables.group_of, known)
            self._everything = np.concatenate([self._everything, new])
        return self._everything

    def values(self, of: Numbers) -> Numbers:
        """Return the sum of each fact, with these values of the variables."""
        return self._sums.values(of)


class Left:
    """What is left of a question for a reader who knows what some `units` said.

    The `question` is without them.
    """

    def __init__(
        self, program: Program, question: Question, units: Collection[int | str] = ()
    ) -> None:
        self._program, self._question, self._units = program, question, units
        self._known = self._parts = self._true = np.zeros(0)
        self._ends, self._changes = (self._parts, self._parts), 0

    def sizes(self) -> Numbers:
        """Return the units of each group."""
        self._look_at_new()
        variables = self._program.variables
        return variables.sizes - self._known[: len(variables.sizes)]

    def true(self) -> Numbers:
        """Return what each variable really is; it fits all facts."""
        self._look_at_new()
        return self._true[: self._program.size]

    def ends(self) -> tuple[Numbers, Numbers]:
        """Return the least and the greatest value of each fact for what is left."""
        if self._changes != self._program.changes:
            self._changes = self._program.changes
            self._look_at_new()
            low, high = (ends - self._parts for ends in self._program.ends())
            for place, of_left in self._program.of_left.items():
                low[place], high[place] = of_left(self._question, self._units)
            self._ends = low, high
        return self._ends

    def fitting(self, solutions: Sequence[Numbers]) -> list[Numbers]:
        """Return the solutions that also fit what was told after them."""
        found = [one for one in solutions if len(one) == self._program.size]
        if not found or not self._program.told_later:
            return found
        values, fit = np.array(found), np.ones(len(found), bool)
        low, high = self.ends()
        for place in self._program.told_later:
            total = self._program.facts[place].total(values)
            fit &= (low[place] - ROUNDING <= total) & (total <= high[place] + ROUNDING)
        return [one for one, fits in zip(found, fit, strict=True) if fits]

    def _look_at_new(self) -> None:
        """Work out what is known of new variables, and of the sums of new facts."""
        variables, first = self._program.variables, len(self._known)
        if len(variables) > first:
            known = variables.counts(self._units, first)
            self._known = np.concatenate([self._known, known])
            left = self._program.everything()[first:] - known
            self._true = np.concatenate([self._true, left])
        new = self._program.facts[len(self._parts) :]
        if new:
            known = self._program.values(self._known)[len(self._parts) :]
            parts = np.where([fact.of_each for fact in new], 0, known)
            self._parts = np.concatenate([self._parts, parts])
