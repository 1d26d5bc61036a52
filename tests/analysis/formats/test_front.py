"""The front of the one page for readers outside the office: what is drawn, and what is not told."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.formats import render
from analysis.model import Cell, Report, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story

HIDDEN = "not shown"
KINDS = {
    "obstacles": (("The administration", "Too few staff"), ("The administration", "No budget")),
    "effects": (("Work is faster",), ("Better safety",)),
    "anchors": (("Rule or procedure",), ("Training course",)),
}
"""What is named of each panel: first one that is told, then one that is not."""


@pytest.fixture(scope="module")
def report() -> Report:
    told = Story().workshop("RM")
    for number, place in enumerate(PLACES[:25]):
        use = "regular" if number < 13 else "not_yet"
        answers = {"effects": "faster", "obstacles": "staff", "anchors": "procedure"}
        told.answers(told.person("RM", place), "M6", use_1=use, **answers)
    return build(told.connection, ["RM"], CUT_OFF, Wishes("good_practice"))


def with_hidden(report: Report, key: str, *more: tuple[Cell, ...]) -> Report:
    """The same report with a panel in which one row is told and one is hidden, and `more` rows."""
    told, hidden = KINDS[key]
    rows = ((*told, 9, "9 of 25 (36 %)"), (*hidden, HIDDEN, HIDDEN), *more)

    def filled(table: Table) -> Table:
        heads = (*["Kind"] * len(told), "People", "Of those counted")
        return replace(table, columns=heads, rows=rows, base=25) if table.key == key else table

    return replace(
        report,
        sections=tuple(
            replace(one, tables=tuple(map(filled, one.tables))) for one in report.sections
        ),
    )


def first_page(report: Report, folder: Path) -> str:
    """What the front of the one page says."""
    (folder / "page.pdf").write_bytes(render(report, "pdf"))
    command = ["pdftotext", "-l", "1", folder / "page.pdf", "-"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return " ".join(said.split())


@pytest.mark.parametrize("key", KINDS)
def test_what_is_not_told_is_named_beside_the_bars(
    key: str, report: Report, tmp_path: Path
) -> None:
    """The longest bar would else be the obstacle named most, which may be one that is hidden."""
    front = first_page(with_hidden(report, key), tmp_path)
    assert KINDS[key][0][-1] in front
    assert f"{HIDDEN.capitalize()}: {KINDS[key][1][-1]}" in front


def test_hidden_options_together_are_not_drawn_as_an_effect(
    report: Report, tmp_path: Path
) -> None:
    """One of them can be that there is none yet."""
    together = "At least one of those not shown"
    page = with_hidden(report, "effects", (together, 12, "12 of 25 (48 %)"))
    assert together not in first_page(page, tmp_path)
