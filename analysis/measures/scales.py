"""Answers on ordered scales: median, upper end, and change of the same people. No means.

Levels without an order get none of this, and neither does a scale whose steps have changed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

from analysis.measures.tallies import Count, Tally
from surveys.wording import Words

ONE_WAY = 6
"""Below this number of changes no test can reach 5 %, so none is made."""

UPPER = 2
"""The number of best steps that make the upper end of a scale."""


def middle(found: Tally) -> str:
    """Return the label of the median answer, of two middle ones the lower; '' without answers."""
    left = (found.base + 1) // 2
    for count in found.counts:
        left -= count.people
        if left <= 0 and found.base:
            return count.label
    return ""


def upper(found: Tally) -> int:
    """Return how many people chose one of the two best steps."""
    return sum(count.people for count in best_steps(found))


def best_steps(found: Tally) -> tuple[Count, ...]:
    """Return the two highest steps; of a reversed item the two lowest, which its scores make highest."""
    return found.counts[:UPPER] if found.reversed else found.counts[-UPPER:]


ZERO_TO_TEN = tuple(str(step) for step in range(11))
"""The steps of a question on recommending, which is reported in three groups."""


def recommendation(found: Tally, say: Words) -> str:
    """Return who would recommend it, in three groups, with the score; '' for every other scale.

    The score is the share of 9 and 10 less the share of 0 to 6, with one decimal, halves away from
    zero.
    """
    if tuple(count.code for count in found.counts) != ZERO_TO_TEN or not found.base:
        return ""
    against = sum(count.people for count in found.counts[:7])
    between = sum(count.people for count in found.counts[7:9])
    for_it = sum(count.people for count in found.counts[9:])
    tenths = (2000 * abs(for_it - against) + found.base) // (2 * found.base)
    sign = "-" if for_it < against and tenths else ""
    return say(
        "9 or 10: {yes}, 7 or 8: {between}, 0 to 6: {no}; score {score}.",
        yes=str(for_it),
        between=str(between),
        no=str(against),
        score=f"{sign}{tenths // 10}.{tenths % 10}",
    )


@dataclass(frozen=True)
class Paired:
    """Two answers of the same people: how many went up, stayed, went down."""

    up: int
    same: int
    down: int

    @property
    def pairs(self) -> int:
        return self.up + self.same + self.down


def counted(moves: Collection[int]) -> Paired:
    """Return how many of these moves, in steps of a scale, went up, nowhere and down."""
    return Paired(
        sum(move > 0 for move in moves),
        sum(move == 0 for move in moves),
        sum(move < 0 for move in moves),
    )


MOVES = ("down", "same", "up")
"""How an answer can differ from an earlier one of the same person."""


def steps_of(
    earlier: Mapping[int, str], later: Mapping[int, str], steps: Sequence[Iterable[str]]
) -> dict[int, str]:
    """Return the move of everybody who gave both answers. `steps` are codes of each step, lowest first.

    Several codes of one step are the same answer in other words. Codes that are on no step, such
    as "don't know", make no pair.
    """
    place = {code: number for number, codes in enumerate(steps) for code in codes}
    return {
        who: move_of(place[later[who]] - place[earlier[who]])
        for who in sorted(earlier.keys() & later.keys())
        if earlier[who] in place and later[who] in place
    }


def move_of(steps: int) -> str:
    """Return a difference in steps as one of `MOVES`."""
    return "up" if steps > 0 else "down" if steps < 0 else "same"


def direction(up: int, down: int, say: Words) -> str:
    """Return what the changes say, by an exact two-sided sign test; no test below six changes."""
    changes = up + down
    if changes < ONE_WAY:
        return say("too few changes to say")
    tail = sum(comb(changes, k) for k in range(min(up, down) + 1))
    if 2 * tail * 20 > 2**changes:
        return say("no clear change")
    return say("clearly more up") if up > down else say("clearly more down")
