"""The heading of a sheet below titles and notes, and the field of each column.

The caller gives the words of each field.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.importing.tables.cells import EMPTY, Cell, Sheet
from surveys.xlsform.sheets import letters

LOOKED_AT = 30
"""The number of first rows among which the heading is searched."""

REMARK = re.compile(r"\s*\([^()]*\)\s*")
Vocabulary = Mapping[str, Sequence[str]]
"""The headings of each field, the best first, in the form of `plain`."""


@dataclass(frozen=True)
class Column:
    """A column: its number from 1, and its heading as written."""

    number: int
    heading: str


@dataclass(frozen=True)
class Heading:
    """The heading of a sheet: its last row (from 1), and the columns found by field.

    `twice` are pairs of columns for one field; `unread` are columns of no field.
    """

    row: int
    columns: Mapping[str, Column]
    twice: tuple[tuple[Column, Column], ...] = ()
    unread: tuple[Column, ...] = ()


ReadsHeading = Callable[[int, Sequence[Cell], Sequence[Cell]], Heading]
"""Reads a row with a number as a heading, below the cells of the row above if there are some."""


def plain(text: str) -> str:
    """Return a heading for comparing: lower case, without accents and punctuation."""
    folded = text.casefold().replace("_", " ")
    bare = folded if folded.isascii() else _without_accents(folded)
    return " ".join(re.sub(r"[.:*#/()\-‐–’'?]+", " ", bare).split())


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    # Only accents of Latin, Greek and Cyrillic letters: in other scripts marks are vowels.
    bare = "".join(sign for sign in decomposed if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def find_heading(sheet: Sheet, words: Vocabulary) -> Heading | None:
    """Return the heading of a sheet by the words of its fields; None if no row names any."""
    return search_heading(sheet, partial(grouped_heading, words))


def search_heading(sheet: Sheet, read: ReadsHeading) -> Heading | None:
    """Return the heading of a sheet, the row that names most fields; None if no row names any.

    Each row is also read below the one above it, which may group its columns.
    """
    best: Heading | None = None
    above: Sequence[Cell] = ()
    for number, row in enumerate(sheet.rows[:LOOKED_AT], 1):
        for found in (read(number, row, ()), read(number, row, above) if above else None):
            if found and len(found.columns) > (len(best.columns) if best else 0):
                best = found
        above = row
    if best is not None and _goes_on(sheet, best):
        return read(best.row + 1, _joined(sheet, best.row), ())
    return best


def grouped_heading(
    words: Vocabulary, number: int, row: Sequence[Cell], above: Sequence[Cell]
) -> Heading:
    """Return a row as a heading, below one that may group its columns: "Supervisor" over two of them.

    A group is put before the headings that have a field together with it.
    """
    if not above:
        return heading_of(number, row, words)
    known = {name for names in words.values() for name in names}
    group, cells = "", []
    for at, cell in enumerate(row):
        group = (above[at].text if at < len(above) else "") or group
        whole = f"{group} {cell.text}"
        cells.append(Cell(whole) if cell.text and plain(whole) in known else cell)
    return heading_of(number, cells, words)


def heading_of(number: int, row: Sequence[Cell], words: Vocabulary) -> Heading:
    """Return a row as a heading, with the field of each column that has one."""
    headed = [Column(at, cell.text) for at, cell in enumerate(row, 1) if cell.text]
    said = {one.number: _said(one.heading, words) for one in headed}
    found: dict[str, Column] = {}
    twice = []
    taken = set()
    for field, names in words.items():
        ranked = sorted(
            (names.index(said[one.number]), one.number, one)
            for one in headed
            if said[one.number] in names and one.number not in taken
        )
        if ranked:
            rank, _, found[field] = ranked[0]
            taken.add(found[field].number)
            twice += [(found[field], other) for at, _, other in ranked[1:] if at == rank]
    unread = tuple(one for one in headed if one.number not in taken)
    return Heading(number, found, tuple(twice), unread)


def _said(heading: str, words: Vocabulary) -> str:
    """Return a heading as it is compared, without a remark in brackets if only so it is known."""
    whole = plain(heading)
    if "(" not in heading or any(whole in names for names in words.values()):
        return whole
    return plain(REMARK.sub("", heading)) or whole


def _goes_on(sheet: Sheet, heading: Heading) -> bool:
    """Return whether the row below is a second line of the heading: words, but in no known column."""
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
    """Return the name of a column for messages: its heading, in workbooks after its letter."""
    if not in_workbook:
        return column.heading or letters(column.number)
    return (
        f"{letters(column.number)} ({column.heading})"
        if column.heading
        else letters(column.number)
    )
