"""The figures of a report as long rows in CSV, for spreadsheets that read them from an address.

Nothing is counted: each value is the one that stands in the report.
"""

import csv
import io
from collections.abc import Iterator

from analysis.figures import Figure
from analysis.model import Report, Table
from surveys.formulas import escaped

HEADING = ("section", "table", "row", "column", "value")
Row = tuple[str, str, str, str, str | int]


def report_csv(report: Report) -> bytes:
    """Return UTF-8 CSV with one value in each row; what a spreadsheet would run is escaped."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(HEADING)
    for row in _rows(report):
        writer.writerow(escaped(cell) if isinstance(cell, str) else cell for cell in row)
    return made.getvalue().encode()


def _rows(report: Report) -> Iterator[Row]:
    yield from _figures("", report.headlines)
    for section in report.sections:
        yield from _figures(section.key, section.figures)
        for table in section.tables:
            yield from _cells(section.key, table)


def _figures(section: str, figures: tuple[Figure, ...]) -> Iterator[Row]:
    for one in figures:
        yield section, "", one.label, "", one.text


def _cells(section: str, table: Table) -> Iterator[Row]:
    for label, *cells in table.rows:
        for column, cell in zip(table.columns[1:], cells, strict=True):
            yield section, table.key, str(label), column, cell
