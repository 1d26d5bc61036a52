"""Workbooks that are neither .xlsx nor .xls: .xlsb and .ods.

The library tells nothing of hidden or struck-out rows, so the other two kinds have readers that do.
"""

import io
from typing import Any

from bot.importing.tables.binary_extents import refuse_far_cells
from bot.importing.tables.cells import EMPTY, Book, Cell, Sheet
from bot.importing.tables.texts import MOST_CELLS, MOST_ROWS
from bot.importing.tables.workbooks import Area, below, cell_of, fill, trimmed
from surveys.xlsform.extents import DIVIDE
from surveys.xlsform.sheets import MOST_COLUMNS, Unreadable

UNSEEN = (
    "Hidden and struck-out rows of such a file cannot be seen. If it has some, save it as .xlsx."
)


def read_other(content: bytes) -> Book:
    """Return the sheets of a workbook that the library knows."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    refuse_far_cells(content)
    cells = 0
    sheets = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for about in book.sheets_metadata:
            sheet = book.get_sheet_by_name(about.name)
            cells += sheet.total_height * sheet.total_width
            _refuse_large(sheet, cells)
            hidden = about.visible is not SheetVisibleEnum.Visible
            under = below(merged_in(sheet), sheet.total_height)
            sheets.append(Sheet(about.name, rows_of(sheet), hidden, below=under))
    except CalamineError as error:
        raise ValueError(error) from error
    return Book(tuple(sheets), warning=UNSEEN)


def _refuse_large(sheet: Any, cells: int) -> None:
    for has, most, what in (
        (sheet.total_height, MOST_ROWS, "rows"),
        (sheet.total_width, MOST_COLUMNS, "columns"),
        (cells, MOST_CELLS, "cells"),
    ):
        if has > most:
            message = f"The sheet '{sheet.name}' has more than {most:,} {what}."
            raise Unreadable(message, DIVIDE)


def rows_of(sheet: Any) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of a sheet of the library, each merged one with what the first holds."""
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for merged in merged_in(sheet):
        fill(rows, merged)
    return trimmed(rows)


def merged_in(sheet: Any) -> list[Area]:
    """Return the merged cells of a sheet of the library."""
    return [
        (top, bottom + 1, left, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]


def _cell(value: object) -> Cell:
    return EMPTY if value == "" else cell_of(value)
