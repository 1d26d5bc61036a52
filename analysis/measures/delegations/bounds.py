"""Bounds: how many at least and at most, whatever the silent would have said.

"For N delegations attended: y yes, n no, d disputed, o not known. At least y (y less c not merely
claimed), at most y + d + o." They cover silence, not wrong answers. The likely range is the exact
interval of a finite population, cut to the bounds; it holds if the silent are like the others.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import comb

from analysis.measures.delegations.states import State

EACH_TAIL = 40
"""One in so many may lie outside of the likely range at each end: 2.5 %."""


@dataclass(frozen=True)
class Bounds:
    """The counts of one figure; `claimed` of `yes` are merely claimed."""

    yes: int = 0
    no: int = 0
    disputed: int = 0
    not_known: int = 0
    claimed: int = 0

    @property
    def total(self) -> int:
        return self.yes + self.no + self.disputed + self.not_known

    @property
    def at_least(self) -> int:
        return self.yes

    @property
    def at_least_better(self) -> int:
        """How many there are at least that are more than merely claimed."""
        return self.yes - self.claimed

    @property
    def at_most(self) -> int:
        return self.yes + self.disputed + self.not_known

    @property
    def likely(self) -> tuple[int, int]:
        """The range that holds the truth in 95 %, if those not known are like the others."""
        low, high = _exact(self.total, self.yes + self.no, self.yes)
        return max(self.at_least, low), min(self.at_most, high)


def bounds_of(states: Iterable[State], claimed: int = 0) -> Bounds:
    """Return the bounds of a figure from the state of each unit."""
    found = Counter(states)
    return Bounds(
        yes=found[State.YES],
        no=found[State.NO],
        disputed=found[State.DISPUTED],
        not_known=found[State.NOT_KNOWN],
        claimed=claimed,
    )


def _exact(total: int, drawn: int, yes: int) -> tuple[int, int]:
    """Return the exact two-sided interval for the yes of a total, `yes` of those drawn saying so."""
    every = comb(total, drawn)

    def likely(truth: int, found: range) -> bool:
        return any(
            ways * EACH_TAIL > every for ways in accumulate(_ways(total, drawn, truth, found))
        )

    # More of the total make few of those drawn less likely, and many more likely: two edges are enough.
    truths = range(yes, total - drawn + yes + 1)
    low = bisect_left(truths, True, key=lambda truth: likely(truth, range(yes, drawn + 1)))
    high = bisect_left(truths, True, key=lambda truth: not likely(truth, range(yes + 1)))
    return truths[low], truths[high - 1]


def _ways(total: int, drawn: int, truth: int, found: range) -> Iterator[int]:
    """Yield in how many ways each number of those drawn says yes, if `truth` of the total would."""
    possible = range(max(found.start, drawn - total + truth), min(found.stop - 1, truth) + 1)
    ways = (
        comb(truth, possible.start) * comb(total - truth, drawn - possible.start)
        if possible
        else 0
    )
    for x in possible:
        yield ways
        # Each follows from the one before: large numbers would take long to work out anew.
        ways = ways * (truth - x) * (drawn - x) // ((x + 1) * (total - truth - drawn + x + 1))
