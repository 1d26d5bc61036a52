"""The tables of a bundle as an Excel workbook with an index in front.

Texts stay texts: no formulas, no links, no numbers made of "0042". What exceeds Excel's limits is cut
with a visible mark, counted, and named in the index; the CSV files hold everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from analysis.exports.cutting import in_units, shortened
from analysis.exports.tables import Row, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook

MOST_UNITS = 32_767
"""The longest text in a cell, in UTF-16 units."""
MOST_ROWS = 1_048_575
"""Rows below the headings."""
MOST_COLUMNS = 16_384
MARK = " […cut, the full text is in the CSV files]"
_SHEET_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_RESERVED = "history"
_INDEX = ("what", "name", "full title", "rows or cases", "note")


@dataclass(frozen=True)
class Lost:
    """What exceeds a sheet: texts that were cut, and rows and columns left out."""

    texts: int
    rows: int
    columns: int

    @property
    def note(self) -> str:
        parts = [
            f"texts cut: {self.texts}" if self.texts else "",
            f"rows left out: {self.rows}" if self.rows else "",
            f"columns left out: {self.columns}" if self.columns else "",
        ]
        said = ", ".join(part for part in parts if part)
        return f"Too much for a sheet, {said}. The CSV files hold everything." if said else ""


def render(
    sheets: Mapping[str, Table], about: Sequence[Row], created: datetime
) -> tuple[bytes, dict[str, Lost]]:
    """Return a workbook of the tables under their sheet names, and what each sheet could not hold.

    `about` are further rows of the index: what, name, full title, cases, note.
    """
    from xlsxwriter import Workbook

    named = dict(zip(sheet_names(sheets), sheets.values(), strict=True))
    lost = {name: _lost(table) for name, table in named.items()}
    listed = tuple(
        ("sheet", name, table.title, len(table.rows), lost[name].note)
        for name, table in named.items()
    )
    made = BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": True,  # rows are written in order, so none is kept in memory
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(made, options) as book:
        naive = created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": "Export", "created": naive})
        _write(book, "Index", Table("index", "", _INDEX, (*listed, *about)))
        for name, table in named.items():
            _write(book, name, table)
    return made.getvalue(), lost


def sheet_names(titles: Sequence[str] | Mapping[str, Table]) -> list[str]:
    """Return a legal, unique sheet name for each title; also for long, empty and forbidden ones."""
    names: list[str] = []
    taken = {"index", _RESERVED}
    for place, title in enumerate(titles, 1):
        plain = title.translate(_FORBIDDEN).strip().strip("'") or f"Sheet {place}"
        name = shortened(plain, _SHEET_NAME, in_units)
        number = 1
        while name.casefold() in taken:
            number += 1
            end = f" {number}"
            name = shortened(plain, _SHEET_NAME - len(end), in_units) + end
        taken.add(name.casefold())
        names.append(name)
    return names


def _lost(table: Table) -> Lost:
    rows = table.rows[:MOST_ROWS]
    texts = sum(
        1
        for row in (table.columns, *rows)
        for cell in row[:MOST_COLUMNS]
        if isinstance(cell, str) and _may_be_long(cell) and in_units(cell) > MOST_UNITS
    )
    too_wide = max(0, len(table.columns) - MOST_COLUMNS)
    return Lost(texts, len(table.rows) - len(rows), too_wide)


def _write(book: Workbook, name: str, table: Table) -> None:
    sheet: Any = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, min(len(table.columns), MOST_COLUMNS) - 1, 16)
    bold = book.add_format({"bold": True, "bottom": 1})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, heading in enumerate(table.columns[:MOST_COLUMNS]):
        _text(sheet, 0, place, heading, bold)
    for number, row in enumerate(table.rows[:MOST_ROWS], 1):
        for place, cell in enumerate(row[:MOST_COLUMNS]):
            if isinstance(cell, str):
                _text(sheet, number, place, cell)
            elif isinstance(cell, date):
                look = moment if isinstance(cell, datetime) else day
                sheet.write_datetime(number, place, _naive(cell), look)
            elif cell is not None:
                sheet.write_number(number, place, _number(cell))


def _text(sheet: Any, row: int, column: int, text: str, look: Any = None) -> None:
    if text:
        # Excel has one character for a new line; a carriage return shows as _x000D_.
        plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        short = shortened(plain, MOST_UNITS, in_units, MARK) if _may_be_long(plain) else plain
        sheet.write_string(row, column, short, look)


def _may_be_long(text: str) -> bool:
    """Return whether a text needs measuring: half the limit in characters is never too long."""
    return len(text) > MOST_UNITS // 2


def _naive(cell: date) -> date:
    """Return moments in UTC without a time zone, which Excel does not support."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).replace(tzinfo=None)
    return cell


def _number(cell: int | Decimal) -> float | int:
    return float(cell) if isinstance(cell, Decimal) else cell
