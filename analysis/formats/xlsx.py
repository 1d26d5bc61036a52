"""The report as an Excel workbook: what is in it, the headlines, each section, and all numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from typing import Any

from analysis.formats.office_files import LONGEST, without_traces
from analysis.formats.sheets import LONGEST_NAME, Sheet
from analysis.formats.tidy import PERCENT, is_gap, numbers_of, panels
from analysis.model import Report, Section, Table

NAMES = {"questionnaires": "Codebook"}
"""Names of sheets that differ from the key of their section."""
READ_ME, SUMMARY, NUMBERS = "Read me", "Summary", "Numbers"
"""The sheets that belong to no section."""
COLUMNS = ("section", "table", "row", "column", "number", "base", "share", "printed")
"""The columns of the sheet of all numbers, as keys of their words."""

BARS = {"bars": 0, "grouped": 1}
"""The column with the labels of each kind of bar chart; the counts are in the next one."""

ROWS_OF_A_CHART = 15
"""Rows of a sheet that a chart covers at its usual height."""


def render(report: Report) -> bytes:
    """Return a workbook with texts as texts (never formulas or links) and counts as numbers."""
    from xlsxwriter import Workbook

    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(made, options) as book:
        # A fixed date in the file: the same report gives the same bytes.
        created = report.cut_off.astimezone(UTC).replace(tzinfo=None)
        told = {"title": report.title, "subject": report.subtitle, "author": report.office}
        about = {name: text[:LONGEST] for name, text in told.items()}
        book.set_properties(about | {"keywords": report.mark, "created": created})
        named = [(NAMES.get(one.key, one.key)[:LONGEST_NAME], one) for one in report.sections]
        _read_me(Sheet(book, READ_ME, report), report, [(n, one.heading) for n, one in named])
        _summary(Sheet(book, SUMMARY, report), report)
        for name, section in named:
            _section(Sheet(book, name, report), section)
        _numbers(Sheet(book, NUMBERS, report), report)
    return without_traces(made.getvalue())


def _read_me(sheet: Sheet, report: Report, named: Sequence[tuple[str, str]]) -> None:
    """Write what this is, until when, what is on each sheet, and how to read it."""
    words = report.labels
    _title(sheet, report)
    sheet.line(report.subtitle)
    sheet.line(report.written)
    moment = report.cut_off.astimezone(UTC).replace(tzinfo=None)
    sheet.sheet.write_datetime(sheet.row, 0, moment, sheet.day)
    sheet.row += 2
    rows = ((SUMMARY, words["in_short"]), *named, (NUMBERS, words["all_numbers"]))
    sheet.table(READ_ME, (words["sheet"], words["contents"]), rows)
    sheet.row += 1
    for text in (words["gaps"], *report.method, report.footer):
        sheet.line(text)


def _title(sheet: Sheet, report: Report) -> None:
    sheet.line(report.title, sheet.bold)
    if report.mark:
        sheet.line(report.mark, sheet.bold)


def _summary(sheet: Sheet, report: Report) -> None:
    """Write title, three sentences, six figures and how to read it."""
    _title(sheet, report)
    for text in (report.subtitle, report.written, report.notice, *report.in_short):
        if text:
            sheet.line(text)
    sheet.row += 1
    for figure in report.headlines:
        sheet.cells((figure.label, figure.text, figure.note))
    sheet.row += 1
    for text in (*report.method, report.footer):
        sheet.line(text)


def _numbers(sheet: Sheet, report: Report) -> None:
    """Write all numbers, one in each row, with base and share as numbers too."""
    rows = [
        (n.section, n.table, n.row, n.column, n.number, n.base, n.percent, n.printed)
        for n in numbers_of(report)
    ]
    sheet.table(NUMBERS, tuple(report.labels[key] for key in COLUMNS), rows)
    sheet.sheet.freeze_panes(1, 0)


def _section(sheet: Sheet, section: Section) -> None:
    """Write figures, tables and notes of one section."""
    sheet.line(section.heading, sheet.bold)
    for figure in section.figures:
        sheet.cells((figure.label, figure.text, figure.note))
    for table in section.filled_tables:
        sheet.row += 1
        first = _table(sheet, section, table)
        if table.chart == "stages":
            _add_stages(sheet, table, first)
        elif table.chart == "multiples":
            _add_multiples(sheet, table, first)
        elif table.chart in BARS and any(isinstance(c, int) for r in table.rows for c in r):
            _add_bars(sheet, table, first)
    sheet.row += 1
    for note in section.notes:
        sheet.line(note)


def _table(sheet: Sheet, section: Section, table: Table) -> int:
    """Write a table and return the row of its column headings. What is hidden is no 0 in a chart."""
    sheet.line(table.heading, sheet.bold)
    headings = sheet.row
    rows = [
        tuple(None if is_gap(table, place, cell) else cell for place, cell in enumerate(row))
        for row in table.rows
    ]
    sheet.table(f"{section.key}_{table.key}", table.columns, rows)
    if table.note:
        sheet.line(table.note)
    return headings


def _add_stages(sheet: Sheet, table: Table, headings: int) -> None:
    """Add a native bar chart of the stages, one bar for each, split by evidence."""
    chart = sheet.book.add_chart({"type": "column", "subtype": "stacked"})
    name, first, last = sheet.sheet.get_name(), headings + 1, headings + len(table.rows)
    for column in range(2, len(table.columns)):
        chart.add_series(
            {
                "name": [name, headings, column],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
            }
        )
    chart.set_x_axis({"name": table.columns[0]})
    chart.set_y_axis(_counts(table.columns[1]))
    place = headings, len(table.columns) + 1
    _insert(sheet, chart, table.heading, place, table.finding)


def _add_bars(sheet: Sheet, table: Table, headings: int) -> None:
    """Add a native bar chart of the counts, in the order of the rows."""
    chart = sheet.book.add_chart({"type": "bar"})
    name, first, last = sheet.sheet.get_name(), headings + 1, headings + len(table.rows)
    labels = BARS[table.chart]
    series = {
        "categories": [name, first, labels, last, labels],
        "values": [name, first, labels + 1, last, labels + 1],
        "data_labels": {"value": True},
    }
    chart.add_series(series)
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "name": table.columns[labels]})
    whole = {"min": 0, "max": table.base} if table.base else {}
    chart.set_x_axis(_counts(table.columns[labels + 1]) | whole)
    place = headings, len(table.columns) + 1
    _insert(sheet, chart, table.heading, place, table.finding)
    # The next table begins below the chart.
    sheet.row = max(sheet.row, headings + ROWS_OF_A_CHART)


def _add_multiples(sheet: Sheet, table: Table, headings: int) -> None:
    """Add a native bar chart of the shares of each figure, two beside each other, all with one axis."""
    for number, (label, rows) in enumerate(panels(table)):
        chart = sheet.book.add_chart({"type": "bar"})
        name, first, last = sheet.sheet.get_name(), headings + 1 + rows[0], headings + rows[-1] + 1
        chart.add_series(
            {
                "categories": [name, first, 1, last, 1],
                "values": [name, first, PERCENT, last, PERCENT],
                "data_labels": {"value": True},
            }
        )
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "name": table.columns[1]})
        chart.set_x_axis(_counts(table.columns[PERCENT]) | {"min": 0, "max": 100})
        place = headings + number // 2 * ROWS_OF_A_CHART, len(table.columns) + 1 + number % 2 * 8
        _insert(sheet, chart, label, place, table.finding)
    sheet.row = max(sheet.row, headings + 3 * ROWS_OF_A_CHART)


def _counts(title: str) -> dict[str, Any]:
    """Return the look of an axis of counts."""
    return {"major_gridlines": {"visible": False}, "num_format": "0", "name": title}


def _insert(
    sheet: Sheet, chart: Any, title: str, place: tuple[int, int], finding: str = ""
) -> None:
    """Put a chart beside its table, with its title; what is hidden is a gap in it."""
    chart.set_title({"name": title, "name_font": {"size": 11}})
    chart.show_blanks_as("gap")
    sheet.sheet.insert_chart(*place, chart, {"description": finding or title})
