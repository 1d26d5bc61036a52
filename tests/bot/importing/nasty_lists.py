"""Lists as the field writes them, made anew for each test. Persons and addresses are invented."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[Any]]
BLOCKS: Rows = [
    ["Regional Workshop on Risk Management"],
    ["Suva, Fiji, 4 to 8 December 2017"],
    ["LIST OF PARTICIPANTS"],
    ["No.", "Name and Title", "Organisation", "E-mail / Phone"],
    ["TONGA (2)"],
    [1, "Mr. Semisi NAMOONA\nJoint Officer", "", "semisi@example.org / +676 20 001"],
    [2, "Ms. Ana Vea\nInspector", "", "ana@example.org"],
    ["Delegation of Samoa"],
    ["Ministry of Customs and Revenue"],
    [1, "Dr. Hari Leota\nDirector", "", "hari@example.org\n+685 20 0002"],
    ["TIMOR-LESTE"],
    [1, "Rev. K. Soares, Deputy Director", "", "ksoares@example.org"],
    ["Total: 4 participants"],
    ["Prepared by:", "Ema Lee"],
    ["", "Training Officer"],
]
"""Titles, countries and an office over merged cells, compound cells, a total, a signature."""


def sheet(rows: Rows, change: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook with one sheet."""
    return workbook({"Participants": rows}, change)


def workbook(sheets: dict[str, Rows], change: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook; `change` does something to its last sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in rows:
            made.append(list(row))
    if change:
        change(book.worksheets[-1])
    return saved(book)


def saved(made: Any) -> bytes:
    """The bytes of a workbook or a document."""
    with io.BytesIO() as file:
        made.save(file)
        return file.getvalue()


def merged_lines(made: Worksheet) -> None:
    """Merge each line of one text over the whole width."""
    for number, row in enumerate([*made.iter_rows()], 1):
        filled = [cell for cell in row if cell.value not in (None, "")]
        if len(filled) == 1 and filled[0].column == 1:
            made.merge_cells(start_row=number, end_row=number, start_column=1, end_column=4)


def country_blocks() -> bytes:
    """A list with a line for each country."""
    return sheet(BLOCKS, change=merged_lines)


def hidden_and_struck(made: Worksheet) -> None:
    """Hide the third row and strike out the fourth."""
    made.row_dimensions[3].hidden = True
    for cell in made[4]:
        cell.font = Font(strike=True)


def document(parts: Sequence[str | Rows]) -> bytes:
    """A Word document of paragraphs and tables."""
    made = Document()
    for part in parts:
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        table = made.add_table(len(part), len(part[0]))
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return saved(made)
