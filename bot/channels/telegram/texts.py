"""Measures texts as the messenger does, and cuts long ones at readable places.

The limits are those of the Bot API. Knows no messages and no network.
"""

from surveys.clusters import whole

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
NOTICE_UNITS = 200
BUTTON_UNITS = 64
"""Our own limit: a longer label is not readable on a phone."""

SORRY = "Something went wrong here. Please try again."
BEGUN = "Working on it. This may take a few minutes."


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
    return line[: whole(line, _fitting(line, most - 1))].rstrip() + "…"


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
    return whole(text, fits)
