"""Lengths as the messenger counts them: cutting texts where a reader does not trip over it.

Knows no messages and no network; the limits are those of the Bot API.
"""

import unicodedata

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
NOTICE_UNITS = 200
BUTTON_UNITS = 64
"""Ours: a longer label is not readable on a phone."""

SORRY = "Something went wrong here. Please try again."

_JOINER = "\u200d"
_FURTHEST_BACK = 64
"""Characters; a "letter" of more combining marks than that is cut anyway."""


def units(text: str) -> int:
    """The length of a text in UTF-16 code units, which is what the messenger counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_text(text: str, most: int = TEXT_UNITS) -> list[str]:
    """Cuts a text into parts of at most `most` units; joined, they are the text again.

    Prefers the end of a paragraph, then of a line, then of a word, and never cuts within one
    visible character. Parts of white space alone are left out: the messenger refuses them.
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
    """The part of a text that fits under a picture or a file, and the rest."""
    if units(text) <= CAPTION_UNITS:
        return text, ""
    cut = _good_cut(text, CAPTION_UNITS)
    return text[:cut], text[cut:]


def shorten(text: str, most: int) -> str:
    """A text on one line of at most `most` units, ending in an ellipsis when it was longer."""
    line = " ".join(text.split())
    if units(line) <= most:
        return line
    return line[: _whole(line, _fitting(line, most - 1))].rstrip() + "…"


def button_text(text: str) -> str:
    """What a button says; never empty, because the messenger would refuse the whole message."""
    return shorten(text, BUTTON_UNITS) or "…"


def _fitting(text: str, most: int) -> int:
    """How many characters fit into `most` units; half a surrogate pair does not count."""
    return len(text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore"))


def _good_cut(text: str, most: int) -> int:
    fits = _fitting(text, most)
    for end in ("\n\n", "\n", " "):
        # A break in the first half would leave a message that is oddly short.
        at = text.rfind(end, fits // 2, fits)
        if at > 0:
            return at + len(end)
    return _whole(text, fits)


def _whole(text: str, cut: int) -> int:
    """The last place at or before `cut` that does not lie within a visible character."""
    for place in range(cut, max(0, cut - _FURTHEST_BACK), -1):
        if not _glued(text, place):
            return place
    return max(1, cut)


def _glued(text: str, place: int) -> bool:
    """Do the characters around this place belong together? Rough, without tables of graphemes."""
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
