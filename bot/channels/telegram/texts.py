"""Measures texts as the messenger does, and cuts long ones at readable places.

The limits are those of the Bot API. Knows no messages and no network.
"""

import unicodedata

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
NOTICE_UNITS = 200
BUTTON_UNITS = 64
"""Our own limit: a longer label is not readable on a phone."""

SORRY = "Something went wrong here. Please try again."
BEGUN = "Working on it. This may take a few minutes."

_JOINER = "\u200d"
_FURTHEST_BACK = 64
"""Characters; a longer sequence of combining marks is cut."""


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units, as the messenger counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_text(text: str, most: int = TEXT_UNITS) -> list[str]:
    """Return the parts of a text, each of at most `most` units.

    Cuts are at the end of a paragraph, else of a line, else of a word, and never within one visible
    character. Parts of white space alone are left out, because the messenger refuses them.
    """
    parts = []
    rest = text
    while units(rest) > most:
        cut = _good_cut(rest, most)
        parts.append(rest[:cut])
        rest = rest[cut:]
    parts.append(rest)
    return [part for part in parts if part.strip()] or [text]


def cut_caption(text: str) -> tuple[str, str]:
    """Return the part of a text that fits into a caption, and the rest."""
    if units(text) <= CAPTION_UNITS:
        return text, ""
    cut = _good_cut(text, CAPTION_UNITS)
    return text[:cut], text[cut:]


def shorten(text: str, most: int) -> str:
    """Return a text on one line of at most `most` units, with an ellipsis if it was longer."""
    line = " ".join(text.split())
    if units(line) <= most:
        return line
    return line[: _whole(line, _fitting(line, most - 1))].rstrip() + "…"


def button_text(text: str) -> str:
    """Return the label of a button; never empty, because the messenger refuses such a message."""
    return shorten(text, BUTTON_UNITS) or "…"


def _fitting(text: str, most: int) -> int:
    """Return how many characters fit into `most` units; half a surrogate pair does not count."""
    return len(text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore"))


def _good_cut(text: str, most: int) -> int:
    fits = _fitting(text, most)
    for end in ("\n\n", "\n", " "):
        # A break in the first half would make a very short message.
        at = text.rfind(end, fits // 2, fits)
        if at > 0:
            return at + len(end)
    return _whole(text, fits)


def _whole(text: str, cut: int) -> int:
    """Return the last place at or before `cut` that is not within a visible character."""
    for place in range(cut, max(0, cut - _FURTHEST_BACK), -1):
        if not _glued(text, place):
            return place
    return max(1, cut)


def _glued(text: str, place: int) -> bool:
    """Return whether a place lies within a visible character. An estimate, without grapheme tables."""
    before, after = text[place - 1 : place], text[place : place + 1]
    if not before or not after:
        return False
    # U+17D2 stacks Khmer consonants; the vowel signs am of Thai and Lao count as letters.
    if before in (_JOINER, "\u17d2") or after in (_JOINER, "\u0e33", "\u0eb3"):
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
