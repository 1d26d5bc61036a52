"""Tables before they become files: headings and typed cells. Knows no file format.

The type of a cell decides how it is written: `str` is always text (also "0042" and "=1+1"), int and
Decimal are numbers, datetime (aware UTC) is an instant, None is empty.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from analysis.printable import cleaned

Cell = str | int | Decimal | datetime | date | None
Row = tuple[Cell, ...]

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Table:
    """Rows under headings. `name` is a short safe name, `title` a full one for people."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def without(self, columns: Collection[str]) -> "Table":
        """The same table with some columns left out."""
        kept = [place for place, name in enumerate(self.columns) if name not in columns]
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return replace(self, columns=tuple(self.columns[place] for place in kept), rows=rows)

    def records(self) -> Iterator[dict[str, Cell]]:
        """The rows by heading."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


def cleaned_table(table: Table) -> tuple[Table, int]:
    """The table with clean texts, and how many characters were removed."""
    rows = tuple(
        tuple(
            cleaned(cell) if type(cell) is str else cell for cell in row
        )  # missing marks stay as they are
        for row in table.rows
    )
    columns = tuple(cleaned(heading) for heading in table.columns)
    before = _characters((table.columns, *table.rows))
    removed = before - _characters((columns, *rows))
    return replace(table, title=cleaned(table.title), columns=columns, rows=rows), removed


def _characters(rows: tuple[Row, ...]) -> int:
    return sum(len(cell) for row in rows for cell in row if isinstance(cell, str))


def number(text: str) -> Decimal | str:
    """Return a stored decimal as a number that keeps its digits; any other text stays a text."""
    return Decimal(text) if _NUMBER.fullmatch(text) else text


def day(text: str) -> date | str:
    """Return a stored ISO day as a date; any other text stays a text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
