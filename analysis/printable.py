"""Texts without characters that files do not allow."""

import re

# Characters that XML (and so a workbook) does not allow, and lone surrogates.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """Return the text without control characters and lone surrogates; new lines and tabs stay."""
    return _UNWRITABLE.sub("", text)
