"""Pictures of native shapes: a dot for each administration, and numbers with the part they are."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from analysis.figures import Figure
from analysis.formats.slides.deck import GAP, Box
from analysis.formats.slides.letters import SMALLEST, fitting, height, line_height
from analysis.formats.slides.texts import INK, SOFT, STRONG, Canvas, Look, add_box, add_run
from analysis.model import Table
from analysis.printable import cleaned

MOST_DOTS = 150
"""The most units that are drawn as dots; more are columns of a chart."""
LARGEST = 28.0
"""The largest dot, in points."""
SPACE = 1.25
"""The distance of two dots, in diameters."""
COUNT = 24
"""The size of the number of a column."""
GRADES = (
    ("accent1", "dk1"),
    ("accent1", ""),
    ("accent2", ""),
    ("lt1", "accent1"),
    ("lt2", "accent2"),
    ("accent4", ""),
)
"""Fill and line of dots: document seen, corroborated, described, claimed, told, and not known."""
NUMBER = 0.12
WORDS = 0.46
"""The parts of the width for a number and for its words; the bar has the rest."""
BAR = 16
"""The thickness of a bar, in points."""


def can_be_dots(table: Table) -> bool:
    """Return whether the units are few enough for a dot each."""
    return 0 < sum(_count(row[1]) for row in table.rows) <= MOST_DOTS


def add_dots(canvas: Canvas, table: Table, told: str) -> None:
    """Add a column of dots for each row, its number and its label; the fill tells the evidence."""
    slide, box, look = canvas.slide, canvas.box, canvas.look
    rows = [row for row in table.rows if row[1] or str(row[0])[:1].isdigit()]
    legend = _add_legend(slide, box, table, look)
    box = box.above(legend)
    across = box.wide / len(rows)
    labels = [str(row[0]) for row in rows]
    size = fitting(labels, (across - GAP, box.high / 3), look.language, (16, 14))
    words = max(height([one], size, across - GAP, look.language) for one in labels)
    dots = box.above(words + line_height(COUNT, look.language))
    size_of_dot, in_row = _dots(max(_count(row[1]) for row in rows), dots, across)
    for number, row in enumerate(rows):
        place = len(rows) - 1 - number if look.backwards else number
        left = box.left + place * across
        column = Box(left, dots.top, across - GAP, dots.high)
        _add_column(slide, column, row[2:], (size_of_dot, in_row), told if not number else "")
        text = Box(left, dots.bottom + GAP, across - GAP, line_height(COUNT, look.language))
        colour = SOFT if row[-1] == row[1] and row[1] else INK
        head = replace(look, size=COUNT, bold=True, side="centre", colour=colour)
        add_box(slide, text, [str(row[1])], head)
        below = Box(left, text.bottom, across - GAP, words)
        add_box(
            slide, below, [str(row[0])], replace(look, size=size, side="centre", colour=colour)
        )


def _count(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


def _dots(most: int, room: Box, across: float) -> tuple[float, int]:
    """Return the largest diameter with which the most dots fit, and how many stand side by side."""
    sizes = []
    for in_row in range(2, 11):
        rows = ceil(most / in_row)
        room_of_one = min((across - GAP) / in_row, room.high / rows) / SPACE
        sizes.append((min(LARGEST, room_of_one), -in_row))
    size, in_row = max(sizes)
    return size, -in_row


def _add_column(
    slide: Any, box: Box, counts: Sequence[object], dots: tuple[float, int], told: str
) -> None:
    """Add the dots of a row from the bottom up, as one group."""
    size, in_row = dots
    grades = [grade for grade, count in enumerate(counts) for _ in range(_count(count))]
    if not grades:
        return
    group = slide.shapes.add_group_shape()
    start = box.left + (box.wide - min(in_row, len(grades)) * size * SPACE) / 2
    for number, grade in enumerate(grades):
        left = start + number % in_row * size * SPACE
        top = box.bottom - (number // in_row + 1) * size * SPACE
        add_dot(group, Box(left, top, size, size), grade)
    describe(group, told)


def add_dot(holder: Any, box: Box, grade: int) -> None:
    """Add one dot in the look of a grade of evidence."""
    from pptx.enum.shapes import MSO_SHAPE

    fill, line = GRADES[min(grade, len(GRADES) - 1)]
    _paint(holder.shapes.add_shape(MSO_SHAPE.OVAL, *box.units), fill, line)


def _paint(shape: Any, fill: str, line: str = "") -> None:
    """Fill a shape, without the shadow and the line that the theme has for shapes."""
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.oxml.ns import qn

    shape._element.remove(shape._element.find(qn("p:style")))
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.from_xml(fill)
    if line:
        shape.line.color.theme_color = MSO_THEME_COLOR.from_xml(line)
        shape.line.width = 15_875
    else:
        shape.line.fill.background()


def _add_legend(slide: Any, box: Box, table: Table, look: Look) -> float:
    """Add what the dots of each grade mean, on the last line of a box; return its height."""
    high = line_height(SMALLEST, look.language)
    names = table.columns[2 : 2 + len(GRADES)]
    across = box.wide / len(names)
    rows = max(height([one], SMALLEST, across - 3 * GAP, look.language) for one in names)
    top = box.bottom - rows
    for number, name in enumerate(names):
        place = len(names) - 1 - number if look.backwards else number
        left = box.left + place * across
        dot = left + across - 12 if look.backwards else left
        add_dot(slide, Box(dot, top + (high - 12) / 2, 12, 12), number)
        text = left if look.backwards else left + 2 * GAP
        add_box(
            slide, Box(text, top, across - 3 * GAP, rows), [name], replace(look, size=SMALLEST)
        )
    return rows


def add_figures(canvas: Canvas, figures: Sequence[Figure]) -> None:
    """Add a line for each figure: its number, its words, and its bar as a part of its base."""
    box = canvas.box
    high = min(box.high / len(figures), 90)
    lines = [
        replace(canvas, box=Box(box.left, box.top + number * high, box.wide, high - GAP / 2))
        for number, _ in enumerate(figures)
    ]
    size = min(_size_of_words(own, one) for own, one in zip(lines, figures, strict=True))
    for own, figure in zip(lines, figures, strict=True):
        _add_number(own, figure)
        _add_words(own, figure, size)
        _add_bar(own, figure)


def _size_of_words(canvas: Canvas, figure: Figure) -> int:
    """Return the size at which label and text of a figure fit."""
    look, told = canvas.look, [figure.label, figure.text]
    box = _part(canvas.box, NUMBER, WORDS, backwards=look.backwards)
    return fitting(told, (box.wide, box.high), look.language, (18, 16, 14), bold=True)


def _part(line: Box, start: float, share: float, *, backwards: bool) -> Box:
    """Return a part of a line, counted from the side on which reading begins."""
    before, wide = line.wide * start, line.wide * share - 2 * GAP
    left = line.right - before - wide if backwards else line.left + before
    return Box(left, line.top, wide, line.high)


def _add_number(canvas: Canvas, figure: Figure) -> None:
    look = canvas.look
    box = _part(canvas.box, 0, NUMBER, backwards=look.backwards)
    text = str(figure.value) if figure.base or figure.value else "–"
    size = fitting([text], (box.wide, box.high), look.language, (40, 32, 24, 18, 14))
    strong = replace(look, size=size, bold=True, colour=STRONG)
    add_box(canvas.slide, box, [text], strong, anchor="ctr")


def _add_words(canvas: Canvas, figure: Figure, size: int) -> None:
    """Add label and text of a figure, one above the other; all figures in letters of one size."""
    look = canvas.look
    box = _part(canvas.box, NUMBER, WORDS, backwards=look.backwards)
    head = replace(look, size=size, bold=True)
    shape = add_box(canvas.slide, box, [figure.label], head, "ctr")
    soft = replace(look, size=size, colour=SOFT)
    add_run(shape.text_frame.add_paragraph(), figure.text, soft)


def _add_bar(canvas: Canvas, figure: Figure) -> None:
    """Add a bar as long as the base and in it the part that is meant; none for what is hidden."""
    if not figure.base:
        return
    backwards = canvas.look.backwards
    box = _part(canvas.box, NUMBER + WORDS, 1 - NUMBER - WORDS, backwards=backwards)
    whole = Box(box.left, box.top + (box.high - BAR) / 2, box.wide, BAR)
    _add_strip(canvas.slide, whole, "accent4", figure.label)
    if figure.value:
        part = whole.wide * min(1, figure.value / figure.base)
        begin = whole.right - part if backwards else whole.left
        _add_strip(canvas.slide, replace(whole, left=begin, wide=part), "accent1", figure.text)


def _add_strip(slide: Any, box: Box, colour: str, told: str) -> None:
    from pptx.enum.shapes import MSO_SHAPE

    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.units)
    _paint(shape, colour)
    describe(shape, told)


def describe(shape: Any, told: str) -> None:
    """Set the alternative text of a shape; without words it is marked as an ornament."""
    shape._element._nvXxPr.cNvPr.set("descr", cleaned(told))
