"""Goals that are missed: read from the table of docs/performance.md, which keeps the history."""

import re

from tests.places import ROOT

HEADING = "## Goals that are missed"


def missed_since() -> dict[str, str]:
    """Return by row, "benchmark: figure" as it is printed, since when its goal is missed."""
    return {row: since for row, since, _ in _rows()}


def goals_missed() -> dict[str, float]:
    """Return by row the goal that the table names beside its figures."""
    goals = ((row, re.search(r"\(goal ([\d.]+)", figures)) for row, _, figures in _rows())
    return {row: float(goal[1]) for row, goal in goals if goal}


def _rows() -> list[tuple[str, str, str]]:
    text = (ROOT / "docs" / "performance.md").read_text("utf-8").partition(HEADING)[2]
    lines = text.partition("\n## ")[0].splitlines()
    cells = [[one.strip() for one in line.strip("|").split("|")] for line in lines if "|" in line]
    return [(row.strip("`"), since, figures) for row, since, figures in cells[2:]]
