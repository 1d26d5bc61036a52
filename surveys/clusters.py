"""Cutting a text between visible characters. An estimate, without grapheme tables.

A visible character (a grapheme cluster) can be several signs: a letter with its accents, a stack of
Khmer consonants, a family of emoji, a flag.
"""

import unicodedata

_JOINER = "\u200d"
_COENG = "\u17d2"
"""The Khmer sign that puts the next letter under the one before."""
_AFTER_LETTER = ("\u0e33", "\u0eb3")
"""The vowel signs am of Thai and Lao, which count as letters."""
_FURTHEST_BACK = 64
"""Signs; a longer sequence of combining marks is cut."""


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` signs; "…" stands for what is cut off."""
    return text if len(text) <= most else text[: whole(text, most - 1)].rstrip() + "…"


def whole(text: str, cut: int) -> int:
    """Return the last place at or before `cut` that is not within a visible character."""
    for place in range(cut, max(0, cut - _FURTHEST_BACK), -1):
        if not _glued(text, place):
            return place
    return max(1, cut)


def _glued(text: str, place: int) -> bool:
    """Return whether a place lies within a visible character."""
    before, after = text[place - 1 : place], text[place : place + 1]
    if not before or not after:
        return False
    if before in (_JOINER, _COENG) or after in (_JOINER, *_AFTER_LETTER):
        return True
    if unicodedata.category(after).startswith("M"):
        return True
    # Skin tones, and the invisible letters of regional flags.
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    return _is_flag_half(after) and _flag_halves_before(text, place) % 2 == 1


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(text: str, place: int) -> int:
    start = place
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return place - start
