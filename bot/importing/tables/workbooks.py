"""Workbooks (.xlsx, .xlsm, .xls) as sheets of cells, with stored results of formulas and merged cells.

A number is a day only if the workbook formats it so.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.importing.tables.cells import EMPTY, Book, Cell, Sheet, text_cell
from bot.importing.tables.codes import shown_number
from bot.importing.tables.texts import MOST_CELLS, MOST_ROWS
from surveys.xlsform.extents import DIVIDE, Extent
from surveys.xlsform.sheets import Unreadable
from surveys.xlsform.workbooks import FAILED, NO_RESULT, as_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How workbooks write a sign that XML has not, such as the first half of a line break of Windows."""
Area = tuple[int, int, int, int]
"""Merged cells: the first row and the one after the last, the same of columns, from 0."""


def read_xlsx(content: bytes, reach: Mapping[str, Extent]) -> Book:
    """Return the sheets of an .xlsx workbook, which reach so far."""
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    with io.BytesIO(content) as file:
        shown = load_workbook(file, data_only=True)
        written = load_workbook(file) if _has_formulas(content) else None
    return Book(
        tuple(
            Sheet(
                sheet.title,
                _rows(
                    sheet,
                    written[sheet.title] if written else None,
                    reach.get(sheet.title, Extent()),
                ),
                sheet.sheet_state != "visible",
                shown.epoch == CALENDAR_MAC_1904,
                frozenset(number for number, one in sheet.row_dimensions.items() if one.hidden),
                _struck(sheet, reach.get(sheet.title, Extent())),
                below(
                    map(_area, sheet.merged_cells.ranges), reach.get(sheet.title, Extent()).rows
                ),
            )
            for sheet in shown.worksheets
        )
    )


def _struck(sheet: "Worksheet", reach: Extent) -> frozenset[int]:
    """Return the rows of which everything that is written is struck out."""
    if not reach.rows:
        return frozenset()
    rows = enumerate(sheet.iter_rows(max_row=reach.rows, max_col=reach.columns), 1)
    filled = ((number, (cell for cell in row if cell.value is not None)) for number, row in rows)
    return frozenset(
        number
        for number, cells in filled
        if (first := next(cells, None)) is not None
        and all(one.has_style and one.font.strike for one in (first, *cells))
    )


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) for name in parts if name.endswith(".xml"))


def _rows(
    sheet: "Worksheet", written: "Worksheet | None", reach: Extent
) -> tuple[tuple[Cell, ...], ...]:
    if not reach.rows:
        return ()
    rows = [
        [_cell(cell, written) for cell in row]
        for row in sheet.iter_rows(max_row=reach.rows, max_col=reach.columns)
    ]
    for merged in sheet.merged_cells.ranges:
        fill(rows, _area(merged))
    return trimmed(rows)


def _area(merged: Any) -> Area:
    return merged.min_row - 1, merged.max_row, merged.min_col - 1, merged.max_col


def fill(rows: list[list[Cell]], merged: Area) -> None:
    """Give each of some merged cells what the first of them holds."""
    top, bottom, left, right = merged
    area = rows[top:bottom]
    first = area[0][left : left + 1] if area else []
    for row in area if first else []:
        row[left:right] = first * len(row[left:right])


def below(merged: Iterable[Area], rows: int) -> frozenset[tuple[int, int]]:
    """Return the row and column of each merged cell that goes on with the one above it."""
    return frozenset(
        (row + 1, column + 1)
        for top, bottom, left, right in merged
        for row in range(top + 1, min(bottom, rows))
        for column in range(left, right)
    )


def _cell(cell: Any, written: "Worksheet | None") -> Cell:
    value = cell.value
    if cell.data_type == "e":
        return Cell(broken=FAILED)
    if value is None:
        if written is not None and written.cell(cell.row, cell.column).data_type == "f":
            return Cell(broken=NO_RESULT)
        return EMPTY
    if isinstance(value, str) and "_x" in value:
        value = ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    link = cell.hyperlink.target or "" if cell.hyperlink else ""
    return cell_of(value, link, cell.number_format if isinstance(value, int | float) else "")


