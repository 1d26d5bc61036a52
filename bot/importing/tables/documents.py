"""Word documents as one sheet: the rows of their tables, and each text between them as a row.

A text between tables often says whose table comes next, such as a country.
"""

import io
from typing import TYPE_CHECKING, Any

from bot.importing.tables.cells import Book, Cell, Sheet, text_cell
from bot.importing.tables.texts import MOST_CELLS, MOST_ROWS
from bot.importing.tables.workbooks import trimmed
from surveys.xlsform.extents import DIVIDE
from surveys.xlsform.sheets import MOST_COLUMNS, Unreadable

if TYPE_CHECKING:
    from docx.table import Table

SHEET = "document"


def read_docx(content: bytes) -> Book:
    """Return the tables of a .docx document. Raise Unreadable without any."""
    from docx import Document
    from docx.table import Table

    document = Document(io.BytesIO(content))
    if not document.tables:
        raise Unreadable("The document has no table.", "Put the people into a table.")
    rows: list[list[Cell]] = []
    for part in document.iter_inner_content():
        rows += _rows(part) if isinstance(part, Table) else [[text_cell(part.text)]]
        _refuse_large(rows)
    return Book((Sheet(SHEET, trimmed([row for row in rows if any(one.text for one in row)])),))


def _rows(table: "Table") -> list[list[Cell]]:
    return [[text_cell(cell.text) for cell in _cells(row)] for row in table.rows]


def _cells(row: Any) -> list[Any]:
    cells = list(row.cells)
    if len(cells) > MOST_COLUMNS:
        raise Unreadable(f"A table has more than {MOST_COLUMNS} columns.", DIVIDE)
    return cells


def _refuse_large(rows: list[list[Cell]]) -> None:
    if len(rows) > MOST_ROWS or sum(map(len, rows)) > MOST_CELLS:
        message = f"The document has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells."
        raise Unreadable(message, DIVIDE)
