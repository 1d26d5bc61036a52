"""The workbook of an author with the cells to correct coloured and commented."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from surveys.problems import Problem
from surveys.xlsform.books import ZIP, read_book
from surveys.xlsform.extents import extents
from surveys.xlsform.sheets import (
    CONTROL,
    SURVEY,
    Sheet,
    letters,
    one_line,
    read_place,
)
from surveys.xlsform.workbooks import MOST, damaged

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
"""The colours of Excel's own styles for bad and neutral cells."""
BY = "follow-up"
WIDTH, HEIGHT = 420, 140


def marked_workbook(content: bytes, problems: Iterable[Problem], file_name: str = "") -> bytes:
    """Return an .xlsx with the cells of problems coloured and commented: red errors, yellow warnings.

    A new workbook keeps all its sheets; of other files the sheets of the form are copied. Raises
    Unreadable for a file that cannot be read; problems without a row are left out.
    """
    if content.startswith(ZIP):
        book = damaged(_loaded, content)
        sheets = {name: cast("Worksheet", book[name]) for name in book.sheetnames}
    else:
        book, sheets = _copied(content, file_name)
    for (name, row, column), found in _by_cell(problems).items():
        if name in sheets:
            _mark(sheets[name], row, column, found)
    return saved(book)


def _loaded(content: bytes) -> "Workbook":
    from openpyxl import load_workbook

    extents(content, MOST)  # all sheets are copied here
    with io.BytesIO(content) as file:
        return load_workbook(file)


def saved(book: "Workbook") -> bytes:
    """Return the bytes of a workbook."""
    with io.BytesIO() as file:
        book.save(file)
        return file.getvalue()


def write_text(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """Write a text into a cell as a text: one that begins with = is no formula."""
    cell = sheet.cell(row, column, CONTROL.sub("", text) or None)
    if cell.value is not None:
        cell.data_type = "s"


def _copied(content: bytes, file_name: str) -> tuple["Workbook", dict[str, "Worksheet"]]:
    """Return a new workbook with the sheets of the form, and these by their names in the file."""
    from openpyxl import Workbook

    book = Workbook()
    book.worksheets[0].title = SURVEY
    sheets = {}
    for role, sheet in read_book(content, file_name).sheets.items():
        sheets[sheet.name] = book[role] if role in book else book.create_sheet(role)
        _copy(sheet, sheets[sheet.name])
    return book, sheets


def _copy(sheet: Sheet, target: "Worksheet") -> None:
    for number, cells in enumerate(sheet.rows, start=1):
        for column, text in enumerate(cells, start=1):
            write_text(target, number, column, text)


def _by_cell(problems: Iterable[Problem]) -> dict[tuple[str, int, str], list[Problem]]:
    cells: dict[tuple[str, int, str], list[Problem]] = {}
    for problem in problems:
        found = read_place(problem.place)
        if found:
            cells.setdefault(found, []).append(problem)
    return cells


def _mark(sheet: "Worksheet", row: int, column: str, problems: list[Problem]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    # Of merged cells only the first can be written.
    address = f"{letters(_number(sheet, row, column))}{row}"
    merged = next((area for area in sheet.merged_cells.ranges if address in area), None)
    cell = sheet[merged.start_cell.coordinate if merged else address]
    lines = [_line(problem) for problem in problems]
    if cell.comment:
        lines.insert(0, cell.comment.text)
    failed = any(problem.severity == "error" for problem in problems)
    cell.fill = PatternFill("solid", fgColor=RED if failed else YELLOW)
    cell.comment = Comment("\n\n".join(lines), BY, HEIGHT, WIDTH)


def _number(sheet: "Worksheet", row: int, column: str) -> int:
    """Return the column with a heading; for a problem of a whole row its first filled cell."""
    for cell in next(sheet.iter_rows(max_row=1), ()):
        if column and one_line(str(cell.value or "").replace("\u00a0", " ")) == column:
            return cell.column or 1
    filled = [cell.column for cell in sheet[row] if cell.value is not None]
    return int(min(filled, default=1))


def _line(problem: Problem) -> str:
    value = f"'{one_line(problem.value)}' " if problem.value else ""
    return f"{value}{problem.message} {problem.fix}".strip()
