"""How long the text of an expression can be, from the longest answers: for the check of authors.

Each function of expressions names one of these rules; it gets the lengths of the arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

Size: TypeAlias = Callable[[Sequence[int]], int]

LONGEST_PRINTED: Final = 330
"""Numbers are printed without an exponent; booleans, dates and identifiers are shorter."""
LONGEST_OTHER: Final = 300
"""An answer to another questionnaire, or a label: as long as an open answer usually is."""


def number(_: Sequence[int]) -> int:
    return LONGEST_PRINTED


def answer(_: Sequence[int]) -> int:
    return LONGEST_OTHER


def first(lengths: Sequence[int]) -> int:
    return lengths[0]


def longest(lengths: Sequence[int]) -> int:
    return max(lengths)


def longest_but_first(lengths: Sequence[int]) -> int:
    return max(lengths[1:])


def other_or_first(lengths: Sequence[int]) -> int:
    return max(LONGEST_OTHER, lengths[0])


def together(lengths: Sequence[int]) -> int:
    return sum(lengths)


def joined(lengths: Sequence[int]) -> int:
    """Return the length of texts with the first one between them."""
    glue, *texts = lengths
    return sum(texts) + glue * max(0, len(texts) - 1)


def pattern(lengths: Sequence[int]) -> int:
    return 2 * lengths[1]
