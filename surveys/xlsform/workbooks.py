"""Read the cells of Excel workbooks, new (.xlsx) and old (.xls), as the texts that people see.

A formula counts as its stored result. Knows no meaning of sheets and columns.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from surveys.xlsform.extents import Most, extents
from surveys.xlsform.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Chosen,
    Sheet,
    Unreadable,
    roles,
    tidy,
)

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

T = TypeVar("T")
MOST = Most(MOST_ROWS, MOST_COLUMNS, cells=150_000)
BROKEN = (
    *(ArithmeticError, AttributeError, AssertionError, EOFError, LookupError, NotImplementedError),
    *(OSError, RecursionError, RuntimeError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error, struct.error),
)
"""Exceptions that the libraries raise on damaged workbooks; they do not document them."""
NO_RESULT = "holds a formula without a stored result. Open the file in Excel and save it."
FAILED = "is the result of a formula that failed. Write the text itself."


def damaged(read: Callable[[bytes], T], content: bytes) -> T:
    """Return what is read, or raise one sentence in place of a library's error on a damaged workbook."""
    try:
        return read(content)
    except BROKEN:
        message = "The file is damaged, protected with a password, or not an Excel workbook."
        raise Unreadable(message, "Open it in Excel and save it as .xlsx.") from None


def read_xlsx(content: bytes, choose: Chosen = roles) -> Book:
    """Return the chosen sheets of a new workbook; read twice, for shown values and for formulas."""
    from openpyxl import load_workbook

    extents(content, MOST, lambda names: set(choose(names).values()))
    with io.BytesIO(content) as file:
        shown = load_workbook(file, read_only=True, data_only=True)
        written = load_workbook(file, read_only=True)
        names = {sheet.title: sheet for sheet in shown.worksheets}
        chosen = choose(names)
        sheets = {role: _worksheet(name, shown, written) for role, name in chosen.items()}
    return Book(tuple(names), sheets)


def _worksheet(name: str, shown: "Workbook", written: "Workbook") -> Sheet:
    broken: dict[tuple[int, int], str] = {}
    rows = []
    both = zip(_cells(shown[name]), _cells(written[name]), strict=False)
    for number, (values, formulas) in enumerate(both, start=1):
        for column, (value, formula) in enumerate(zip(values, formulas, strict=False), start=1):
            if value.data_type == "e":
                broken[number, column] = FAILED
            elif value.value is None and formula.data_type == "f":
                broken[number, column] = NO_RESULT
        rows.append(tuple(as_text(cell.value) for cell in values))
    return Sheet(name, _checked(name, rows), broken)


def _cells(sheet: "Worksheet") -> Iterator[tuple[Any, ...]]:
    """Return the cells of a sheet; the size that it states is often wrong and not used."""
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    return islice(sheet.iter_rows(max_col=MOST_COLUMNS), MOST_ROWS + 1)


def read_xls(content: bytes, choose: Chosen = roles) -> Book:
    """Return the chosen sheets of an old workbook."""
    import xlrd  # type: ignore[import-untyped]

    # The library prints warnings, which are not needed here.
    try:
        book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        raise ValueError(error) from error
    try:
        chosen = choose(book.sheet_names())
        sheets = {role: _old(book, book.sheet_by_name(name)) for role, name in chosen.items()}
    finally:
        book.release_resources()
    return Book(tuple(book.sheet_names()), sheets)


def _old(book: Any, sheet: Any) -> Sheet:
    import xlrd

    broken = {}
    rows = []
    for number in range(min(sheet.nrows, MOST_ROWS + 1)):
        row = []
        for column, cell in enumerate(sheet.row(number)[:MOST_COLUMNS]):
            value: object = cell.value
            if cell.ctype == xlrd.XL_CELL_ERROR:
                broken[number + 1, column + 1] = FAILED
                value = None
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                value = bool(cell.value)
            elif cell.ctype == xlrd.XL_CELL_DATE:
                value = xlrd.xldate_as_datetime(cell.value, book.datemode)
            row.append(as_text(value))
        rows.append(tuple(row))
    return Sheet(sheet.name, _checked(sheet.name, rows), broken)


def _checked(name: str, rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return the rows without blank ones at the end; there must not be too many."""
    checked = list(rows)
    while checked and not any(checked[-1]):
        checked.pop()
    if len(checked) > MOST_ROWS:
        message = f"The sheet '{name}' has more than {MOST_ROWS:,} rows."
        raise Unreadable(message, "Shorten the form.")
    return tuple(checked)


def as_text(value: object) -> str:
    """Return a value of a cell as an author sees it: 1.0 is 1, a day without time is an ISO day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return tidy(str(value))
