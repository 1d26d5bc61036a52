"""Workbooks (.xlsx, .xls) as sheets of cells, with stored results of formulas and merged cells.

A number is a day only if the workbook formats it so.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.importing.tables.cells import EMPTY, Book, Cell, Sheet, clean
from bot.importing.tables.texts import MOST_ROWS
from surveys.xlsform.sheets import MOST_COLUMNS, Unreadable
from surveys.xlsform.workbooks import FAILED, NO_RESULT, as_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def read_xlsx(content: bytes) -> Book:
    """Return the sheets of an .xlsx workbook."""
    from openpyxl import load_workbook

    with io.BytesIO(content) as file:
        shown = load_workbook(file, data_only=True)
        written = load_workbook(file) if _has_formulas(content) else None
    return Book(
        tuple(
            Sheet(
                sheet.title,
                _rows(sheet, written[sheet.title] if written else None),
                sheet.sheet_state != "visible",
            )
            for sheet in shown.worksheets
        )
    )


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) for name in parts if name.endswith(".xml"))


def _rows(sheet: "Worksheet", written: "Worksheet | None") -> tuple[tuple[Cell, ...], ...]:
    height = sheet.max_row or 0
    rows = [
        [_cell(cell, written) for cell in row]
        for row in sheet.iter_rows(max_row=min(height, 2 * MOST_ROWS), max_col=_width(sheet))
    ]
    for merged in sheet.merged_cells.ranges:
        first = rows[merged.min_row - 1][merged.min_col - 1]
        for row, column in _places(merged, len(rows)):
            rows[row - 1][column - 1] = first
    return trimmed(sheet.title, rows)


def _width(sheet: "Worksheet") -> int:
    return min(sheet.max_column or 1, MOST_COLUMNS)


def _places(merged: Any, height: int) -> Iterator[tuple[int, int]]:
    for row in range(merged.min_row, min(merged.max_row, height) + 1):
        for column in range(merged.min_col, min(merged.max_col, MOST_COLUMNS) + 1):
            yield row, column


def _cell(cell: Any, written: "Worksheet | None") -> Cell:
    value = cell.value
    if cell.data_type == "e":
        return Cell(broken=FAILED)
    if value is None:
        if written is not None and written.cell(cell.row, cell.column).data_type == "f":
            return Cell(broken=NO_RESULT)
        return EMPTY
    link = cell.hyperlink.target or "" if cell.hyperlink else ""
    return cell_of(value, link)


def cell_of(value: object, link: str = "") -> Cell:
    """Return a value of a workbook as a cell; whole numbers are written without .0."""
    text = clean(as_text(value))
    if isinstance(value, datetime):
        return Cell(text, day=value.date())
    if isinstance(value, date):
        return Cell(text, day=value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell(text, number=float(value))
    return Cell(text, link=link) if text or link else EMPTY


def read_xls(content: bytes) -> Book:
    """Return the sheets of an .xls workbook."""
    import xlrd  # type: ignore[import-untyped]

    # The library prints warnings into `logfile`.
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        raise ValueError(error) from error
    return Book(tuple(_old(book, sheet) for sheet in book.sheets()))


def _old(book: Any, sheet: Any) -> Sheet:
    rows = [
        [_old_cell(book, cell) for cell in sheet.row(number)[:MOST_COLUMNS]]
        for number in range(min(sheet.nrows, 2 * MOST_ROWS))
    ]
    for top, bottom, left, right in sheet.merged_cells:
        for row in range(top, min(bottom, len(rows))):
            for column in range(left, min(right, len(rows[row]))):
                rows[row][column] = rows[top][left]
    return Sheet(sheet.name, trimmed(sheet.name, rows), bool(sheet.visibility))


def _old_cell(book: Any, cell: Any) -> Cell:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(broken=FAILED)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_of(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return cell_of(xlrd.xldate_as_datetime(cell.value, book.datemode))
    return cell_of(cell.value)


def trimmed(name: str, rows: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows without blank rows at the end. Raise Unreadable if there are too many."""
    while rows and not any(cell.text or cell.broken for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        message = f"The sheet '{name}' has more than {MOST_ROWS:,} rows."
        raise Unreadable(message, "Divide it into several files.")
    return tuple(tuple(row) for row in rows)
