"""Codes in workbooks: shown with their zeros, and pointed at where the program has spoiled them."""

import re
from functools import lru_cache

from bot.importing.tables.cells import Cell

AS_TEXT = "Format the column as text and write the code again."
EXPONENT = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
EXACT = 10**15
"""A spreadsheet keeps numbers exactly below this one."""
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAY = re.compile(rf"\d{{1,2}}-({'|'.join(MONTHS)})(-\d{{2}})?|({'|'.join(MONTHS)})-\d{{2}}")
PART = re.compile(r'"([^"]*)"|\\(.)|(0)|([- ()+])')


def spoiled_code(cell: Cell) -> str:
    """Return what a spreadsheet has made of a code, as the end of a sentence; '' if nothing."""
    if cell.day is not None:
        return "is a day: the spreadsheet has made it of the code."
    if EXPONENT.fullmatch(cell.text) or (cell.number is not None and cell.number >= EXACT):
        return "is a number in short form: digits of the code are lost."
    return ""


def may_be_month(code: str) -> bool:
    """Return whether a code looks as spreadsheets show days: "Feb-18", "3-Feb"."""
    return bool(DAY.fullmatch(code))


def shown_number(value: float, written: str) -> str | None:
    """Return a whole number as its format shows it, 42 as "0042" or "RM-042"; None for others."""
    pieces = _pieces(written)
    if not pieces or value < 0 or value != int(value):
        return None
    places = sum(piece is None for piece in pieces)
    digits = str(int(value)).zfill(places)
    # What does not fit into the places stands before the first digit.
    extra, digits = digits[: len(digits) - places], digits[len(digits) - places :]
    shown = "".join(_filled(pieces, digits))
    first = next(at for at, piece in enumerate(pieces) if piece is None)
    before = "".join(piece or "" for piece in pieces[:first])
    return f"{before}{extra}{shown[len(before) :]}"


def shows_more(written: str) -> bool:
    """Return whether a number format shows more of a whole number than its digits."""
    return bool(_pieces(written))


def _filled(pieces: tuple[str | None, ...], digits: str) -> list[str]:
    rest = iter(digits)
    return [next(rest) if piece is None else piece for piece in pieces]


@lru_cache(maxsize=256)
def _pieces(written: str) -> tuple[str | None, ...]:
    """Return the literal parts of a number format, None for each digit; () for a common format."""
    section = re.sub(r"\[[^\]]*\]", "", written.partition(";")[0])
    found = list(PART.finditer(section))
    if "".join(one[0] for one in found) != section:
        return ()
    pieces = tuple(None if one[3] else one[1] or one[2] or one[4] or "" for one in found)
    zeros = pieces.count(None)
    return pieces if zeros > 1 or (zeros and len(pieces) > 1) else ()
