"""Texts without signs that no file can hold."""

import re

# Characters that no XML file may hold (so no workbook), and halves of characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """The text without control characters and halves of characters; new lines and tabs stay."""
    return _UNWRITABLE.sub("", text)
