"""CSV files after RFC 4180: UTF-8, commas, quotes where needed, lines that end with CR LF.

`marked` adds the byte order mark that Excel needs to read UTF-8. `safe` keeps spreadsheets from
running a text as a formula: such a text gets an apostrophe in front. To undo it, remove one
apostrophe from the front of every cell that begins with one; numbers never do.
"""

import csv
import io
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from analysis.exports.tables import Cell, Table

APOSTROPHE = "'"
_STARTS = "=+-@"
_BREAKS = "\t\r\n"


def render(table: Table, marked: bool, safe: bool) -> bytes:
    """Return the table as a CSV file."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    for row in (table.columns, *table.rows):
        writer.writerow([_written(cell, safe) for cell in row])
    return made.getvalue().encode("utf-8-sig" if marked else "utf-8")


def escaped(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula; `restored` undoes it."""
    return APOSTROPHE + text if _dangerous(text) else text


def restored(text: str) -> str:
    """Return the text before `escaped`."""
    return text.removeprefix(APOSTROPHE)


def _dangerous(text: str) -> bool:
    """Return whether a text starts a formula, also after blanks or quotes and in full-width signs.

    A text that begins with an apostrophe counts too, so that undoing has no exception.
    """
    if text[:1] and text[0] in _BREAKS + APOSTROPHE:
        return True
    for sign in text:
        if sign == '"' or sign.isspace() or unicodedata.category(sign).startswith("C"):
            continue
        return unicodedata.normalize("NFKC", sign)[0] in _STARTS
    return False


def _written(cell: Cell, safe: bool) -> str:
    if isinstance(cell, str):
        return escaped(cell) if safe else str(cell)
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, date):
        return cell.isoformat()
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