def cell_of(value: object, link: str = "", number_format: str = "") -> Cell:
    """Return a value of a workbook as a cell; whole numbers are written without .0.

    A number whose format shows leading zeros or letters is the text that it shows.
    """
    shown = text_cell(as_text(value))
    if shown.broken:
        return shown
    text = shown.text
    if isinstance(value, datetime):
        return Cell(text, day=value.date())
    if isinstance(value, date):
        return Cell(text, day=value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        as_shown = shown_number(value, number_format) if number_format else None
        return Cell(as_shown) if as_shown else Cell(text, number=float(value))
    return replace(shown, link=link) if link else shown


def read_xls(content: bytes) -> Book:
    """Return the sheets of an .xls workbook."""
    import xlrd  # type: ignore[import-untyped]

    # The library prints warnings into `logfile`.
    try:
        book = xlrd.open_workbook(
            file_contents=content, logfile=io.StringIO(), ragged_rows=True, formatting_info=True
        )
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        raise ValueError(error) from error
    _refuse_large(book)
    return Book(tuple(_old(book, sheet) for sheet in book.sheets()))


def _old(book: Any, sheet: Any) -> Sheet:
    rows = [[_old_cell(book, cell) for cell in sheet.row(number)] for number in range(sheet.nrows)]
    for merged in sheet.merged_cells:
        fill(rows, merged)
    hidden = frozenset(number + 1 for number, one in sheet.rowinfo_map.items() if one.hidden)
    formats = _struck_formats(book)
    struck = frozenset(
        number + 1 for number in range(sheet.nrows) if _is_struck(sheet.row(number), formats)
    )
    mac = bool(book.datemode)
    under = below(sheet.merged_cells, sheet.nrows)
    return Sheet(sheet.name, trimmed(rows), bool(sheet.visibility), mac, hidden, struck, under)


def _struck_formats(book: Any) -> set[int]:
    """Return the formats of cells that strike them out; the oldest workbooks know none."""
    struck = {at for at, font in enumerate(book.font_list) if font.struck_out}
    return {at for at, one in enumerate(book.xf_list) if one.font_index in struck}


def _is_struck(row: Any, formats: set[int]) -> bool:
    filled = [cell for cell in row if cell.value != ""]
    return bool(filled) and all(cell.xf_index in formats for cell in filled)


def _refuse_large(book: Any) -> None:
    """Raise Unreadable for sheets with too many rows or cells; .xls ends at 256 columns."""
    cells = 0
    for sheet in book.sheets():
        cells += sum(sheet.row_len(number) for number in range(sheet.nrows))
        if sheet.nrows > MOST_ROWS:
            message = f"The sheet '{sheet.name}' has more than {MOST_ROWS:,} rows."
            raise Unreadable(message, DIVIDE)
        if cells > MOST_CELLS:
            message = f"The sheet '{sheet.name}' has more than {MOST_CELLS:,} cells."
            raise Unreadable(message, DIVIDE)


def _old_cell(book: Any, cell: Any) -> Cell:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(broken=FAILED)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_of(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return cell_of(xlrd.xldate_as_datetime(cell.value, book.datemode))
    return cell_of(cell.value, number_format=_old_format(book, cell))


def _old_format(book: Any, cell: Any) -> str:
    """Return the number format of a cell; '' for a text, and in the oldest workbooks."""
    if not isinstance(cell.value, float) or cell.xf_index is None:
        return ""
    return str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str)


def trimmed(rows: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows without blank rows at the end."""
    while rows and not any(cell.text or cell.broken for cell in rows[-1]):
        rows.pop()
    return tuple(tuple(row) for row in rows)
