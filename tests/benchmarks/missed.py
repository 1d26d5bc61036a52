"""Since when goals are missed: read from the table of docs/performance.md, which keeps the history."""

from tests.places import ROOT

HEADING = "## Goals that are missed"


def missed_since() -> dict[str, str]:
    """Return by row, "benchmark: figure" as it is printed, since when its goal is missed."""
    text = (ROOT / "docs" / "performance.md").read_text("utf-8").partition(HEADING)[2]
    lines = text.partition("\n## ")[0].splitlines()
    cells = [[one.strip() for one in line.strip("|").split("|")] for line in lines if "|" in line]
    return {row.strip("`"): since for row, since, *_ in cells[2:]}
