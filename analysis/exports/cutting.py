"""Shorten texts for formats with limits, never in the middle of a written character.

Only writers of such formats call this; without a limit the full text is kept.
"""

import unicodedata
from collections.abc import Callable

Size = Callable[[str], int]
_JOINER = "\u200d"
_VIRAMA = 9
"""The combining class of signs that join the next letter, as in Khmer and Hindi."""


def in_bytes(text: str) -> int:
    """Return the size in UTF-8, as SPSS counts."""
    return len(text.encode())


def in_units(text: str) -> int:
    """Return the size in UTF-16 units, as Excel counts: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, limit: int, size: Size, mark: str = "…") -> str:
    """Return the text if it fits into `limit`, else its beginning with `mark`, within `limit`."""
    if size(text) <= limit:
        return text
    room = limit - size(mark)
    low, high = 0, min(len(text), room)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= room else (low, middle - 1)
    while low and _inside_a_sign(text, low):
        low -= 1
    return text[:low] + mark


def _inside_a_sign(text: str, place: int) -> bool:
    """Return whether the character at `place` combines with the one before it."""
    before, after = text[place - 1], text[place : place + 1]
    return bool(after) and (
        unicodedata.category(after) in ("Mn", "Mc", "Me", "Cf")
        or before == _JOINER
        or unicodedata.combining(before) == _VIRAMA
    )
