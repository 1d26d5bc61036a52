"""The page that says how far figures can be trusted: its tables, as the demonstration and the
simulation give them.
"""

import re
from collections.abc import Iterable, Sequence

from bot.demo.comparing import HEADING, Beside
from tests.places import ROOT
from tests.trust.simulation import ALL_FIGURES, Trust
from tests.trust.workshops import Condition

PAGE = ROOT / "docs" / "how-far-to-trust.md"
RULES = ("old", "new")
BY_FIGURE = (
    "Figure",
    "True",
    "Off, old rules",
    "Off, new rules",
    "Bounds hold, old rules",
    "Bounds hold, new rules",
    "Bounds are wide",
)
BY_CONDITION = ("Silence, wrong answers", *(figure.replace("_", " ") for figure in ALL_FIGURES))


def lines(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table."""
    return [_line(one) for one in (heading, ["---"] * len(heading), *rows)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def of_the_year(found: Iterable[Beside]) -> list[str]:
    """The table of the invented year."""
    return lines(HEADING, [one.row for one in found])


def of_the_simulation(found: Sequence[Trust]) -> list[str]:
    """The table of each figure over all conditions, from the least to the most."""
    return lines(BY_FIGURE, [_figure_row(figure, found) for figure in ALL_FIGURES])


def _figure_row(figure: str, found: Sequence[Trust]) -> list[str]:
    old, new = ([one for one in found if (one.figure, one.rules) == (figure, r)] for r in RULES)
    return [
        figure.replace("_", " "),
        _span([one.true for one in new], "%"),
        _span([one.bias for one in old], "", "+"),
        _span([one.bias for one in new], "", "+"),
        _span([one.hold for one in old], "%"),
        _span([one.hold for one in new], "%"),
        _span([one.width for one in new], ""),
    ]


def _span(values: Sequence[float], unit: str, sign: str = "") -> str:
    if not values:
        return "not counted"
    least, most = (f"{round(value):{sign}}" for value in (min(values), max(values)))
    return " ".join([f"{least} to {most}", *([unit] if unit else [])])


def of_condition(condition: Condition, found: Iterable[Trust]) -> str:
    """The line of one condition: how often the bounds of each figure hold, by the new rules."""
    held = {
        one.figure: f"{round(one.hold)} %"
        for one in found
        if (one.condition, one.rules) == (condition, "new")
    }
    return _line([condition.name, *(held[figure] for figure in ALL_FIGURES)])


def with_table(page: str, table: Sequence[str]) -> str:
    """The page with a table in the place of the one with the same heading."""
    old = re.compile(rf"^{re.escape(table[0])}\n(\|.*\n)*", re.MULTILINE)
    return old.sub(lambda _: "\n".join([*table, ""]), page)
