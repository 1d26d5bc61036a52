"""The report as slides for PowerPoint: one sentence and one picture each, which staff can edit.

`plan` says what is on the slides, `deck` opens the template, the other modules draw.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.formats.office_files import describe, without_traces
from analysis.formats.slides import charts, shapes, tables
from analysis.formats.slides.deck import GAP, Box, Deck, box_of
from analysis.formats.slides.letters import SMALLEST, fitting, height, lines
from analysis.formats.slides.plan import Picture, Slide, alternative, slides_of, table_of
from analysis.formats.slides.texts import (
    SOFT,
    STRONG,
    Canvas,
    Look,
    add_box,
    add_fitted,
    add_run,
    of_text,
    write,
)
from analysis.model import Report, Table
from surveys.wording import ENGLISH

TITLES = (28, 26, 24, 22, 20, 18, 16, 14)
COVERS = (40, 36, 32, 28, 24, 20, 18)
TEXTS = (20, 18, 16, 14)
CAPTION = (16, 14)
MOST_SOURCE = 3
"""The most lines of the words below a picture; longer ones are only in the notes."""


def render(report: Report, template: Path | None = None) -> bytes:
    """Return a PowerPoint file, in the template of the office if it has one.

    Raise Conflict for a template that cannot be used.
    """
    deck = Deck(template, report.language)
    for slide in slides_of(report):
        _add(deck, slide, report)
    describe(deck.file.core_properties, report)
    return without_traces(deck.saved())


def check(template: Path) -> None:
    """Raise Conflict for a template that cannot be read or lacks a layout."""
    Deck(template, ENGLISH)


def _add(deck: Deck, told: Slide, report: Report) -> None:
    """Add one slide with its title, picture, foot and notes."""
    look = Look(report.language)
    cover = told.picture is Picture.COVER
    slide = deck.add_cover() if cover else deck.add()
    _add_title(
        slide, told.sentence, replace(look, bold=True, face="+mj-lt"), COVERS if cover else TITLES
    )
    if cover:
        _fill_cover(slide, told, look)
    else:
        _add_picture(deck, slide, told, report)
    _add_foot(deck, slide, report, look)
    _add_notes(slide, told, look)


def _add_title(slide: Any, sentence: str, look: Look, sizes: tuple[int, ...]) -> None:
    title = slide.shapes.title
    box = box_of(title)
    size = fitting([sentence], (box.wide, box.high), look.language, sizes, bold=True)
    write(title.text_frame, [sentence], replace(look, size=size))


def _fill_cover(slide: Any, told: Slide, look: Look) -> None:
    """Write the subject below the title; into the placeholder if the layout has one."""
    for shape in slide.placeholders:
        if shape != slide.shapes.title and shape.has_text_frame:
            box = box_of(shape)
            size = fitting(told.texts, (box.wide, box.high), look.language, TEXTS)
            write(shape.text_frame, told.texts, replace(look, size=size, colour=SOFT))
            return
    title = box_of(slide.shapes.title)
    box = Box(title.left, title.bottom + GAP, title.wide, 140)
    add_fitted(slide, box, told.texts, replace(look, colour=SOFT), TEXTS)


def _add_picture(deck: Deck, slide: Any, told: Slide, report: Report) -> None:
    """Add what the picture shows above it, what it is based on below it, and the picture between."""
    look, box = Look(report.language), deck.room(slide)
    if told.caption:
        soft = replace(look, colour=SOFT)
        box = box.below(add_fitted(slide, box, [told.caption], soft, CAPTION))
    box = box.above(_add_source(slide, box, told, look)) if told.source else box
    PICTURES[told.picture](Canvas(slide, box, look, report.labels), told)
    if told.table and told.picture is not Picture.DOTS:
        shapes.describe(slide.shapes[-1], alternative(told, report.labels))


def _add_source(slide: Any, box: Box, told: Slide, look: Look) -> float:
    """Add the words on the base at the lower edge if they are short; return their height."""
    if lines(told.source, SMALLEST, box.wide) > MOST_SOURCE:
        return 0
    high = height([told.source], SMALLEST, box.wide, look.language)
    place = Box(box.left, box.bottom - high, box.wide, high)
    add_box(slide, place, [told.source], replace(look, colour=SOFT))
    return high


def _add_foot(deck: Deck, slide: Any, report: Report, look: Look) -> None:
    """Add the warning, the foot of the report and the number of the slide."""
    shape = add_box(slide, deck.foot_of(slide), [], look, anchor="ctr")
    shape.text_frame.word_wrap = True
    paragraph = shape.text_frame.paragraphs[0]
    if report.mark:
        add_run(paragraph, f"{report.mark} · ", replace(look, bold=True, colour=STRONG))
    add_run(paragraph, report.footer, replace(look, colour=SOFT))
    _add_number(deck, slide)


def _add_number(deck: Deck, slide: Any) -> None:
    """Add the number of the slide as a field, where the layout has a place for it."""
    found = deck.number_of(slide)
    if found is not None:
        made = deepcopy(found._element)
        made.nvSpPr.cNvPr.set("id", str(slide.shapes._next_shape_id))
        slide.shapes._spTree.append(made)


def _add_notes(slide: Any, told: Slide, look: Look) -> None:
    """Write the words for the speaker: the sentence, all numbers, base and method."""
    write(slide.notes_slide.notes_text_frame, [told.sentence, *told.notes], look)


def _draw_figures(canvas: Canvas, told: Slide) -> None:
    shapes.add_figures(canvas, told.figures)


def _draw_dots(canvas: Canvas, told: Slide) -> None:
    """Draw a dot for each unit; columns where there are too many."""
    table = table_of(told)
    words = alternative(told, canvas.signs)
    if shapes.can_be_dots(table):
        shapes.add_dots(canvas, table, words)
        return
    charts.add_columns(canvas, table)
    shapes.describe(canvas.slide.shapes[-1], words)


def _draw_quotes(canvas: Canvas, told: Slide) -> None:
    """Add quotes, each in the direction of its own letters, with who said it."""
    opened, closed = canvas.signs["opened"], canvas.signs["closed"]
    box, look, slide = canvas.box, canvas.look, canvas.slide
    for quote in told.quotes:
        share = replace(box, high=canvas.box.high / len(told.quotes) - 4 * GAP)
        own = of_text(quote.text, quote.language, look)
        used = add_fitted(slide, share, [opened + quote.text + closed], own, (24, *TEXTS))
        box = box.below(used)
        box = box.below(
            GAP + add_fitted(slide, box, [quote.source], replace(look, colour=SOFT), CAPTION)
        )


def _draw_text(canvas: Canvas, told: Slide) -> None:
    add_fitted(canvas.slide, canvas.box, told.texts, canvas.look, TEXTS)


def _of_table(draw: Callable[[Canvas, Table], object]) -> Callable[[Canvas, Slide], None]:
    """Return what draws the table of a slide."""

    def drawn(canvas: Canvas, told: Slide) -> None:
        draw(canvas, table_of(told))

    return drawn


PICTURES: dict[Picture, Callable[[Canvas, Slide], None]] = {
    Picture.FIGURES: _draw_figures,
    Picture.DOTS: _draw_dots,
    Picture.BARS: _of_table(charts.add_bars),
    Picture.GROUPED: _of_table(charts.add_grouped),
    Picture.STACKED: _of_table(charts.add_stacked),
    Picture.MOVES: _of_table(charts.add_moves),
    Picture.TABLE: _of_table(tables.add_table),
    Picture.QUOTES: _draw_quotes,
    Picture.TEXT: _draw_text,
}
