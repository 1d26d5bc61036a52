"""Tables in text files: the separator of the columns, and the records as rows.

A record may have line breaks; rows count records, as in a spreadsheet.
"""

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from bot.importing.tables.cells import Sheet, text_cell
from surveys.formulas import restored
from surveys.xlsform.sheets import MOST_COLUMNS, Unreadable

if TYPE_CHECKING:
    from _csv import Reader

SEPARATORS = "\t;,|"
SAMPLE = 200
MOST_ROWS = 20_000
MOST_CELLS = 200_000
"""Cells of all sheets of a file, in the rectangle that each sheet fills."""
END = "\x1e"
"""Stands in a row of its own behind the last one, and is inside it if a quotation mark is not closed."""
UNCLOSED = "Look for a quotation mark that is not closed."
HINT = re.compile(r"sep=(.)\s*")
"""The first line by which a file tells Excel its separator."""


def read_text(text: str) -> Sheet:
    """Return the sheet of a text file. Raise Unreadable if it is not a table or too long."""
    hint = HINT.fullmatch(text.splitlines()[0]) if text.strip() else None
    separator = hint[1] if hint else _separator(text)
    whole = text if text.endswith(("\n", "\r")) else f"{text}\n"
    reader = _records(f"{whole}{END}", separator)
    try:
        records = list(islice(reader, MOST_ROWS + 2))
    except csv.Error as error:
        message = f"The file cannot be read as CSV: line {reader.line_num}: {error}."
        raise Unreadable(message, UNCLOSED) from None
    if records[-1] == [END]:
        records.pop()
    elif len(records) <= MOST_ROWS:
        line = text[: text.rindex('"')].count("\n") + 1
        message = (
            f"A quotation mark in line {line:,} is not closed: the rows below it are one cell."
        )
        raise Unreadable(message, UNCLOSED)
    if len(records) > MOST_ROWS:
        message = f"The file has more than {MOST_ROWS:,} rows."
        raise Unreadable(message, "Divide it into several files.")
    if hint:
        records[0] = []
    _refuse_wide(records)
    rows = tuple(tuple(text_cell(restored(value)) for value in record) for record in records)
    return Sheet("", rows)


def _refuse_wide(records: list[list[str]]) -> None:
    """Raise Unreadable for a row with too many columns, or too many cells in all rows."""
    cells = 0
    for number, record in enumerate(records, 1):
        while record and not record[-1]:
            record.pop()
        cells += len(record)
        if len(record) > MOST_COLUMNS:
            message = (
                f"Row {number:,} has {len(record):,} columns; at most {MOST_COLUMNS} are read."
            )
            raise Unreadable(message, "Keep the columns of the list only.")
    if cells > MOST_CELLS:
        message = f"The file has {cells:,} cells; at most {MOST_CELLS:,} are read."
        raise Unreadable(message, "Divide it into several files.")


def _records(text: str, separator: str) -> "Reader":
    return csv.reader(io.StringIO(text, newline=None), delimiter=separator)


def _separator(text: str) -> str:
    """Return the separator that gives most rows the same number of columns; more columns are better."""

    def fit(separator: str) -> int:
        try:
            records = list(islice(_records(text, separator), SAMPLE))
        except csv.Error:
            return 0
        widths = Counter(len(record) for record in records if any(record))
        width, rows = max(widths.items(), key=lambda one: one[1] * (one[0] - 1), default=(1, 0))
        return rows * (width - 1)

    best = max(SEPARATORS, key=fit)
    return best if fit(best) else ","
