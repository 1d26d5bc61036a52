"""The least and the greatest that a count can be, for a reader who knows every published count.

Most counts are seen to be safe without a program of their own: some values that they can have are
enough.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analysis.disclosure.facts import ROUNDING, Fact, Flags, Numbers, Sum, Sums
from analysis.disclosure.program import Left, Program
from analysis.disclosure.question import Row
from analysis.disclosure.small_groups import SMALLEST

if TYPE_CHECKING:
    from highspy import ObjSense


@dataclass(frozen=True)
class Wanted:
    """A sum that may not be found: nothing but its exact value, or no narrow range below five."""

    weights: Sum
    exact: bool

    @cached_property
    def sums(self) -> Sums:
        """The sum alone, to be put together with others."""
        return Sums([self.weights])


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


class Found(NamedTuple):
    """The place of the first of some sums that is found (all places if none is), and what holds it.

    Nothing printed holds those at `known` places: the workshops themselves tell them.
    """

    place: int
    holding: Holding | None
    known: list[int]


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
        self._sums = Sums.together([one.sums for one in wanted])
        self._least = np.full(len(wanted), np.inf)
        self._greatest = np.full(len(wanted), -np.inf)
        for solution in solutions:
            self.take(solution)

    def take(self, solution: Numbers) -> None:
        """Take in one more solution."""
        values = self._sums.values(solution)
        np.minimum(self._least, values, out=self._least)
        np.maximum(self._greatest, values, out=self._greatest)

    def costs(self, places: Sequence[int], variables: int) -> Numbers:
        """Return the weights of so many variables in some of the sums together."""
        chosen = np.zeros(len(self.exact), bool)
        chosen[list(places)] = True
        some = chosen[self._sums.owners]
        weights = self._sums.weights[some]
        return np.bincount(self._sums.numbers[some], weights, variables).astype(float)

    def telling(self) -> list[int]:
        """Return the places of sums that would tell if they had no other values."""
        found = telling(self._least, self._greatest, self.exact)
        return [int(place) for place in np.flatnonzero(found)]

    def tells(self, place: int) -> bool:
        """Return whether one of them would tell."""
        one = slice(place, place + 1)
        return bool(telling(self._least[one], self._greatest[one], self.exact[one])[0])


class Ranges:
    """The ranges of counts for one reader of a question; `solved` says how many programs they took."""

    def __init__(self, program: Program, left: Left) -> None:
        self.program, self._left = program, left
        self._solutions: list[Numbers] = []
        self.solved = 0

    def first_found(self, wanted: Sequence[Wanted]) -> Found:
        """Return the first sum that is found, and those before that are known anyway."""
        known: list[int] = []
        if wanted:
            seen = Seen(wanted, [self._left.true(), *self._left.fitting(self._solutions)])
            for place in self._doubtful(seen):
                if holding := self._holding(seen, place):
                    return Found(place, holding, known)
                if seen.tells(place):
                    known.append(place)
        return Found(len(wanted), None, known)

    def _doubtful(self, seen: Seen) -> list[int]:
        """Return the places of sums that have not been seen to be safe.

        A solution in which many are small together, or large, shows most of them.
        """
        left = seen.telling()
        for sense in (self.program.greatest, self.program.least):
            before = 2 * len(left)
            while 1 < len(left) <= 3 / 4 * before:
                before = len(left)
                self._solve(seen, left, sense)
                left = seen.telling()
        return left

    def _holding(self, seen: Seen, place: int) -> Holding:
        """Return what holds one sum by its own programs; nothing where a solution shows it safe."""
        held: list[Fact] = []
        for sense in (self.program.greatest, self.program.least):
            if not seen.tells(place):
                return Holding((), ())
            self._solve(seen, [place], sense)
            held = [*self.program.binding(), *held]
        if not seen.tells(place):
            return Holding((), ())
        rows = {(fact.key, fact.row.codes): (fact.key, fact.row) for fact in held if fact.row}
        bases = dict.fromkeys(fact.key for fact in held if not fact.row)
        return Holding(tuple(rows.values()), tuple(bases))

    def _solve(self, seen: Seen, places: Sequence[int], sense: "ObjSense") -> None:
        """See one end of the sum of some sums."""
        costs = seen.costs(places, self.program.size)
        self._solutions.append(self.program.solved(self._left, costs, sense))
        self.solved += 1
        seen.take(self._solutions[-1])
