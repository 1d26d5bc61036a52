"""Answers that are numbers or days: how many were given, and how they spread."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from statistics import median, quantiles

SMALLEST_FOR_QUARTERS = 8
"""The smallest base for which the middle half is printed."""


@dataclass(frozen=True)
class Spread:
    """How numbers spread: lowest, middle and highest; `half` are the ends of the middle half."""

    base: int
    lowest: Decimal
    middle: Decimal
    highest: Decimal
    half: tuple[Decimal, Decimal] | None = None


def spread(given: Iterable[str]) -> Spread | None:
    """Return how numbers spread, as they are stored; None if there are none."""
    found = sorted(one for text in given if (one := read_number(text)) is not None)
    if not found:
        return None
    half = None
    if len(found) >= SMALLEST_FOR_QUARTERS:
        low, _, high = quantiles(found, n=4, method="inclusive")
        half = (low, high)
    return Spread(len(found), found[0], median(found), found[-1], half)


def read_number(text: str) -> Decimal | None:
    """Return a number as it is stored; None for what is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def number_text(value: Decimal) -> str:
    """Return a number with at most one decimal; one below 1 with two digits that count.

    A share such as 0.04 would be 0 with one decimal.
    """
    decimals = 1 if abs(value) >= 1 or not value else 1 - value.adjusted()
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return format(rounded.normalize(), "f") if rounded % 1 else str(int(rounded))
