"""Dates formatted by a pattern such as '%e %b %Y'.

Knows no languages: names of days and months are English.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_CODES: Final[dict[str, Callable[[datetime], str]]] = {
    "%": lambda _: "%",
    "Y": lambda m: f"{m.year:04d}",
    "y": lambda m: f"{m.year % 100:02d}",
    "m": lambda m: f"{m.month:02d}",
    "n": lambda m: str(m.month),
    "b": lambda m: _MONTHS[m.month - 1],
    "d": lambda m: f"{m.day:02d}",
    "e": lambda m: str(m.day),
    "a": lambda m: _DAYS[m.weekday()],
    "H": lambda m: f"{m.hour:02d}",
    "h": lambda m: str(m.hour),
    "M": lambda m: f"{m.minute:02d}",
    "S": lambda m: f"{m.second:02d}",
    "3": lambda m: f"{m.microsecond // 1000:03d}",
}
_CODE: Final = re.compile(r"%(.?)", re.DOTALL)


def format_moment(moment: datetime, pattern: str) -> str:
    """Return the moment in the format of the pattern; an unknown code stays as it is."""

    def written(match: re.Match[str]) -> str:
        code = _CODES.get(match.group(1))
        return code(moment) if code else match.group()

    return _CODE.sub(written, pattern)


def complaint(pattern: str) -> str | None:
    """Return what an author should change in a date pattern; None if it is right."""
    for match in _CODE.finditer(pattern):
        if match.group(1) not in _CODES:
            known = " ".join(f"%{code}" for code in _CODES if code != "%")
            return f"'{match.group()}' is not a date code. The codes are {known}."
    return None
