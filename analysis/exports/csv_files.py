"""CSV files after RFC 4180: UTF-8, commas, quotes where needed, lines that end with CR LF.

`marked` adds the byte order mark that Excel needs to read UTF-8. Unless `raw`, a text that a
spreadsheet would run as a formula gets an apostrophe in front; see `surveys.formulas`.
"""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

from analysis.exports.tables import Cell, Table
from surveys.formulas import escaped


def render(table: Table, marked: bool, raw: bool) -> bytes:
    """Return the table as a CSV file."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    for row in (table.columns, *table.rows):
        writer.writerow([_written(cell, raw) for cell in row])
    return made.getvalue().encode("utf-8-sig" if marked else "utf-8")


def _written(cell: Cell, raw: bool) -> str:
    if isinstance(cell, str):
        return str(cell) if raw else escaped(cell)
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, date):
        return cell.isoformat()
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
