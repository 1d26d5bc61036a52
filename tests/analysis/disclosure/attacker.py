"""An attacker who knows every printed number and finds, with integers, what a count can be.

It shares nothing with the code that protects: it counts whole people by what they may have said at each
of their workshops, and knows how many were asked, the bases, and the printed rows.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

import highspy
import numpy as np
from numpy.typing import NDArray

from analysis.disclosure.question import BLANK, Kind, Question, Row, Telling
from tests.analysis.disclosure.worlds import PASSED, SILENT, Guest, Said, World

FEW = 5
RECENT = 200
"""How many of the latest solutions are looked at before a new one is sought."""

Column = tuple[tuple[str, Said], ...]
"""People who came to the same workshops and said the same at each of them."""

Solution = NDArray[np.float64]
Counted = Callable[[Said], bool]


@dataclass(frozen=True)
class Found:
    """A count of one to four people that the attacker can tell to three numbers or fewer."""

    what: tuple[object, ...]
    true: int
    least: float
    greatest: float


def anybody(said: Said) -> bool:
    return True


def replied(said: Said) -> bool:
    return said != SILENT


def answered(said: Said) -> bool:
    return said not in (SILENT, PASSED)


class Attacker:
    """A reader of all reports of a world; with `place` one who knows what its own people said."""

    def __init__(
        self, world: World, asked: Question, told: Mapping[str, tuple[Row, ...]], place: str = ""
    ) -> None:
        self.world, self.place = world, place
        self._columns_of: dict[tuple[str, ...], dict[int, tuple[frozenset[str], Said]]] = {}
        self.columns: list[Column] = [
            tuple(zip(pattern, saids, strict=True))
            for pattern in sorted({guest.workshops for guest in world.guests})
            for saids in product(self._sayings(), repeat=len(pattern))
        ]
        there = Counter(guest.said for guest in world.guests if guest.place != place)
        self.seen: list[Solution] = [np.array([there[column] for column in self.columns], float)]
        self.solver = _solver(len(self.columns), len(world.guests))
        for key in world.sets:
            self._hear(key, asked, told.get(key, ()))

    def _sayings(self) -> list[Said]:
        options, lengths = self.world.options, range(1, 2)
        if self.world.kind is Kind.SEVERAL:
            lengths = range(1, len(options) + 1)
        return [SILENT, PASSED, *(c for n in lengths for c in combinations(options, n))]

    # What is printed

    def _hear(self, key: str, asked: Question, rows: tuple[Row, ...]) -> None:
        """Take in how many were asked in a set and, if its table is told, its base and its rows."""
        self._know(key, anybody, len(self.world.of(key)))
        if not rows:
            return
        base, inside = len(asked.crowds[key]), answered
        if key in asked.blanks:
            there = sum(map(replied, self.world.said(key).values()))
            inside = replied if base == there else anybody
        self.hear(key, inside, base, rows)

    def hear(self, key: str, inside: Counted, base: int, rows: Iterable[Row]) -> None:
        """Take in what is printed of a set: who is counted in its base, and its rows."""
        self._know(key, inside, base)
        for row in rows:
            if row.telling is Telling.COUNT:
                self._know(key, _chose(row.codes, inside), row.units)
            elif row.telling is Telling.NEARLY_ALL:
                self._know(key, _chose(row.codes, inside), base - FEW + 1, base)

    def _know(self, key: str, counted: Counted, low: int, high: int | None = None) -> None:
        """Take in that people of a set are at least and at most so many, without its own ones."""
        held = self.world.sets[key]
        theirs = [guest for guest in self.world.of(key) if guest.place == self.place]
        own = sum(counted(guest.in_set(held)[1]) for guest in theirs)
        high = low if high is None else high
        numbers = self._numbers(held, counted)
        places = np.array(numbers, np.int32)
        self.solver.addRow(low - own, high - own, len(places), places, np.ones(len(places)))
        true = self.seen[0][numbers].sum()
        assert low - own <= true <= high - own, "what is printed is not true"

    def _numbers(
        self, held: Collection[str], counted: Counted, out: frozenset[str] = frozenset()
    ) -> list[int]:
        """Return the columns of people counted in a set, without those who came to other workshops."""
        return [
            number
            for number, (workshops, said) in self._in_set(tuple(held)).items()
            if not out & workshops and counted(said)
        ]

    def _in_set(self, held: tuple[str, ...]) -> dict[int, tuple[frozenset[str], Said]]:
        """Return the columns that a set holds: their workshops, and what counts there."""
        if held not in self._columns_of:
            self._columns_of[held] = {
                number: (frozenset(_workshops(column)), Guest(0, "", column).in_set(held)[1])
                for number, column in enumerate(self.columns)
                if {*held} & {*_workshops(column)}
            }
        return self._columns_of[held]

    # What may not be found

    def finds(self) -> Iterator[Found]:
        """Yield every count of one to four people that is told to three numbers or fewer.

        Fewer than five people have such a range by themselves: of them only an exact count is found.
        """
        for what, numbers, exact in self._secrets():
            true = int(self.seen[0][numbers].sum())
            if 0 < true < FEW:
                least, greatest = self._range(numbers, exact)
                if _told(least, greatest, exact):
                    yield Found(what, true, least, greatest)

    def _range(self, numbers: list[int], exact: bool) -> tuple[float, float]:
        """Return the ends of a count, or as much of its range as makes it safe."""
        for sense in (highspy.ObjSense.kMaximize, highspy.ObjSense.kMinimize):
            values = [one[numbers].sum() for one in self.seen[-RECENT:]]
            if not _told(min(values), max(values), exact):
                break
            self.seen.append(self._solved(numbers, sense))
        values = [one[numbers].sum() for one in self.seen]
        return float(min(values)), float(max(values))

    def _solved(self, numbers: list[int], sense: highspy.ObjSense) -> Solution:
        size = len(self.columns)
        costs = np.zeros(size)
        costs[numbers] = 1
        self.solver.changeColsCost(size, np.arange(size, dtype=np.int32), costs)
        self.solver.changeObjectiveSense(sense)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return np.round(np.array(self.solver.getSolution().col_value))

    def _secrets(self) -> Iterator[tuple[tuple[object, ...], list[int], bool]]:
        """Yield what each few people said, or did not say, in every set and every rest of one."""
        sets = self.world.sets
        for key, held in sets.items():
            inside = tuple(k for k in sets if {*sets[k]} < {*held})
            for out in dict.fromkeys([(), *((k,) for k in inside), inside]):
                gone = frozenset(w for k in out for w in sets[k])
                there = [
                    guest.in_set(held)[1]
                    for guest in self.world.of(key)
                    if guest.place != self.place and not gone & {*guest.workshops}
                ]
                for what, counted in self._groups():
                    if 0 < sum(map(counted, there)) < FEW:
                        numbers = self._numbers(held, counted, gone)
                        yield (key, out, what), numbers, len(there) < FEW
        for pattern in {column for column in map(_workshops, self.columns) if len(column) > 1}:
            for place, code in product(range(len(pattern)), self.world.options):
                found = [
                    number
                    for number, column in enumerate(self.columns)
                    if _workshops(column) == pattern and code in column[place][1]
                ]
                yield (pattern, place, code), found, True

    def _groups(self) -> Iterator[tuple[str, Counted]]:
        yield "silent", lambda said: said == SILENT
        yield "passed", lambda said: said == PASSED
        yield "answered", answered
        for code in self.world.options:
            yield code, _chose((code,), answered)
            yield f"not {code}", _others(code, answered)
            yield f"replied, not {code}", _others(code, replied)


def _solver(size: int, people: int) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.addVars(size, np.zeros(size), np.full(size, float(people)))
    integer = np.full(size, highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(size, np.arange(size, dtype=np.int32), integer)
    return solver


def _told(least: float, greatest: float, exact: bool) -> bool:
    return least == greatest if exact else greatest < FEW and greatest - least <= 2


def _workshops(column: Column) -> tuple[str, ...]:
    return tuple(workshop for workshop, _ in column)


def _chose(codes: Collection[str], inside: Counted) -> Counted:
    """Return who is counted in a row: who chose one of its options, or is in the base without one."""

    def counted(said: Said) -> bool:
        return bool({*said} & {*codes}) if answered(said) else BLANK in codes and inside(said)

    return counted


def _others(code: str, inside: Counted) -> Counted:
    return lambda said: inside(said) and code not in said
