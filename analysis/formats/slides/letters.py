"""How much room a text takes, by the letters of the fonts that the reports are set in.

PowerPoint and LibreOffice take other fonts, so some room is left: what fits here fits there.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any
from unicodedata import category, east_asian_width, name

from analysis.formats.scripts import FAMILIES
from analysis.formats.typesetting import font_folders

DRAWN = 100
"""The size in points in which letters are measured."""
BOLD = 1.09
"""How much wider bold letters are."""
LINE = 1.3
"""The height of a line, in parts of the size of its letters."""
TALL = {"km": 1.6, "th": 1.45, "fa": 1.4, "vi": 1.35}
"""The same for languages with signs above and below their letters."""
WIDER = 1.08
"""How much wider the letters of another program may be: Liberation Sans is, with some signs."""
SPARE = 1.05
"""How much of a line stays empty at its end, because words are not broken."""
SMALLEST = 14
"""The smallest letters of a slide, in points: what cannot be read from the back is left out."""
ZERO_WIDTH_SPACE = "\u200b"


def line_height(size: float, language: str) -> float:
    """Return the height of a line in points."""
    return size * TALL.get(language, LINE)


def lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a box that is `room` points wide."""
    return sum(_lines(one, size * (BOLD if bold else 1), room) for one in text.split("\n"))


def height(
    texts: Iterable[str], size: float, room: float, language: str, *, bold: bool = False
) -> float:
    """Return how high paragraphs are in points, without room between them."""
    count = sum(lines(text, size, room, bold=bold) for text in texts)
    return count * line_height(size, language)


def fitting(
    texts: Sequence[str],
    box: tuple[float, float],
    language: str,
    sizes: Sequence[int],
    *,
    bold: bool = False,
) -> int:
    """Return the largest size in which paragraphs fit a box of points; the smallest if none does."""
    wide, high = box
    for size in sizes:
        longest = max((_longest_word(text, size) for text in texts), default=0)
        if longest <= wide and height(texts, size, wide, language, bold=bold) <= high:
            return size
    return sizes[-1]


def width(text: str, size: float) -> float:
    """Return how wide a text is on one line, in points."""
    return sum(_drawn(word) for word in text.split(" ")) * size / DRAWN + (
        text.count(" ") * _drawn(" ") * size / DRAWN
    )


def _lines(text: str, size: float, room: float) -> int:
    """Return the lines of one paragraph; what has no spaces is broken anywhere."""
    count, used, space = 1, 0.0, _drawn(" ") * size / DRAWN
    for word in text.replace(ZERO_WIDTH_SPACE, " ").split(" "):
        long = _drawn(word) * size / DRAWN
        if long > room and used:
            count, used = count + 1, 0.0
        if long > room:
            whole = ceil(long * SPARE / room)
            count, used = count + whole - 1, long * SPARE - (whole - 1) * room
        elif used and used + space + long > room:
            count, used = count + 1, long
        else:
            used += long + (space if used else 0)
    return count


def _longest_word(text: str, size: float) -> float:
    """Return the width of the longest word that is not broken: of scripts with spaces."""
    words = text.replace(ZERO_WIDTH_SPACE, " ").split()
    return max((_drawn(one) * size / DRAWN for one in words if _spaced(one)), default=0)


def _spaced(word: str) -> bool:
    return all(_family(sign) in ("Noto Sans", "Noto Sans Arabic", "") for sign in word)


@lru_cache(maxsize=20_000)
def _drawn(word: str) -> float:
    """Return the width of a word at the size in which letters are measured, with some room."""
    parts = ((family, "".join(signs)) for family, signs in groupby(word, key=_family))
    return WIDER * sum(_measured(family, signs) for family, signs in parts)


def _measured(family: str, text: str) -> float:
    font = _font(family or "Noto Sans")
    if font is None:
        return sum(DRAWN * (1 if east_asian_width(sign) in "WF" else 0.6) for sign in text)
    return float(font.getlength(text))


@lru_cache(maxsize=2_000)
def _family(sign: str) -> str:
    """Return the font family of a sign; '' for digits and signs that all have."""
    if category(sign)[0] not in "LM":
        return "Noto Sans SC" if east_asian_width(sign) in "WF" else ""
    return FAMILIES.get(name(sign, "").split(" ")[0], "")


@cache
def _font(family: str) -> Any:
    """Return a font of the packages; None where letters are squares or the family is not there."""
    from PIL import ImageFont

    found = _files().get(family.replace(" ", ""))
    return ImageFont.truetype(str(found), DRAWN) if found else None


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """Return the font files by the name of their family without spaces."""
    files = (path for folder in font_folders() for path in sorted(folder.glob("*.ttf")))
    return {path.name.partition("[")[0].partition("-")[0]: path for path in reversed([*files])}
