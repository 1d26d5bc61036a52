"""Charts of any table are valid: one row, no number, a label twice, very many, very long."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from analysis.formats import render
from analysis.model import Cell, Report, Section, Table
from tests.analysis.builder import PLACES, Story
from tests.analysis.formats.office import faults

HIDDEN = "not shown"
LONG = "Réinstitutionnalisation interadministrative des renseignements"
BARS: dict[str, tuple[tuple[Cell, ...], ...]] = {
    "one row": (("Yes", 5, "5 of 9"),),
    "a label twice": (("Yes", 5, "5 of 9"), ("Yes", 4, "4 of 9")),
    "nothing but zero": (("Yes", 0, "0 of 9"), ("No", 0, "0 of 9")),
    "one hidden": (("Yes", 5, "5 of 9"), ("No", HIDDEN, HIDDEN)),
    "very many": tuple((f"Answer {n}", n % 3, "") for n in range(25)),
    "very long": tuple((f"{LONG} {n}", n, "") for n in range(10)),
    "letters of XML": (("<a> & \x01 b", 5, "5 of 9"),),
}


@pytest.fixture(scope="module")
def report() -> Report:
    told = Story().workshop("TFA")
    for place in PLACES[:8]:
        told.answers(told.person("TFA", place), "M6", use_1="regular", effects="faster")
    return replace(told.report(), layout="survey")


def drawn(report: Report, table: Table) -> tuple[bytes, Any]:
    """The slides of a report on one table, and the chart on them."""
    made = render(replace(report, sections=(Section("one", "One", tables=(table,)),)), "pptx")
    slides = Presentation(BytesIO(made)).slides
    (chart,) = [s.chart for one in slides for s in one.shapes if s.has_chart]
    return made, chart


@pytest.mark.parametrize("rows", BARS.values(), ids=BARS)
def test_w19_bars_of_any_rows_are_valid_and_read_again(
    report: Report, rows: tuple[tuple[Cell, ...], ...], tmp_path: Path
) -> None:
    table = Table("t", "T", ("Answer", "People", "Share"), rows, "9 answered.", "bars", 9)
    made, chart = drawn(report, table)
    assert faults(made, tmp_path / "one.pptx") == []
    told = [row[1] if isinstance(row[1], int) else None for row in rows]
    kept = [one for one in told if one != 0] if len(rows) > 10 else told
    assert list(chart.plots[0].series[0].values) == kept


def test_what_is_hidden_is_named_at_its_gap(report: Report) -> None:
    table = Table("t", "T", ("Answer", "People", "Share"), BARS["one hidden"], "", "bars", 9)
    _, chart = drawn(report, table)
    assert [str(one) for one in chart.plots[0].categories] == ["Yes", "No: not shown"]
    assert "<c:v>0</c:v>" not in chart._chartSpace.xml


def test_the_axis_ends_at_the_base_in_whole_steps(report: Report) -> None:
    table = Table("t", "T", ("Answer", "People", "Share"), BARS["one row"], "", "bars", 62)
    _, chart = drawn(report, table)
    axis = chart.value_axis
    assert (axis.minimum_scale, axis.maximum_scale, axis.major_unit) == (0, 62, 20)


GROUPED = (("A", "x", 3, ""), ("A", "y", HIDDEN, HIDDEN), ("–", "none", 2, ""))
MOVES = (("6 to 12", 3, 4, 0, 7), ("3 to 6", HIDDEN, HIDDEN, HIDDEN, 9))
STAGES = (("0 No", 200, 0, 0, 200, 0), ("No reply", 3, 0, 0, 0, 3))


@pytest.mark.parametrize(
    ("chart", "columns", "rows"),
    [
        ("grouped", ("Who", "What", "People", "Share"), GROUPED),
        ("moves", ("Between", "Up", "Same", "Down", "In both"), MOVES),
        ("stages", ("Stage", "Places", "Verified", "Described", "Claimed", "?"), STAGES),
    ],
)
def test_w19_the_other_charts_are_valid_too(
    report: Report,
    chart: str,
    columns: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    tmp_path: Path,
) -> None:
    made, found = drawn(report, Table("t", "T", columns, rows, chart=chart))
    assert faults(made, tmp_path / "one.pptx") == []
    values = [one for series in found.plots[0].series for one in series.values]
    assert 0 not in [one for one, row in zip(values, rows, strict=False) if HIDDEN in row]


def test_the_bars_that_the_sentence_names_are_darker(report: Report) -> None:
    table = Table(
        "t", "T", ("Answer", "People", "Share"), BARS["very many"][:3], "", "bars", 9,
        "Most often: Answer 2", ("Answer 2",),
    )  # fmt: skip
    _, chart = drawn(report, table)
    series = chart.plots[0].series[0]
    fills = [series.points[n].format.fill.fore_color.theme_color for n in (2,)]
    assert fills != [series.format.fill.fore_color.theme_color]
