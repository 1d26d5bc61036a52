"""Which slides a report has: one sentence and one picture each, in the order of a talk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.figures import Figure
from analysis.formats.html import told, told_rows
from analysis.formats.tidy import PERCENT, panels
from analysis.model import Cell, Quote, Report, Section, Table

MOST = 12
"""The most slides of a report, with its cover and its method."""
STORY = (
    ("stages", "stages"),
    ("moves", "moves"),
    ("anchors", "anchors"),
    ("actions", "actions"),
    ("suggestions", "suggestion"),
    ("effects", "effects"),
    ("effects", "contribution"),
    ("projects", "project"),
    ("obstacles", "obstacles"),
    ("needs", "help"),
    ("words", ""),
    ("fieldwork", "fieldwork"),
)
"""The pictures of a report on workshops: section and table; the words have quotes instead."""
LEFT_FIRST = (("suggestions", "suggestion"), ("projects", "project"), ("moves", "moves"))
"""What is left out first where there would be too many slides."""
QUOTES = 2
FIGURES = "fieldwork"
"""The section whose figures are drawn: replies of those asked."""
ROWS, COLUMNS = 8, 7
"""The most rows and columns of a table that is shown as one; a longer one is for the report."""
DRAWN = {
    "stages": "dots",
    "moves": "moves",
    "bars": "bars",
    "grouped": "grouped",
}
"""The pictures of tables that have a chart."""


COUNTS = {"grouped": 2}
"""The column of the counts, where it is not the second one."""


class Picture(StrEnum):
    """What stands below the sentence of a slide."""

    COVER = "cover"
    FIGURES = "figures"
    DOTS = "dots"
    BARS = "bars"
    GROUPED = "grouped"
    STACKED = "stacked"
    MOVES = "moves"
    TABLE = "table"
    QUOTES = "quotes"
    TEXT = "text"


@dataclass(frozen=True)
class Slide:
    """One slide. `caption` says what its picture shows, `source` what it is based on.

    `notes` are the words for the speaker: all numbers, base and method.
    """

    picture: Picture
    sentence: str
    caption: str = ""
    source: str = ""
    table: Table | None = None
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    texts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def slides_of(report: Report) -> list[Slide]:
    """Return the slides of a report: cover, numbers, pictures in the order of a talk, method."""
    ends = [_cover(report), _method(report)]
    if report.notice:
        ends.insert(1, Slide(Picture.TEXT, report.notice, notes=(report.notice,)))
    # Where no number is told, a slide of them says only what the cover says.
    if any(sign.isdigit() for one in report.headlines for sign in one.text):
        ends.insert(1, _numbers(report))
    pictures = _pictures(report, MOST - len(ends))
    return [*ends[:-1], *pictures, ends[-1]]


def _cover(report: Report) -> Slide:
    facts = tuple(label + report.labels["colon"] + text for label, text in report.cover)
    told_first = tuple(one for one in (report.subtitle, report.written, report.office) if one)
    return Slide(Picture.COVER, report.title, texts=told_first, notes=(*report.in_short, *facts))


def _numbers(report: Report) -> Slide:
    """Return the slide of the figures; its sentence says who is missing, if that is told in numbers."""
    notes = tuple(_figure(one, report) for one in report.headlines)
    missing = report.in_short[-1]
    sentence = missing if any(sign.isdigit() for sign in missing) else report.title
    return Slide(
        Picture.FIGURES, sentence, figures=report.headlines, notes=(*notes, *report.method)
    )


def _figure(figure: Figure, report: Report) -> str:
    """Return a figure as a line of the notes."""
    rest = f" ({figure.note})" if figure.note else ""
    return figure.label + report.labels["colon"] + figure.text + rest


def _method(report: Report) -> Slide:
    heading = report.labels["method"]
    return Slide(Picture.TEXT, heading, texts=report.method, notes=report.method)


def _pictures(report: Report, room: int) -> list[Slide]:
    """Return at most `room` slides with a picture; what matters least is left out first."""
    if report.layout or not any(one.key == "stages" for one in report.sections):
        return _of_any(report)[:room]
    placed = {one.key: one for one in report.sections}
    own = [_of_table(t, placed["own"], report) for t in _tables(placed.get("own"))]
    found = {key: _of_story(key, placed, report) for key in STORY}
    kept = {key: one for key, one in found.items() if one is not None}
    for key in LEFT_FIRST:
        if len(own) + len(kept) > room:
            kept.pop(key, None)
    return [*own, *kept.values()][:room]


def _of_any(report: Report) -> list[Slide]:
    """Return a slide for each table that can be shown, of a report that is no story of a workshop."""
    chapters = [one for one in report.sections if not one.annex]
    return [
        _of_table(table, one, report)
        for one in chapters
        for all_of_it in one.tables
        for table in _single(all_of_it)
        if _shows_something(table)
    ]


def _single(table: Table) -> list[Table]:
    """Return a table, or for a comparison one for each figure: shares in percent, on one axis."""
    if table.chart != "multiples":
        return [table]
    unit, share = table.columns[1], table.columns[PERCENT]
    return [
        Table(label, label[:1].upper() + label[1:], (unit, share), rows, "", "bars", 100)
        for label, places in panels(table)
        if (rows := tuple(_share(table.rows[place]) for place in places))
    ]


def _share(row: Sequence[Cell]) -> tuple[Cell, Cell]:
    """Return the name of a thing that is compared, and its share, or why it has none."""
    return row[1], row[PERCENT] if isinstance(row[PERCENT], int) else row[-1]


def _tables(section: Section | None) -> list[Table]:
    return [t for t in section.tables if _shows_something(t)] if section else []


def _of_story(key: tuple[str, str], placed: dict[str, Section], report: Report) -> Slide | None:
    """Return the slide of a section's table; None where the report does not tell it."""
    section = placed.get(key[0])
    if section is None:
        return None
    if section.quotes:
        return _of_quotes(section)
    if section.key == FIGURES:
        return _of_figures(section, report)
    table = next((one for one in _tables(section) if one.key == key[1]), None)
    return _of_table(table, section, report) if table else None


