"""The workbook for people who work on: tables of Excel, numbers as numbers, charts with gaps."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.formats import render
from analysis.formats.tidy import numbers_of
from analysis.model import Report, Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from analysis.reports.year import build_year
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import CUT_OFF
from tests.analysis.formats.office import faults
from tests.analysis.large import a_whole_year


@pytest.fixture(scope="module", params=["staff", "good_practice"])
def report(request: pytest.FixtureRequest) -> Report:
    return build(a_whole_year().connection, None, CUT_OFF, Wishes(request.param))


@pytest.fixture(scope="module")
def book(report: Report) -> Any:
    return load_workbook(BytesIO(render(report, "xlsx")))


def rows_of(sheet: Any, name: str) -> list[tuple[Any, ...]]:
    """The rows of a table of Excel, without its head."""
    return [tuple(cell.value for cell in row) for row in sheet[sheet.tables[name].ref]][1:]


def test_it_is_valid_against_the_schemas_of_the_format(report: Report, tmp_path: Path) -> None:
    # Reading all parts again takes a second.
    assert faults(render(report, "xlsx"), tmp_path / "report.xlsx") == []


def test_the_first_sheet_says_what_is_on_the_others_and_how_to_read_them(
    book: Any, report: Report
) -> None:
    sheet = book["Read me"]
    listed = rows_of(sheet, "t_Read_me")
    assert [row[0] for row in listed] == book.sheetnames[1:]
    assert all(row[1] for row in listed)
    cells = [cell.value for (cell, *_) in sheet.iter_rows()]
    assert set(report.method) <= set(cells)
    assert report.labels["gaps"] in cells
    assert datetime(2018, 12, 20, 10) in cells  # noqa: DTZ001 - Excel knows no zones


def test_each_table_with_rows_is_a_table_of_excel_with_filters(book: Any, report: Report) -> None:
    for section in report.sections:
        sheet = book["Codebook" if section.key == "questionnaires" else section.key]
        found = [table for table in section.tables if table.rows]
        assert len(sheet.tables) == len(found)
        for table in found:
            made = sheet.tables[f"t_{section.key}_{table.key}"]
            assert made.autoFilter.ref == made.ref
            assert len(rows_of(sheet, made.name)) == len(table.rows)


def test_all_numbers_stand_in_one_sheet_as_numbers_with_their_base_and_share(
    book: Any, report: Report
) -> None:
    found = rows_of(book["Numbers"], "t_Numbers")
    told = numbers_of(report)
    assert len(found) == len(told) > 100
    for *_, number, base, share, printed in found:
        assert number is None or isinstance(number, int)
        assert base is None or number <= base
        if share is not None:
            assert f"({round(share * 100)} %)" in printed or report.labels["in_short"]
    counted = {(n.table, n.row): n for n in told if n.number is not None and n.base}
    for section in report.sections:
        for table in (one for one in section.tables if one.chart == "bars" and one.base):
            for row in (one for one in table.rows if isinstance(one[1], int)):
                assert counted[table.heading, str(row[0])].number == row[1]


def test_what_is_hidden_is_no_number_in_any_sheet_and_an_empty_cell_below_a_chart(
    book: Any, report: Report
) -> None:
    hidden = [n for n in numbers_of(report) if n.number is None]
    assert all((n.base, n.percent) == (None, None) for n in hidden)
    for section in (one for one in report.sections if one.key != "questionnaires"):
        for table in (
            one for one in section.tables if one.chart in ("bars", "grouped") and one.rows
        ):
            found = rows_of(book[section.key], f"t_{section.key}_{table.key}")
            for row, told in zip(found, table.rows, strict=True):
                assert row[-2] == (told[-2] if isinstance(told[-2], int) else None)
                assert row[-1] == told[-1]


def test_charts_have_titles_on_their_axes_and_gaps(book: Any) -> None:
    charts = [chart for sheet in book for chart in sheet._charts]
    assert len(charts) >= 5
    for chart in charts:
        assert chart.x_axis.title is not None
        assert chart.y_axis.title is not None
        assert chart.display_blanks == "gap"


def test_days_are_days_and_heads_of_columns_differ(report: Report) -> None:
    rows = (("Rule", "2018-12-01", "2"), ("Course", "soon", "3"))
    table = Table("seen", "Seen", ("Kind", "On", "on"), rows)
    made = render(replace(report, sections=(Section("one", "One", tables=(table,)),)), "xlsx")
    sheet = load_workbook(BytesIO(made))["one"]
    assert rows_of(sheet, "t_one_seen")[0][1] == datetime(2018, 12, 1)  # noqa: DTZ001
    (head, *_) = sheet[sheet.tables["t_one_seen"].ref]
    assert [cell.value for cell in head] == ["Kind", "On", "on (2)"]


def test_a_count_without_a_base_is_a_number_too_and_a_hidden_figure_is_none() -> None:
    story = a_whole_year()
    report = build_year(story.connection, FiscalYear(2017), CUT_OFF, Wishes())
    found = {n.row: (n.number, n.base) for n in numbers_of(report) if not n.table}
    assert found["Workshops"] == (1, None)
    assert found["Participants"] == (32, None)
