"""The least and the greatest that a count can be, for a reader who knows every published count.

One linear program for each question and reader, solved again and again from where it stands. Most
counts are seen to be safe without a program of their own: some values that they can have are enough.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.disclosure.question import Row
from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.variables import ROUNDING, Fact, Sum

if TYPE_CHECKING:
    from highspy import ObjSense

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Wanted:
    """A sum that may not be found: nothing but its exact value, or no narrow range below five."""

    weights: Sum
    exact: bool

    @cached_property
    def name(self) -> object:
        """What is the same in two sums that are one."""
        return frozenset(self.weights.items()), self.exact


@dataclass(frozen=True)
class Holding:
    """The printed rows (with their sets) and the bases that hold a count where it is."""

    rows: tuple[tuple[str, Row], ...]
    bases: tuple[str, ...]

    def without(self, keys: Collection[str]) -> "Holding":
        """Return what is left without the rows and bases of some sets."""
        rows = tuple(one for one in self.rows if one[0] not in keys)
        return Holding(rows, tuple(key for key in self.bases if key not in keys))

    def __bool__(self) -> bool:
        return bool(self.rows or self.bases)


def telling(least: Numbers, greatest: Numbers, exact: Flags) -> Flags:
    """Return which ranges tell: a count exactly, or one under five to two units.

    Ranges are rounded inwards.
    """
    low, high = np.ceil(least - ROUNDING), np.floor(greatest + ROUNDING)
    return np.where(exact, high <= low, (high - low < 3) & (high < SMALLEST))


class Seen:
    """The ends of some sums, as far as solutions of a program have shown them."""

    def __init__(self, wanted: Sequence[Wanted], solutions: Iterable[Numbers]) -> None:
        self.exact = np.array([one.exact for one in wanted])
        self._owners = np.repeat(np.arange(len(wanted)), [len(one.weights) for one in wanted])
        self._numbers = np.array([number for one in wanted for number in one.weights], int)
        weights = [weight for one in wanted for weight in one.weights.values()]
        self._weights = np.array(weights, float)
        self._least = np.full(len(wanted), np.inf)
        self._greatest = np.full(len(wanted), -np.inf)
        for solution in solutions:
            self.take(solution)

    def take(self, solution: Numbers) -> None:
        """Take in one more solution."""
        parts = self._weights * solution[self._numbers]
        values = np.bincount(self._owners, parts, len(self.exact))
        np.minimum(self._least, values, out=self._least)
        np.maximum(self._greatest, values, out=self._greatest)

    def costs(self, places: Sequence[int], variables: int) -> Numbers:
        """Return the weights of so many variables in some of the sums together."""
        chosen = np.zeros(len(self.exact), bool)
        chosen[list(places)] = True
        some = chosen[self._owners]
        return np.bincount(self._numbers[some], self._weights[some], variables).astype(float)

    def telling(self) -> list[int]:
        """Return the places of sums that would tell if they had no other values."""
        found = telling(self._least, self._greatest, self.exact)
        return [int(place) for place in np.flatnonzero(found)]

    def tells(self, place: int) -> bool:
        """Return whether one of them would tell."""
        one = slice(place, place + 1)
        return bool(telling(self._least[one], self._greatest[one], self.exact[one])[0])


class Program:
    """The linear program of one reader of a question; `solved` says how often."""

    def __init__(self) -> None:
        from analysis.disclosure import solver

        self._facts: list[Fact] = []
        self._solver = solver.Solver()
        self._least, self._greatest = solver.LEAST, solver.GREATEST
        self._endless = solver.ENDLESS
        self._variables = 0
        self._solutions: list[Numbers] = []
        self._places: dict[tuple[str, Row | None], int] = {}
        self._of_set: dict[str, list[int]] = {}
        self._told_later: set[int] = set()
        self.solved = 0
        self.known: set[object] = set()
        """Sums that nothing printed holds: they are known from the workshops themselves."""

    @property
    def facts(self) -> int:
        """How many facts it has, also those taken back."""
        return len(self._facts)

    def add(self, variables: int, facts: Iterable[Fact], more: bool = False) -> None:
        """Add facts about so many variables; `more` if those before do not imply them."""
        new = variables - self._variables
        self._solver.addVars(new, np.zeros(new), np.full(new, self._endless))
        self._variables = variables
        known = len(self._facts)
        for fact in facts:
            place = self._places.get((fact.key, fact.row), len(self._facts))
            self._set(place, fact, place < known)
            if more:
                self._told_later.add(place)
        self._write(self._facts[known:])

    def _set(self, place: int, fact: Fact, written: bool) -> None:
        if written:
            self._solver.changeRowBounds(place, fact.low, fact.high)
        if place < len(self._facts):
            self._facts[place] = fact
            return
        self._facts.append(fact)
        if fact.key:
            self._places[fact.key, fact.row] = place
            self._of_set.setdefault(fact.key, []).append(place)

    def _write(self, new: Sequence[Fact]) -> None:
        """Give new facts to the solver, all at once."""
        sizes = [len(fact.weights) for fact in new]
        self._solver.addRows(
            len(new),
            np.array([fact.low for fact in new], float),
            np.array([fact.high for fact in new], float),
            sum(sizes),
            np.array([0, *accumulate(sizes)][:-1], np.int32),
            np.array([number for fact in new for number in fact.weights], np.int32),
            np.array([weight for fact in new for weight in fact.weights.values()], float),
        )

    def take_back(self, key: str, kept: Collection[Row], base: bool) -> None:
        """Forget the printed rows of a set that are not kept, and its base if it is not told either."""
        for number in self._of_set.get(key, ()):
            fact = self._facts[number]
            gone: bool = fact.row not in kept if fact.row else base
            if fact.key == key and gone:
                self._solver.changeRowBounds(number, -self._endless, self._endless)
                self._facts[number] = replace(fact, key="")
                self._told_later.discard(number)

    def first_found(self, wanted: Sequence[Wanted]) -> tuple[int, Holding | None]:
        """Return the place of the first sum that is found and what holds it; all places if none is."""
        if wanted:
            seen = Seen(wanted, self._fitting())
            for place in self._doubtful(seen):
                if holding := self._holding(seen, place):
                    return place, holding
                if seen.tells(place):
                    self.known.add(wanted[place].name)
        return len(wanted), None

    def _fitting(self) -> list[Numbers]:
        """Return the solutions that also fit what was told after them."""
        found = [one for one in self._solutions if len(one) == self._variables]
        if not found or not self._told_later:
            return found
        values, fit = np.array(found), np.ones(len(found), bool)
        for place in self._told_later:
            fit &= self._facts[place].fits(values)
        return [one for one, fits in zip(found, fit, strict=True) if fits]

    def _doubtful(self, seen: Seen) -> list[int]:
        """Return the places of sums that have not been seen to be safe.

        A solution in which many are small together, or large, shows most of them.
        """
        left, sense = seen.telling(), self._least
        while left:
            self._solve(seen, left, sense)
            still = seen.telling()
            if len(still) == len(left) and sense == self._greatest:
                break
            left, sense = still, self._greatest
        return left

    def _holding(self, seen: Seen, place: int) -> Holding:
        """Return what holds one sum by its own programs; nothing where a solution shows it safe."""
        held: list[Fact] = []
        for sense in (self._greatest, self._least):
            if not seen.tells(place):
                return Holding((), ())
            self._solve(seen, [place], sense)
            held = [*self._binding(), *held]
        if not seen.tells(place):
            return Holding((), ())
        rows = {(fact.key, fact.row.codes): (fact.key, fact.row) for fact in held if fact.row}
        bases = dict.fromkeys(fact.key for fact in held if not fact.row)
        return Holding(tuple(rows.values()), tuple(bases))

    def _binding(self) -> list[Fact]:
        """Return the printed facts that hold the latest solution where it is."""
        dual = np.array(self._solver.getSolution().row_dual)
        held = [self._facts[int(number)] for number in np.flatnonzero(np.abs(dual) > ROUNDING)]
        return [fact for fact in held if fact.key]

    def _solve(self, seen: Seen, places: Sequence[int], sense: "ObjSense") -> None:
        """See one end of the sum of some sums."""
        seen.take(self._solved(seen.costs(places, self._variables), sense))

    def _solved(self, costs: Numbers, sense: "ObjSense") -> Numbers:
        """Return a solution at one end of a combination."""
        every = np.arange(self._variables, dtype=np.int32)
        self._solver.changeColsCost(self._variables, every, costs)
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        self.solved += 1
        self._solutions.append(np.array(self._solver.getSolution().col_value))
        return self._solutions[-1]