def _shows_something(table: Table) -> bool:
    """Return whether a table has a count to draw, and few enough rows where it stays a table."""
    counts = COUNTS.get(table.chart, 1)
    numbers = any(isinstance(cell, int) for row in table.rows for cell in row[counts : counts + 1])
    small = len(table.rows) <= ROWS and len(table.columns) <= COLUMNS
    return numbers and (small or bool(table.chart))


def _of_table(table: Table, section: Section, report: Report) -> Slide:
    """Return the slide of a table, with its rows as words in the notes."""
    sentence = table.finding or table.heading
    caption = section.heading if section.heading not in sentence else ""
    rows = (table.heading, *told_rows(table, report.labels))
    return Slide(
        _picture_of(table),
        sentence,
        caption,
        table.note,
        table,
        notes=_filled((*rows, table.note, *section.notes, *report.method[:2])),
    )


def _picture_of(table: Table) -> Picture:
    if table.key == "anchors" and not table.chart:
        return Picture.STACKED
    return Picture(DRAWN.get(table.chart, "table"))


def _of_figures(section: Section, report: Report) -> Slide | None:
    """Return the slide on who replied, wave by wave."""
    if not any(one.base for one in section.figures):
        return None
    table = next(iter(section.tables), None)
    sentence = (table and table.finding) or section.heading
    caption = table.heading if table else ""
    rows = tuple(_figure(one, report) for one in section.figures)
    note = table.note if table else ""
    notes = _filled((*rows, note, *section.notes))
    return Slide(Picture.FIGURES, sentence, caption, note, figures=section.figures, notes=notes)


def _of_quotes(section: Section) -> Slide:
    shown = tuple(sorted(section.quotes, key=lambda one: len(one.text))[:QUOTES])
    notes = (*section.notes, *(f"{one.text} ({one.source})" for one in section.quotes))
    return Slide(Picture.QUOTES, section.heading, quotes=shown, notes=notes)


def _filled(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in texts if one)


def table_of(slide: Slide) -> Table:
    """Return the table of a slide that draws one."""
    if slide.table is None:
        raise ValueError(f"a slide with {slide.picture} needs a table")
    return slide.table


def alternative(slide: Slide, signs: Mapping[str, str]) -> str:
    """Return what the picture of a table shows, for people who do not see it."""
    return told(table_of(slide), signs)
