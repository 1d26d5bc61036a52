"""Native charts, which staff can edit. What is hidden is a gap in them, and never 0."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.formats.slides.chart_looks import (
    COLOURS,
    add_legend,
    colour_points,
    colour_series,
    label_parts,
    label_values,
    make_room,
    number_axes,
    set_axes,
    set_letters,
)
from analysis.formats.slides.texts import Canvas
from analysis.model import Cell, Table
from analysis.printable import cleaned

MOST_BARS = 10
"""The most bars for which rows that nobody chose are drawn."""
NO_GROUP = "–"
THICKEST = 40
"""The thickest bar, in points."""
MOVES = ("accent1", "accent4", "accent3")
"""The colours of up, same and down."""

EMBEDDED, POP = "\u202b", "\u202c"
"""The signs around a text from right to left."""

Series = Mapping[str, Sequence[int | None]]


def add_bars(canvas: Canvas, table: Table) -> Any:
    """Add a bar for each row, on one axis that ends at the base; the named ones are darker."""
    rows = _kept(table.rows, 1)
    labels = [_label(row[0], row[1], canvas) for row in rows]
    values = [_number(row[1]) for row in rows]
    chart = _add(canvas, labels, {table.columns[1]: values})
    named = [row[0] in table.most or not table.most for row in rows]
    colour_points(chart.plots[0].series[0], named)
    set_axes(chart, _top(values, table.base), table.columns[1], canvas.look)
    label_values(chart.plots[0], canvas.look)
    make_room(chart, canvas, labels)
    return chart


def add_grouped(canvas: Canvas, table: Table) -> Any:
    """Add a bar for each row, in a colour for each group of the first column, on one axis."""
    rows = _kept(table.rows, 2)
    labels = [_label(row[1], row[2], canvas) for row in rows]
    series = {
        _group_name(group, rows, canvas): [_number(r[2]) if r[0] == group else None for r in rows]
        for group in dict.fromkeys(row[0] for row in rows if isinstance(row[2], int))
    }
    chart = _add(canvas, labels, series)
    chart.plots[0].overlap = 100
    colour_series(chart.plots[0], COLOURS)
    values = [one for values in series.values() for one in values]
    set_axes(chart, _top(values, table.base), table.columns[2], canvas.look)
    label_values(chart.plots[0], canvas.look)
    make_room(chart, canvas, labels, add_legend(chart, canvas, [*series]))
    return chart


def add_moves(canvas: Canvas, table: Table) -> Any:
    """Add a bar for each row of a table of moves, divided into up, same and down."""
    return _add_parts(canvas, table, (1, 2, 3), MOVES)


def add_stacked(canvas: Canvas, table: Table) -> Any:
    """Add a bar for each row, divided into the counts of the columns after the first two."""
    return _add_parts(canvas, table, range(2, len(table.columns)), COLOURS)


def add_columns(canvas: Canvas, table: Table) -> Any:
    """Add a column for each row that is divided by evidence: many units as one picture."""
    series = _series(table, range(2, len(table.columns)))
    chart = _add(canvas, [str(row[0]) for row in table.rows], series, upright=True)
    colour_series(chart.plots[0], COLOURS)
    set_axes(chart, _longest(series), table.columns[1], canvas.look, upright=True)
    label_parts(chart.plots[0], canvas.look, COLOURS)
    add_legend(chart, canvas, [*series])
    return chart


def _add_parts(
    canvas: Canvas, table: Table, columns: Sequence[int], colours: Sequence[str]
) -> Any:
    """Add a bar for each row that is divided into the counts of some columns, with a legend."""
    labels = [
        _label(row[0], _hidden(row, table, columns, canvas.signs), canvas) for row in table.rows
    ]
    series = _series(table, columns)
    chart = _add(canvas, labels, series, stacked=True)
    colour_series(chart.plots[0], colours)
    set_axes(chart, max(_longest(series), table.base), "", canvas.look)
    label_parts(chart.plots[0], canvas.look, colours)
    make_room(chart, canvas, labels, add_legend(chart, canvas, [*series]))
    return chart


def _hidden(
    row: Sequence[Cell], table: Table, columns: Sequence[int], signs: Mapping[str, str]
) -> Cell:
    """Return which parts of a row are hidden, and the words for that; 0 if none is."""
    hidden = {table.columns[n]: str(row[n]) for n in columns if isinstance(row[n], str)}
    if not hidden or len(hidden) == len(columns):
        return next(iter(hidden.values()), 0)
    return signs["semicolon"].join(f"{name} {words}" for name, words in hidden.items())


def _series(table: Table, columns: Sequence[int]) -> Series:
    """Return the counts of some columns by their heads."""
    return {table.columns[n]: [_number(row[n]) for row in table.rows] for n in columns}


def _longest(series: Series) -> int:
    """Return the length of the longest bar of parts."""
    return max(1, *(sum(one or 0 for one in row) for row in zip(*series.values(), strict=True)))


def _group_name(group: Cell, rows: Sequence[tuple[Cell, ...]], canvas: Canvas) -> str:
    """Return the name of a group in a legend; what stands in no group is named by its rows."""
    if group != NO_GROUP:
        return str(group)
    told = (str(row[1]) for row in rows if row[0] == group and isinstance(row[2], int))
    return canvas.signs["comma"].join(told)


def _kept(rows: Sequence[tuple[Cell, ...]], count: int) -> list[tuple[Cell, ...]]:
    """Return the rows that fit: where they are many, those that nobody chose are only in the notes."""
    told = [row for row in rows if row[count] != 0] if len(rows) > MOST_BARS else [*rows]
    return told or [*rows]


def _label(label: Cell, cell: Cell, canvas: Canvas) -> str:
    """Return the label of a row, with the words that stand in place of its number."""
    text = cleaned(str(label))
    text = text if isinstance(cell, int) else text + canvas.signs["colon"] + cell
    # LibreOffice does not know of the direction of labels, but of these signs.
    return f"{EMBEDDED}{text}{POP}" if canvas.look.backwards else text


def _number(cell: Cell) -> int | None:
    return cell if isinstance(cell, int) else None


def _top(values: Sequence[int | None], base: int) -> int:
    """Return the end of the axis: the base, or the largest number."""
    return max(base, *(one or 0 for one in values), 1)


def _add(
    canvas: Canvas,
    labels: Sequence[str],
    series: Series,
    *,
    stacked: bool = False,
    upright: bool = False,
) -> Any:
    """Add a chart with its workbook, without title and legend, in the letters of a language."""
    from pptx.enum.chart import XL_CHART_TYPE

    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    kind = XL_CHART_TYPE.COLUMN_STACKED if upright else kind
    data = _data(labels, series)
    chart = canvas.slide.shapes.add_chart(kind, *canvas.box.units, data).chart
    chart.has_title, chart.has_legend = False, False
    chart.font.size = None
    set_letters(chart._chartSpace.txPr, canvas.look)
    across = canvas.box.wide if upright else canvas.box.high
    gap = round(across / len(labels) / THICKEST * 100 - 100)
    chart.plots[0].gap_width = max(40, min(500, gap))
    chart.plots[0].overlap = 100 if stacked or upright else 0
    number_axes(chart)
    return chart


def _data(labels: Sequence[str], series: Series) -> Any:
    """Return labels and counts as the library takes them: what is hidden has no value."""
    from pptx.chart import data

    made: Any = data.CategoryChartData
    found = made(number_format="0")
    found.categories = labels
    for name, values in series.items():
        found.add_series(cleaned(name), values)
    return found
