"""One sheet of a workbook, written from top to bottom: lines, cells, and tables of Excel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from analysis.model import Cell, Report
from surveys.bidi import right_to_left

if TYPE_CHECKING:
    from xlsxwriter import Workbook

STYLE = "Table Style Light 1"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
FIRST, OTHERS = 42, 18
"""Widths of the first column and of the others, in letters."""
LINE = 15
"""The height of one line of text, in points."""
LONGEST_NAME = 31
"""The longest name of a sheet that Excel opens."""

Value = Cell | float | None
"""What stands in a cell: a count, a share, a text or nothing."""


class Sheet:
    """A new sheet of a workbook; `row` is where the next line goes."""

    def __init__(self, book: Workbook, name: str, report: Report) -> None:
        self.sheet: Any = book.add_worksheet(name[:LONGEST_NAME])
        if right_to_left(report.language):
            self.sheet.right_to_left()
        self.bold = book.add_format({"bold": True, "font_size": 12})
        self._heads = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._percent = book.add_format({"num_format": "0%"})
        self.book: Any = book
        self.row = 0
        if report.mark:
            self.sheet.set_header("&R&B" + report.mark.replace("&", "&&"))
        # In an Excel footer "&" begins a command, and 255 characters are the limit.
        self.sheet.set_footer("&L" + report.footer.replace("&", "&&")[:200])
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_column(0, 0, FIRST)
        self.sheet.set_column(1, 8, OTHERS)

    def table(self, key: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        """Write rows as a table of Excel, which can be sorted and filtered."""
        if not rows:
            # A table of Excel has at least one row.
            self.cells(tuple(columns), self._heads)
            return
        heads = _distinct(columns)
        first, last = self.row, self.row + len(rows)
        told = [{"header": head, "header_format": self._heads} for head in heads]
        about = {"name": _name(key), "style": STYLE, "columns": told}
        self.sheet.add_table(first, 0, last, len(heads) - 1, about)
        self._heighten(heads)
        self.row += 1
        for row in rows:
            self.cells(tuple(row))

    def line(self, text: str, look: Any = None) -> None:
        """Write a text on a line of its own."""
        self.sheet.write_string(self.row, 0, text, look)
        self.row += 1

    def cells(self, cells: Sequence[Value], look: Any = None) -> None:
        """Write a row."""
        self._heighten(cells)
        for column, cell in enumerate(cells):
            self._cell(column, cell, look)
        self.row += 1

    def _heighten(self, cells: Sequence[Value]) -> None:
        """Make a row as high as its longest text; not every program does that by itself."""
        lines = max((_lines(str(cell), column) for column, cell in enumerate(cells)), default=1)
        if lines > 1:
            self.sheet.set_row(self.row, LINE * lines)

    def _cell(self, column: int, cell: Value, look: Any) -> None:
        """Write a number, a share, a day or a text as what it is; nothing where there is none."""
        if isinstance(cell, float):
            self.sheet.write_number(self.row, column, cell, self._percent)
        elif isinstance(cell, int):
            self.sheet.write_number(self.row, column, cell, look)
        elif isinstance(cell, str) and DAY.fullmatch(cell):
            day = datetime.fromisoformat(cell)
            self.sheet.write_datetime(self.row, column, day, self.day)
        elif cell is not None:
            self.sheet.write_string(self.row, column, cell, look or self._text)


def _distinct(columns: Sequence[str]) -> list[str]:
    """Return heads of columns that differ, as tables of Excel need them; a second one gets a number."""
    found: list[str] = []
    for column in columns:
        name, number = column or "–", 2
        while name.lower() in {one.lower() for one in found}:
            name, number = f"{column} ({number})", number + 1
        found.append(name)
    return found


def _name(key: str) -> str:
    """Return the name of a table, as formulas use it: letters, digits and underscores."""
    return "t_" + re.sub(r"[^A-Za-z0-9_]", "_", key)


def _lines(text: str, column: int) -> int:
    """Return how many lines a text takes in a column at most; wide characters count twice."""
    signs = len(text) + sum(east_asian_width(sign) in "WF" for sign in text)
    return ceil(signs / (FIRST if column == 0 else OTHERS))
