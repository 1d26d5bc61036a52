"""Safe regular expressions: a pattern that could run for ever is refused, a long text not matched.

Knows nothing of expressions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from surveys.expressions.bounds import Budget

MAX_TEXT: Final = 1_000
# Python's `re` tries every way to split the text over the quantifiers: a second, at worst.
_MAX_STEPS: Final = 20_000_000
_MIN_TEXT: Final = 40
# What one search may take when it is evaluated: a tenth of a second.
_MAX_STEPS_OF_SEARCH: Final = 2_000_000

_PIECE: Final = re.compile(
    r"(?P<atom>\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:[aiLmsux]+|P=\w+|\#[^)]*)\))"
    r"|(?P<open>\((?:\?(?:<?[=!]|[:>]|P<\w+>|\(\w+\)|[a-zA-Z-]+:))?)"
    r"|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<times>(?:[*+?]|\{(?:\d+(?:,\d*)?|,\d+)\})[?+]?)"
    r"|(?P<char>.)",
    re.DOTALL,
)


class UnsafePatternError(ValueError):
    """The pattern could run for ever on some answers."""


@dataclass
class _Item:
    """How often the matcher may choose: bounded ways, and the number of unbounded quantifiers."""

    ways: float = 1.0
    endless: int = 0


@dataclass
class _Group:
    branch: _Item = field(default_factory=_Item)
    branches: list[_Item] = field(default_factory=list)
    last: _Item | None = None

    def put(self, item: _Item | None) -> None:
        if self.last is not None:
            self.branch.ways *= self.last.ways
            self.branch.endless += self.last.endless
        self.last = item

    def split(self) -> None:
        self.put(None)
        self.branches.append(self.branch)
        self.branch = _Item()

    def close(self) -> _Item:
        self.split()
        return _Item(sum(b.ways for b in self.branches), sum(b.endless for b in self.branches))


def _bounds(times: str) -> tuple[int, float]:
    sign = times[0]
    if sign != "{":
        return {"*": (0, math.inf), "+": (1, math.inf), "?": (0, 1)}[sign]
    low, comma, high = times[1 : times.index("}")].partition(",")
    if not comma:
        return int(low), int(low)
    return int(low or 0), int(high) if high else math.inf


def _repeat(item: _Item, times: str) -> _Item:
    low, high = _bounds(times)
    if high == math.inf:
        if item.endless or item.ways > 1:
            raise UnsafePatternError
        return _Item(1.0, 1)
    if item.endless and high > 1:
        raise UnsafePatternError
    if high * math.log2(item.ways) > 100:
        raise UnsafePatternError
    return _Item(item.ways**high * max(1.0, high - low + 1), item.endless)


def _weigh(pattern: str) -> _Item:
    groups = [_Group()]
    for kind, piece in _pieces(pattern):
        group = groups[-1]
        if kind == "open":
            groups.append(_Group())
        elif kind == "close" and len(groups) > 1:
            closed = groups.pop().close()
            groups[-1].put(closed)
        elif kind == "bar":
            group.split()
        elif kind == "times" and group.last is not None:
            group.last = _repeat(group.last, piece)
        else:
            group.put(_Item())
    return groups[0].close()


def _pieces(pattern: str) -> Iterator[tuple[str, str]]:
    for match in _PIECE.finditer(pattern):
        yield match.lastgroup or "char", match.group()


@dataclass(frozen=True)
class Matcher:
    """A safe pattern, with its weight and the longest text that is searched."""

    compiled: re.Pattern[str]
    weight: _Item
    longest: int

    def steps(self, text: str) -> int:
        """Return the steps of the worst search in a text; 0 for one that is not searched."""
        return math.ceil(_steps(self.weight, len(text))) if len(text) <= self.longest else 0

    def matches(self, text: str) -> bool:
        """Return whether the whole text matches; False for a text too long."""
        return len(text) <= self.longest and self.compiled.fullmatch(text) is not None


def _steps(weight: _Item, length: int) -> float:
    return weight.ways * math.comb(length, weight.endless)


def _longest_text(weight: _Item, most: int) -> int:
    """Return the longest text for which the worst search stays within so many steps."""
    low, high = 0, MAX_TEXT
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _steps(weight, middle) <= most else (low, middle - 1)
    return low


@lru_cache(maxsize=1024)
def matcher(pattern: str) -> Matcher:
    """Return the matcher of a pattern; \\w and \\d are ASCII, as in ODK.

    Raises UnsafePatternError, or ValueError with the reason for a pattern that cannot be read.
    """
    if len(pattern) > MAX_TEXT:
        raise UnsafePatternError
    try:
        # `re` warns of signs such as '[[' whose meaning may change.
        compiled = re.compile(pattern, re.ASCII)
    except (re.error, OverflowError, RecursionError, FutureWarning) as mistake:
        raise ValueError(str(mistake)) from mistake
    weight = _weigh(pattern)
    if _longest_text(weight, _MAX_STEPS) < _MIN_TEXT:
        raise UnsafePatternError
    longest = max(_MIN_TEXT, _longest_text(weight, _MAX_STEPS_OF_SEARCH))
    return Matcher(compiled, weight, longest)


def complaint(pattern: str) -> str | None:
    """Return what an author should change in a pattern; None if it can be used."""
    try:
        matcher(pattern)
    except UnsafePatternError:
        return (
            f"the pattern '{pattern}' repeats something that itself repeats or varies,"
            " and could search for ever. Use [ab]+ for (a|b)+, or give limits such as {1,3}."
        )
    except ValueError as mistake:
        return f"the pattern '{pattern}' cannot be read: {mistake}."
    return None


def matches(text: str, pattern: str, budget: Budget) -> bool:
    """Return whether the whole text matches; False for a text too long or a refused pattern."""
    try:
        found = matcher(pattern)
    except ValueError:
        return False
    budget.spend(found.steps(text))
    return found.matches(text)
