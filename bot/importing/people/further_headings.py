"""The rows of a sheet below its heading, and below each further heading on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from bot.importing.people.sheets import FIELDS
from bot.importing.rows.rows import Row, rows_of
from bot.importing.tables.cells import Cell, Sheet
from bot.importing.tables.headings import Heading, heading_of, plain

NAMES = [word for name in ("name", "given", "family") for word in FIELDS.headings[name]]
ALL = frozenset(word for words in FIELDS.headings.values() for word in words)
FIRST_WORDS = frozenset(name.partition(" ")[0] for name in NAMES)


def rows_below(sheet: Sheet, heading: Heading) -> Iterator[Row]:
    """Yield the rows below a heading, with other columns below each further heading."""
    headings = [heading, *_headings_below(sheet, heading)]
    ends = [one.row - 1 for one in headings[1:]] + [len(sheet.rows)]
    for one, end in zip(headings, ends, strict=True):
        yield from rows_of(replace(sheet, rows=sheet.rows[:end]), one)


def _headings_below(sheet: Sheet, heading: Heading) -> Iterator[Heading]:
    """Yield the rows below that are headings again, with the same columns or with others."""
    top = _plain(sheet.rows[heading.row - 1]) if heading.row else None
    for at, row in enumerate(sheet.rows[heading.row :], heading.row + 1):
        if not any(_may_head(cell.text) for cell in row) or sum(map(_is_known, row)) < 2:
            continue
        if _plain(row) == top:
            yield replace(heading, row=at)
            continue
        found = heading_of(at, row, FIELDS.headings)
        if len(found.columns) > 1 and FIELDS.has(found.columns) and not FIELDS.is_data(row):
            yield FIELDS.adjust(sheet, found)


def _may_head(text: str) -> bool:
    """Return whether a cell may be the heading of names, by its first word: all cells are asked."""
    return text.partition(" ")[0].casefold().strip(".:*") in FIRST_WORDS


def _is_known(cell: Cell) -> bool:
    return is_heading(cell.text)


@lru_cache(maxsize=1_000)
def is_heading(text: str) -> bool:
    """Return whether a text is a heading of lists of people."""
    return plain(text) in ALL


def _plain(row: Sequence[Cell]) -> list[str]:
    return [plain(cell.text) for cell in row if cell.text]
