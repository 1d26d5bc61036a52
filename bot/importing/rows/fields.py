"""The fields of a kind of list, and what the cells of a column show of them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.importing.tables.addresses import is_email
from bot.importing.tables.cells import Cell, Sheet
from bot.importing.tables.headings import (
    LOOKED_AT,
    Column,
    Heading,
    ReadsHeading,
    Vocabulary,
    grouped_heading,
)
from surveys.xlsform.sheets import letters

LIKELY = 0.8
"""The least share of the cells of a column that must be of a kind, for the column to be of it."""
DEEPEST = 300
"""Rows among which the first cells of a column are looked for."""
SHOWN = 3
"""First cells of a column that are shown with it."""


@dataclass(frozen=True)
class Fields:
    """The fields of a kind of list: their headings, and what at least must be there.

    One of the groups of `needed` is enough. `words` says in a question what a field is, `is_place`
    whether a cell is a country, `adjust` corrects what headings alone leave open. `reads` reads a row
    as a heading where words are not enough. Files of one `scope` have the same shapes.
    """

    kind: str
    headings: Vocabulary
    needed: Sequence[Sequence[str]]
    words: Mapping[str, str]
    is_place: Callable[[str], bool] = lambda _: False
    adjust: Callable[[Sheet, Heading], Heading] = lambda _, heading: heading
    reads: ReadsHeading | None = None
    scope: str = ""

    def heading(self, number: int, row: Sequence[Cell], above: Sequence[Cell] = ()) -> Heading:
        """Return a row as a heading, below one that may group its columns."""
        if self.reads is not None:
            return self.reads(number, row, above)
        return grouped_heading(self.headings, number, row, above)

    def said(self, name: str) -> str:
        """Return a field in words."""
        return self.words.get(name, name.replace("_", " "))

    def has(self, columns: Iterable[str]) -> bool:
        """Return whether columns are enough to read a list."""
        there = set(columns)
        return any(set(group) <= there for group in self.needed)

    def kind_of(self, cell: Cell) -> str:
        """Return what a cell is that no heading is: email, number, administration; else ''."""
        text = cell.text
        if not text:
            return ""
        if "@" in text and is_email(text):
            return "email"
        if cell.day or cell.number is not None or len(re.sub(r"\D", "", text)) > len(text) / 2:
            return "number"
        return "administration" if self.is_place(text) else ""

    def is_data(self, row: Iterable[Cell]) -> bool:
        """Return whether a row has a value that no heading has."""
        return any(map(self.kind_of, row))

    def share(self, sheet: Sheet, heading: Heading, column: Column, kind: str) -> float:
        """Return which share of the first cells of a column is of a kind."""
        cells = list(cells_below(sheet, heading, column))
        return sum(self.kind_of(cell) == kind for cell in cells) / len(cells) if cells else 0


def texts_of(row: Iterable[Cell]) -> list[str]:
    """Return the different texts of a row in their order; merged cells repeat theirs."""
    return list(dict.fromkeys(cell.text for cell in row if cell.text))


def width_of(row: Sequence[Cell]) -> int:
    """Return the number of the last column of a row that is filled."""
    return max((at for at, cell in enumerate(row, 1) if cell.text), default=0)


def cells_below(
    sheet: Sheet, heading: Heading, column: Column, most: int = LOOKED_AT
) -> Iterator[Cell]:
    """Yield the first filled cells of a column, without lines that hold one text only."""
    first = sheet.rows[heading.row : heading.row + DEEPEST]
    rows = (row for row in first if len(texts_of(row)) > 1)
    found = (row[column.number - 1] for row in rows if column.number <= len(row))
    for cell, _ in zip((one for one in found if one.text), range(most), strict=False):
        yield cell


def first_cells(sheet: Sheet, heading: Heading, column: Column) -> list[str]:
    """Return the first different texts of a column."""
    return texts_of(cells_below(sheet, heading, column))[:SHOWN]


def columns_in(heading: Heading) -> list[Column]:
    """Return all columns of a heading, from the left."""
    twice = [other for _, other in heading.twice]
    columns = {one.number: one for one in (*heading.columns.values(), *heading.unread, *twice)}
    return [columns[number] for number in sorted(columns)]


def column_name(column: Column) -> str:
    """Return the letters of a column with its heading."""
    name = letters(column.number)
    return f"{name} '{column.heading}'" if column.heading else name
