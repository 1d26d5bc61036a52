"""Native tables, with columns as wide as their words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.formats.slides.deck import POINT, Box
from analysis.formats.slides.letters import height, width
from analysis.formats.slides.texts import Canvas, Look, write
from analysis.model import Cell, Table

SIZES = (18, 16, 14)
INSET = 6
"""The room around the words of a cell, in points."""
WIDEST = 0.45
"""The most of the width that one column gets."""


def add_table(canvas: Canvas, table: Table) -> Any:
    """Add as many rows as fit, in the largest letters in which all do; return the shape."""
    box, look = canvas.box, canvas.look
    rows = [table.columns, *table.rows]
    widths = _widths(rows, box.wide)
    size = next(
        (one for one in SIZES if sum(_heights(rows, widths, one, look)) <= box.high), SIZES[-1]
    )
    heights = _heights(rows, widths, size, look)
    while len(rows) > 2 and sum(heights) > box.high:
        rows.pop()
        heights.pop()
    place = Box(box.left, box.top, box.wide, sum(heights))
    shape = canvas.slide.shapes.add_table(len(rows), len(widths), *place.units)
    _fill(shape.table, rows, replace(look, size=size), (widths, heights))
    return shape


def _fill(
    made: Any,
    rows: Sequence[Sequence[Cell]],
    look: Look,
    sizes: tuple[Sequence[float], Sequence[float]],
) -> None:
    """Write the cells; numbers stand at the end of their column."""
    widths, heights = sizes
    if look.backwards:
        made._tbl.tblPr.set("rtl", "1")
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = round(wide * POINT)
    for row, high in zip(made.rows, heights, strict=True):
        row.height = round(high * POINT)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            side = "end" if isinstance(cell, int) else "start"
            if not number and all(isinstance(one[place], int) for one in rows[1:]):
                side = "end"
            colour = "bg1" if not number else look.colour
            _write_cell(
                made.cell(number, place),
                str(cell),
                replace(look, side=side, colour=colour, bold=not number),
            )


def _write_cell(cell: Any, text: str, look: Look) -> None:
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = round(
        INSET / 2 * POINT
    )
    write(cell.text_frame, [text], look)


def _widths(rows: Sequence[Sequence[Cell]], across: float) -> list[float]:
    """Return the widths of the columns: as their longest words, and more for longer texts."""
    columns = [[str(cell) for cell in column] for column in zip(*rows, strict=True)]
    least = [
        max(width(word, SIZES[-1]) for text in column for word in text.split(" ")) + 2 * INSET
        for column in columns
    ]
    wanted = [max(width(text, SIZES[0]) for text in column) + 2 * INSET for column in columns]
    wanted = [min(one, across * WIDEST) for one in wanted]
    spare = across - sum(least)
    if spare <= 0:
        return [one * across / sum(least) for one in least]
    more = [max(0.0, want - one) for want, one in zip(wanted, least, strict=True)]
    total = sum(more) or 1
    share = (
        [one * spare / total for one in more] if sum(more) else [spare / len(least)] * len(least)
    )
    return [one + extra for one, extra in zip(least, share, strict=True)]


def _heights(
    rows: Sequence[Sequence[Cell]], widths: Sequence[float], size: float, look: Look
) -> list[float]:
    return [
        max(
            height([str(cell)], size, wide - INSET, look.language, bold=not number) + INSET
            for cell, wide in zip(row, widths, strict=True)
        )
        for number, row in enumerate(rows)
    ]
