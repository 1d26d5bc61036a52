"""How far each headline is from the truth, and how often its bounds hold it, by old and new rules."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import mean

from analysis.measures.delegations.headlines import FIGURES, outcome
from analysis.measures.delegations.units import Delegation
from tests.trust.old_rules import BETTER, MOMENT, old_bounds
from tests.trust.workshops import Condition, Workshop, workshops

EACH = 200
"""Workshops of each condition."""
Bounded = dict[str, tuple[int, int, int]]
"""By figure: at least, at most, and the delegations that replied."""


@dataclass(frozen=True)
class Trust:
    """One figure by some rules in one condition. Bias and width are in points, the others in %.

    The bias is that of the share of those that replied. Of the bounds, `hold` is how often the truth of
    a workshop lies in them.
    """

    condition: Condition
    rules: str
    figure: str
    true: float
    bias: float
    hold: float
    width: float


def new_bounds(told: Sequence[Delegation]) -> Bounded:
    """Return the bounds of today's rules."""
    headlines = outcome(told, MOMENT).headlines
    found = {
        key: (one.bounds.at_least, one.bounds.at_most, one.replied)
        for key, one in headlines.items()
    }
    embedded = headlines["embedded"]
    better = (embedded.bounds.at_least_better, embedded.bounds.at_most, embedded.replied)
    return found | {BETTER: better}


RULES: dict[str, Callable[[Sequence[Delegation]], Bounded]] = {
    "old": old_bounds,
    "new": new_bounds,
}
ALL_FIGURES = (*FIGURES, BETTER)


def simulated(condition: Condition, number: int = EACH) -> list[Trust]:
    """Return all figures by both rules; regular use was no figure of the old ones."""
    made = list(workshops(condition, number))
    found: list[Trust] = []
    for rules, bounds in RULES.items():
        told = [bounds(one.told) for one in made]
        figures = (figure for figure in ALL_FIGURES if figure in told[0])
        found += [_trust(condition, rules, figure, made, told) for figure in figures]
    return found


def _trust(
    condition: Condition,
    rules: str,
    figure: str,
    made: Iterable[Workshop],
    told: Iterable[Bounded],
) -> Trust:
    truth = "embedded" if figure == BETTER else figure
    rows = [
        (one.true(truth), len(one.truth), *bounds[figure])
        for one, bounds in zip(made, told, strict=True)
    ]
    return Trust(
        condition,
        rules,
        figure,
        true=100 * mean(true / units for true, units, *_ in rows),
        bias=100 * mean(least / replied - true / n for true, n, least, _, replied in rows),
        hold=100 * mean(least <= true <= most for true, _, least, most, _ in rows),
        width=100 * mean((most - least) / units for _, units, least, most, _ in rows),
    )
