"""A compiled expression: its value in a scope, and what a linter needs to know of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from surveys.expressions.functions import Run
from surveys.expressions.scope import Scope
from surveys.expressions.values import Value, to_text, to_truth

Length: TypeAlias = Callable[[Callable[[str], int]], int]
"""The longest text of a part, from the longest answers by name."""


@dataclass(frozen=True)
class Expression:
    """A compiled expression. `steps` are those of all its parts, the least that it may cost.

    Evaluating it raises BeyondBoundsError if the answers make it too long or too much work, and
    nothing else.
    """

    text: str
    references: frozenset[str]
    uses_here: bool
    pulls: frozenset[tuple[str, str]]
    comparisons: tuple[tuple[str, str], ...]
    pulled_comparisons: tuple[tuple[str, str, str], ...]
    calls: frozenset[str]
    columns: frozenset[str]
    steps: int
    run: Run = field(repr=False, compare=False)
    lengths: tuple[Length, ...] = field(repr=False, compare=False)

    def longest(self, answers: Callable[[str], int]) -> int:
        """Return the length of the longest text that it or a part of it can make.

        `answers` gives the length of the longest answer by name; "." is the answer itself.
        """
        return max(length(answers) for length in self.lengths)

    def value(self, scope: Scope) -> Value:
        """Return a text, a number or a boolean; a date is a `Date`, a number of days."""
        scope.budget.begin(self.steps)
        return self.run(scope)

    def truth(self, scope: Scope) -> bool:
        """Return the value of a condition: relevant, constraint, required, choice_filter."""
        return to_truth(self.value(scope))

    def text_value(self, scope: Scope) -> str:
        """Return the value for calculations and labels, as XPath string(); '' in place of NaN."""
        value = self.value(scope)
        missing = isinstance(value, float) and math.isnan(value)
        return "" if missing else to_text(value)
