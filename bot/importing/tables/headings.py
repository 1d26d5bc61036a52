"""Finding the heading of a sheet among titles and notes, and which column holds what.

The words that head columns come from the caller; nothing here knows what they mean.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.importing.tables.cells import EMPTY, Cell, Sheet
from surveys.xlsform.sheets import letters

LOOKED_AT = 30
"""The heading stands among the first rows, below titles."""

Vocabulary = Mapping[str, Sequence[str]]
"""Fields with the words that head their columns, the best first, written plainly (see `plain`)."""


@dataclass(frozen=True)
class Column:
    """A column by its number from 1, with its heading as written."""

    number: int
    heading: str


@dataclass(frozen=True)
class Heading:
    """The heading of a sheet: its last row (from 1), and the columns found by field.

    `twice` are pairs of columns that say they are the same; `unread` those nobody asks for.
    """

    row: int
    columns: Mapping[str, Column]
    twice: tuple[tuple[Column, Column], ...] = ()
    unread: tuple[Column, ...] = ()


def plain(text: str) -> str:
    """A heading for comparing: small letters, no accents on Latin ones, no signs between words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    # Only the accents of Latin, Greek and Cyrillic: elsewhere these marks are vowels.
    bare = "".join(sign for sign in decomposed if not "\u0300" <= sign <= "\u036f")
    composed = unicodedata.normalize("NFC", bare)
    return " ".join(re.sub(r"[.:*#/()\-‐–’'?]+", " ", composed).split())


def find_heading(sheet: Sheet, words: Vocabulary) -> Heading | None:
    """The heading of a sheet: the row in which most fields are named; None if no row names one."""
    best: Heading | None = None
    for number, row in enumerate(sheet.rows[:LOOKED_AT], 1):
        found = _columns(number, row, words)
        if found.columns and (best is None or len(found.columns) > len(best.columns)):
            best = found
    if best is None or not _goes_on(sheet, best):
        return best
    return _columns(best.row + 1, _joined(sheet, best.row), words)


def _columns(number: int, row: Sequence[Cell], words: Vocabulary) -> Heading:
    headed = [Column(at, cell.text) for at, cell in enumerate(row, 1) if cell.text]
    found: dict[str, Column] = {}
    twice = []
    taken = set()
    for field, names in words.items():
        ranked = sorted(
            (names.index(plain(one.heading)), one.number, one)
            for one in headed
            if plain(one.heading) in names and one.number not in taken
        )
        if ranked:
            rank, _, found[field] = ranked[0]
            taken.add(found[field].number)
            twice += [(found[field], other) for at, _, other in ranked[1:] if at == rank]
    unread = tuple(one for one in headed if one.number not in taken)
    return Heading(number, found, tuple(twice), unread)


def _goes_on(sheet: Sheet, heading: Heading) -> bool:
    """Whether the row below divides the headings further: words, but none in a column we know."""
    if heading.row >= len(sheet.rows):
        return False
    above, below = sheet.rows[heading.row - 1], sheet.rows[heading.row]
    known = {column.number for column in heading.columns.values()}
    written = [at for at, cell in enumerate(below, 1) if cell.text and cell.number is None]
    free = [at for at in written if at > len(above) or not above[at - 1].text]
    return bool(written) and not known.intersection(written) and bool(free)


def _joined(sheet: Sheet, row: int) -> list[Cell]:
    above, below = sheet.rows[row - 1], sheet.rows[row]
    width = max(len(above), len(below))
    pairs = zip(_filled(above, width), _filled(below, width), strict=True)
    return [Cell(f"{one.text} {two.text}".strip()) for one, two in pairs]


def _filled(row: Sequence[Cell], width: int) -> list[Cell]:
    return [*row, *[EMPTY] * (width - len(row))]


def named(column: Column, *, in_workbook: bool) -> str:
    """How a message names a column: by its heading, in workbooks with the letters before."""
    if not in_workbook:
        return column.heading or letters(column.number)
    return (
        f"{letters(column.number)} ({column.heading})"
        if column.heading
        else letters(column.number)
    )
