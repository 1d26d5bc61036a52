"""The report as an Excel workbook: one sheet for the headlines, one for each section."""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from analysis.formats.office_files import without_traces
from analysis.model import Cell, Report, Section, Table
from surveys.bidi import right_to_left

if TYPE_CHECKING:
    from xlsxwriter import Workbook

NAMES = {"questionnaires": "Codebook"}
"""Names of sheets that differ from the key of their section."""

BARS = {"bars": 0, "grouped": 1}
"""The column with the labels of each kind of bar chart; the counts are in the next one."""

ROWS_OF_A_CHART = 15
"""Rows of a sheet that a chart covers at its usual height."""

FIRST, OTHERS = 42, 18
"""Widths of the first column and of the others, in letters."""

LINE = 15
"""The height of one line of text, in points."""

LONGEST = 255
"""The longest property of a file."""

_SHEET_NAME = 31
"""The longest sheet name Excel opens."""


def render(report: Report) -> bytes:
    """Return a workbook with texts as texts (never formulas or links) and counts as numbers."""
    from xlsxwriter import Workbook

    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(made, options) as book:
        # A fixed date in the file: the same report gives the same bytes.
        created = report.cut_off.astimezone(UTC).replace(tzinfo=None)
        told = {"title": report.title, "subject": report.subtitle, "author": report.office}
        book.set_properties(
            {name: text[:LONGEST] for name, text in told.items()} | {"created": created}
        )
        _Sheet(book, "Summary", report).first(report)
        for section in report.sections:
            name = NAMES.get(section.key, section.key)
            _Sheet(book, name, report).section(section)
    return without_traces(made.getvalue())


class _Sheet:
    """One sheet, written from top to bottom."""

    def __init__(self, book: Workbook, name: str, report: Report) -> None:
        self._sheet: Any = book.add_worksheet(name[:_SHEET_NAME])
        if right_to_left(report.language):
            self._sheet.right_to_left()
        self._heading = book.add_format({"bold": True, "font_size": 12})
        self._columns = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._book: Any = book
        self._row = 0
        if report.mark:
            self._sheet.set_header("&R&B" + report.mark.replace("&", "&&"))
        # In an Excel footer "&" begins a command, and 255 characters are the limit.
        self._sheet.set_footer("&L" + report.footer.replace("&", "&&")[:200])
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_column(0, 0, FIRST)
        self._sheet.set_column(1, 8, OTHERS)

    def first(self, report: Report) -> None:
        """Write title, three sentences, six figures and how to read it."""
        self._line(report.title, self._heading)
        if report.mark:
            self._line(report.mark, self._heading)
        for text in (report.subtitle, report.written, report.notice, *report.in_short):
            if text:
                self._line(text)
        self._row += 1
        for figure in report.headlines:
            self._cells((figure.label, figure.text, figure.note))
        self._row += 1
        for text in (*report.method, report.footer):
            self._line(text)

    def section(self, section: Section) -> None:
        """Write figures, tables and notes of one section."""
        self._line(section.heading, self._heading)
        for figure in section.figures:
            self._cells((figure.label, figure.text, figure.note))
        for table in section.filled_tables:
            self._row += 1
            first = self._table(table)
            if table.chart == "stages":
                self._chart(table, first)
            elif table.chart in BARS and any(isinstance(c, int) for r in table.rows for c in r):
                self._bars(table, first)
        self._row += 1
        for note in section.notes:
            self._line(note)

    def _table(self, table: Table) -> int:
        """Write a table and return the row of its column headings."""
        self._line(table.heading, self._heading)
        headings = self._row
        self._cells(table.columns, self._columns)
        for row in table.rows:
            self._cells(row)
        if table.note:
            self._line(table.note)
        return headings

    def _chart(self, table: Table, headings: int) -> None:
        """Add a native bar chart of the stages, one bar for each, split by evidence."""
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        name, first, last = self._sheet.get_name(), headings + 1, headings + len(table.rows)
        for column in range(2, len(table.columns)):
            chart.add_series(
                {
                    "name": [name, headings, column],
                    "categories": [name, first, 0, last, 0],
                    "values": [name, first, column, last, column],
                }
            )
        chart.set_title({"name": table.heading})
        chart.set_y_axis({"major_gridlines": {"visible": False}, "num_format": "0"})
        self._sheet.insert_chart(headings, len(table.columns) + 1, chart)

    def _bars(self, table: Table, headings: int) -> None:
        """Add a native bar chart of the counts, in the order of the rows."""
        chart = self._book.add_chart({"type": "bar"})
        name, first, last = self._sheet.get_name(), headings + 1, headings + len(table.rows)
        labels = BARS[table.chart]
        series = {
            "categories": [name, first, labels, last, labels],
            "values": [name, first, labels + 1, last, labels + 1],
            "data_labels": {
                "value": True,
                "custom": [_label(row[labels + 1]) for row in table.rows],
            },
        }
        chart.add_series(series)
        chart.set_title({"name": table.heading, "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        whole = {"min": 0, "max": table.base} if table.base else {}
        chart.set_x_axis({"major_gridlines": {"visible": False}, "num_format": "0"} | whole)
        self._sheet.insert_chart(headings, len(table.columns) + 1, chart)
        # The next table begins below the chart.
        self._row = max(self._row, headings + ROWS_OF_A_CHART)

    def _line(self, text: str, look: Any = None) -> None:
        self._sheet.write_string(self._row, 0, text, look)
        self._row += 1

    def _cells(self, cells: tuple[Cell, ...], look: Any = None) -> None:
        # Not every program adapts the height of a row to a text of several lines.
        lines = max((_lines(str(cell), column) for column, cell in enumerate(cells)), default=1)
        if lines > 1:
            self._sheet.set_row(self._row, LINE * lines)
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self._sheet.write_number(self._row, column, cell, look)
            else:
                self._sheet.write_string(self._row, column, cell, look or self._text)
        self._row += 1


def _label(cell: Cell) -> dict[str, str] | None:
    """Return the label of a bar: its number, or why there is none. A text would be drawn as 0."""
    return None if isinstance(cell, int) else {"value": cell}


def _lines(text: str, column: int) -> int:
    """Return how many lines a text takes in a column at most; wide characters count twice."""
    signs = len(text) + sum(east_asian_width(sign) in "WF" for sign in text)
    return ceil(signs / (FIRST if column == 0 else OTHERS))
