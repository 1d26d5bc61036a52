"""Texts in CSV files that a spreadsheet would run as a formula: an apostrophe in front of them.

Knows no files. Workbooks need none of it: their cells say that they hold a text.
"""

import unicodedata

APOSTROPHE = "'"
STARTS = "=+-@"
BREAKS = "\t\r\n"


def escaped(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula; `restored` undoes it."""
    return APOSTROPHE + text if _runs(text) else text


def restored(text: str) -> str:
    """Return the text before `escaped`; any other text as it is."""
    bare = text.removeprefix(APOSTROPHE)
    return bare if bare != text and _runs(bare) else text


def _runs(text: str) -> bool:
    """Return whether a text starts a formula, also after blanks or quotes and in full-width signs.

    A formula behind apostrophes counts too, so that undoing has no exception. A name such as 'Ofa
    does not.
    """
    text = text.lstrip(APOSTROPHE)
    for sign in text:
        if sign in BREAKS:
            return True
        if sign == '"' or sign.isspace() or unicodedata.category(sign).startswith("C"):
            continue
        return unicodedata.normalize("NFKC", sign)[0] in STARTS
    return False
