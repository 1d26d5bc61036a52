"""Cohen's kappa: how far two say the same beyond chance, of pairs of yes and no."""

from collections import Counter
from collections.abc import Iterable

PAIRS = 10
"""The fewest pairs of which kappa is told."""
Pair = tuple[bool, bool]


def kappa(both: int, only_one: int, only_other: int, neither: int) -> float | None:
    """Return Cohen's kappa; None of too few pairs, or where chance alone would agree in all of them."""
    pairs = both + only_one + only_other + neither
    if pairs < PAIRS:
        return None
    one, other = both + only_one, both + only_other
    by_chance = one * other + (pairs - one) * (pairs - other)
    most = pairs**2
    return (
        None if by_chance == most else ((both + neither) * pairs - by_chance) / (most - by_chance)
    )


def counted_pairs(pairs: Iterable[Pair]) -> tuple[int, int, int, int]:
    """Return how many pairs are yes with both, with the first, with the second only, or with neither."""
    count = Counter(pairs)
    return count[True, True], count[True, False], count[False, True], count[False, False]
