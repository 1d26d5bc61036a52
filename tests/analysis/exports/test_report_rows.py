"""The figures of a report as long rows: every cell once, and nothing that a spreadsheet would run."""

import csv
from datetime import UTC, datetime

from analysis.exports.report_rows import report_csv
from analysis.figures import Figure
from analysis.model import Report, Section, Table

TABLE = Table("uses", "Uses", ("Use", "People", "Share"), (("=1+1", 7, "@x"), ("none", 5, "")))


def test_each_figure_and_each_cell_is_one_row_and_no_formula() -> None:
    figure = Figure("replied", "replied", "7 of 12", 7, 12)
    report = Report(
        title="Title",
        subtitle="",
        written="",
        cut_off=datetime(2018, 6, 8, tzinfo=UTC),
        language="en",
        headlines=(figure,),
        sections=(Section("use", "Use", tables=(TABLE,)),),
    )
    rows = list(csv.reader(report_csv(report).decode().splitlines()))
    assert rows == [
        ["section", "table", "row", "column", "value"],
        ["", "", "replied", "", "7 of 12"],
        ["use", "uses", "'=1+1", "People", "7"],
        ["use", "uses", "'=1+1", "Share", "'@x"],
        ["use", "uses", "none", "People", "5"],
        ["use", "uses", "none", "Share", ""],
    ]
