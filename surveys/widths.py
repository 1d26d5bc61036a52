"""How wide a text is on a screen, counted in Latin letters. Knows Unicode and no font.

Characters or grapheme clusters would be the wrong measure. A Chinese sign is one of both and takes
the place of two Latin letters. A Khmer or Thai cluster can hold a letter and a vowel beside it,
which take two places, and signs above and below them, which take none.
"""

import unicodedata
from functools import lru_cache

from surveys.clusters import whole

WIDEST_BUTTON = 32
"""What a button shows on a phone of 320 points; Telegram cuts off the rest."""
COENG = "\u17d2"
"""The Khmer sign that puts the next letter under the one before."""


@lru_cache(maxsize=4096)  # the same labels are measured for each card
def columns(text: str) -> int:
    """Return the width of a text: 2 for a wide sign, 0 for one above or below another, else 1."""
    return sum(
        0 if before == COENG else _width(sign)
        for before, sign in zip(" " + text, text, strict=False)
    )


def _width(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def cut(text: str, most: int) -> str:
    """Return a text that is at most so wide, cut after a word.

    It is cut anywhere where that would leave less than half: in scripts without spaces.
    """
    if columns(text) <= most:
        return text
    end = next(n for n in range(len(text), 0, -1) if columns(text[:n]) < most)
    begun = text[: whole(text, end)]
    words = begun.rpartition(" ")[0]
    return (words if 2 * columns(words) >= most else begun).rstrip(" ,;:") + "…"
