"""Figures: each is computed and worded once, here; every format prints the same string.

Counts come first. A percentage needs a base of ten; it has no decimals and is rounded half up, in
Python only. Intervals and bounds suit 16 to 47 people: Wilson with a finite correction, and the
share if all who did not reply had said no, or yes.
"""

from dataclasses import dataclass
from math import floor, sqrt

from surveys.wording import Words

PERCENT_FROM = 10
"""The smallest base for which a percentage is printed."""

Z = 1.96
"""Normal quantile of a 95 % interval."""


@dataclass(frozen=True)
class Figure:
    """One printed figure: `text` is what every format shows; `value` of `base` are its counts."""

    key: str
    label: str
    text: str
    value: int
    base: int
    note: str = ""


def half_up(part: int, base: int) -> int:
    """Return 100 * part / base as a whole number, halves rounded up, without floats. `base` > 0."""
    return (200 * part + base) // (2 * base)


def percent(part: int, base: int) -> str:
    """Return a share such as "62 %"; '' below a base of ten, where only counts are printed."""
    return f"{half_up(part, base)} %" if base >= PERCENT_FROM else ""


def counted(part: int, base: int, say: Words) -> str:
    """Return counts with their percentage where it may be shown, such as "8 of 19 (42 %)"."""
    if not base:
        return say("no responses")
    share = percent(part, base)
    text = say("{part} of {base}", part=str(part), base=str(base))
    return f"{text} ({share})" if share else text


def wilson(part: int, base: int, total: int | None = None) -> tuple[int, int]:
    """Return the bounds of the 95 % Wilson interval in whole percent. `base` > 0.

    With the number invited as `total`, the effective base is n(N - 1)/(N - n), an approximation of the
    finite-population interval; when everybody replied the share is exact.
    """
    if total == base:
        exact = half_up(part, base)
        return exact, exact
    size = base * (total - 1) / (total - base) if total else float(base)
    share = part / base
    centre = share + Z * Z / (2 * size)
    spread = Z * sqrt(share * (1 - share) / size + Z * Z / (4 * size * size))
    scale = 1 + Z * Z / size
    return _whole((centre - spread) / scale), _whole((centre + spread) / scale)


def _whole(share: float) -> int:
    return floor(share * 100 + 0.5)


@dataclass(frozen=True)
class Share:
    """`part` of the `base` that replied, out of a `total` that was asked.

    0 <= part <= base <= total, else ValueError: the same units are counted in all three, so a
    share never passes 100 %. `people` is False when the units are administrations.
    """

    part: int
    base: int
    total: int
    people: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.base <= self.total:
            raise ValueError(f"a share must be part <= base <= total, not {self}")

    @property
    def percent(self) -> str:
        return percent(self.part, self.base)

    def text(self, say: Words) -> str:
        """Counts, such as "13 of 21 who answered (28 attended)"."""
        if not self.base:
            return say("no responses (0 of {total})", total=str(self.total))
        counts = {"part": str(self.part), "base": str(self.base), "total": str(self.total)}
        if self.base == self.total:
            return say("{part} of {base}", **counts)
        if self.people:
            return say("{part} of {base} who answered ({total} attended)", **counts)
        return say("{part} of {base} that answered ({total} took part)", **counts)

    def likely(self, say: Words) -> str:
        """The interval in words; empty when the base is small or everybody replied."""
        if self.base < PERCENT_FROM or self.base == self.total:
            return ""
        low, high = wilson(self.part, self.base, self.total)
        return say("likely {low} to {high} %", low=str(low), high=str(high))

    def bounds(self, say: Words) -> str:
        """The count if all who did not reply had said no, or yes; else empty."""
        if self.base == self.total:
            return ""
        low, high = self.part, self.part + self.total - self.base
        shares = ""
        if self.total >= PERCENT_FROM:
            ends = {"low": half_up(low, self.total), "high": half_up(high, self.total)}
            values = {name: str(share) for name, share in ends.items()}
            shares = " " + say("({low} to {high} %)", **values)
        return say(
            "{low} to {high} of {total}{shares} if all who did not answer had said no or yes",
            low=str(low),
            high=str(high),
            total=str(self.total),
            shares=shares,
        )

    def figure(self, key: str, label: str, say: Words) -> Figure:
        """Return this share as a printed figure; the note holds percentage, interval and bounds."""
        notes = (self.percent, self.likely(say), self.bounds(say))
        note = "; ".join(n for n in notes if n)
        return Figure(key, label, self.text(say), self.part, self.base, note)
