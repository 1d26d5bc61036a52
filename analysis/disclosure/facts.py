"""What a reader knows: sums of variables and the numbers that they lie between."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from analysis.disclosure.question import Question, Row

ROUNDING = 1e-6
"""How far a value of the solver may lie from the whole number that it means."""

Sum = Mapping[int, float]
"""A combination of variables: weights by their numbers."""

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Ends = tuple[float, float]
"""The least and the greatest number that a sum can be."""

OfLeft = Callable[[Question, Collection[int | str]], Ends]
"""The ends of a sum in a question without some units, and these."""

Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Fact:
    """A sum of variables that lies between two numbers; `row` is the printed one.

    What is true `of_each` unit is as true of those that are left when some leave. Of all other sums the
    part of those who leave is taken off, or `of_left` says what is known of a question without them.
    """

    weights: Sum
    low: float
    high: float
    key: str = ""
    row: Row | None = None
    of_each: bool = False
    of_left: OfLeft | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether the sum may have any value."""
        return self.low == -np.inf and self.high == np.inf

    def taken_back(self) -> "Fact":
        """Return the same sum of which nothing is known."""
        return replace(self, low=-np.inf, high=np.inf)

    def total(self, solutions: Numbers) -> Numbers:
        """Return the value of the sum in each solution."""
        total: Numbers = solutions[:, [*self.weights]] @ np.array([*self.weights.values()])
        return total


def added(*sums: tuple[Sum, float]) -> dict[int, float]:
    """Return the sum of sums with their weights."""
    made: dict[int, float] = {}
    for one, times in sums:
        for number, weight in one.items():
            made[number] = made.get(number, 0) + times * weight
    return {number: weight for number, weight in made.items() if weight}


class Sums:
    """Sums of variables one after the other, for values of all variables at once."""

    def __init__(self, sums: Sequence[Sum] = ()) -> None:
        self.sizes = np.array([len(one) for one in sums], np.int32)
        self.numbers = np.array([number for one in sums for number in one], np.int32)
        self.weights = np.array([weight for one in sums for weight in one.values()], float)

    @classmethod
    def together(cls, every: Sequence["Sums"]) -> "Sums":
        """Return all of some sums, one after the other."""
        made = cls()
        if every:
            made.sizes = np.concatenate([one.sizes for one in every])
            made.numbers = np.concatenate([one.numbers for one in every])
            made.weights = np.concatenate([one.weights for one in every])
        return made

    def __len__(self) -> int:
        return len(self.sizes)

    @cached_property
    def owners(self) -> "np.ndarray[Any, np.dtype[np.int64]]":
        """Of each entry, the place of the sum that it belongs to."""
        return np.repeat(np.arange(len(self)), self.sizes)

    def values(self, of: Numbers) -> Numbers:
        """Return the value of each sum."""
        parts = self.weights * of[self.numbers]
        return np.bincount(self.owners, parts, len(self)).astype(float, copy=False)
