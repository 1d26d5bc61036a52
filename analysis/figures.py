"""Figures: each is computed and worded once, here; every format prints the same string.

Counts come first. A percentage needs a base of ten; it has no decimals and is rounded half up, in
Python only.
"""

from dataclasses import dataclass

from surveys.wording import Words

PERCENT_FROM = 10
"""The smallest base for which a percentage is printed."""
FEW = 4
"""The most people who may be the rest where nearly all gave the same answer."""


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


def at_least_of(part: int, base: int, say: Words) -> str:
    """Return counts as a floor, such as "at least 8 of 19 (42 %)"."""
    return say("at least {share}", share=counted(part, base, say))


def nearly_all(base: int, say: Words) -> str:
    """Return in words that all of a base gave the same answer, or all but one to four."""
    part = say("{part} of {base}", part=str(max(base - FEW, 1)), base=str(base))
    return say("at least {share}", share=part)


@dataclass(frozen=True)
class Share:
    """`part` of a `base`: 0 <= part <= base, else ValueError, so a share never passes 100 %."""

    part: int
    base: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.base:
            raise ValueError(f"a share must be part <= base, not {self}")
