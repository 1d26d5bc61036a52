"""All numbers of a report, one in each row, as pivot tables and statistics programs take them."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.figures import PERCENT_FROM, Figure, half_up
from analysis.model import Cell, Report, Section, Table

CHARTED = {
    "stages": (2, 3, 4, 5),
    "moves": (1, 2, 3),
    "bars": (1,),
    "grouped": (2,),
    "shares": (1, 2),
    "multiples": (2, 3, 4, 5),
}
"""The columns of counts of the tables that are also drawn."""
PERCENT = 5
"""The column of the shares of a comparison."""
SHARED = ("bars", "grouped")
"""The tables whose last column has the counts in words, with their share."""


@dataclass(frozen=True)
class Number:
    """One number and where it stands. What is not shown has no `number`, and says so in `printed`."""

    section: str
    table: str
    row: str
    column: str
    number: int | None
    base: int | None
    percent: float | None
    printed: str


def numbers_of(report: Report) -> list[Number]:
    """Return the numbers of a report in its order: headlines, and all tables."""
    found = [_of_figure(report.labels["in_short"], one) for one in report.headlines]
    for section in report.sections:
        found += [_of_figure(section.heading, one) for one in section.figures]
        for table in section.tables:
            found += _of_table(section, table)
    return found


def _of_figure(section: str, figure: Figure) -> Number:
    """Return a figure; one with neither number nor base is hidden, and its text says so."""
    number = figure.value if figure.base or figure.value else None
    share = _share(figure.value, figure.base) if figure.base else None
    return Number(section, "", figure.label, "", number, figure.base or None, share, figure.text)


def _of_table(section: Section, table: Table) -> Iterator[Number]:
    """Yield the cells of a table after its labels; words beside a count are its printed form."""
    first = table.names
    last = len(table.columns) - (table.chart in SHARED)
    for row in table.rows:
        label = " – ".join(str(one) for one in row[:first])
        for place in range(first, last):
            printed = row[-1] if table.chart in SHARED else row[place]
            yield _of_cell(
                (section.heading, table, label, table.columns[place]), row[place], printed
            )


def _of_cell(place: tuple[str, Table, str, str], cell: Cell, printed: Cell) -> Number:
    section, table, label, column = place
    number = cell if isinstance(cell, int) else None
    base = table.base or None if number is not None and table.chart in SHARED else None
    share = _share(number, base) if number is not None and base else None
    return Number(section, table.heading, label, column, number, base, share, str(printed))


def _share(part: int, base: int) -> float | None:
    """Return a share as it is printed, in whole percent; none where only counts are printed."""
    return half_up(part, base) / 100 if base >= PERCENT_FROM else None


def is_gap(table: Table, place: int, cell: Cell) -> bool:
    """Return whether a cell is hidden in a column that a chart draws: a text would be drawn as 0."""
    words = isinstance(cell, str) and place in CHARTED.get(table.chart, ())
    return words and table.chart != "stages"


def panels(table: Table) -> list[tuple[str, list[int]]]:
    """Return the figures of a comparison, each with the places of its rows."""
    found: dict[str, list[int]] = {}
    for place, row in enumerate(table.rows):
        found.setdefault(str(row[0]), []).append(place)
    return list(found.items())
