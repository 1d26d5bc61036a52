"""The report as one self-contained web page: pictures as SVG, no script, no external resource."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from analysis.arrangement import arranged
from analysis.formats.json import structured
from analysis.formats.typesetting import pictures
from analysis.model import Report, Table
from surveys.bidi import right_to_left

PICTURES = "pictures.typ"
PAGE = "report.html"
IN_WORDS = {"shares": 1, "multiples": 2}
"""How many columns name a row, in pictures whose last column has the numbers in words."""


def render(report: Report) -> bytes:
    """Return UTF-8 HTML with headings in order; each picture has a description and its numbers."""
    report = arranged(report)
    content = _page().render(
        report=report,
        sections={section.key: section for section in report.sections},
        drawings=_drawings(report),
        told=lambda table: told(table, report.labels),
        backwards=right_to_left(report.language),
    )
    return content.encode()


@cache
def _page() -> Template:
    """Return the page as it was compiled the first time, which takes longer than to fill it."""
    source = (resources.files("analysis") / "templates" / PAGE).read_text("utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(source)


def told(table: Table, signs: Mapping[str, str]) -> str:
    """Return a description of a picture for people who do not see it."""
    return f"{table.heading}. {signs['semicolon'].join(told_rows(table, signs))}"


def told_rows(table: Table, signs: Mapping[str, str]) -> list[str]:
    """Return the rows of a table in words: the label and what stands beside it.

    Where the last column has the numbers in words, they are not said twice.
    """
    first = IN_WORDS.get(table.chart)
    return [
        str(row[0]) + signs["colon"] + signs["comma"].join(filter(None, map(str, cells)))
        for row in table.rows
        for cells in [row[1:] if first is None else (*row[1:first], row[-1])]
    ]


def _drawings(report: Report) -> dict[str, dict[str, Markup]]:
    """Return the pictures by section and table, as on the pages of their template."""
    places = [
        (section.key, table.key)
        for section in report.sections
        for table in section.tables
        if table.chart and table.rows
    ]
    drawn = pictures(PICTURES, structured(report), report.cut_off) if places else []
    found: dict[str, dict[str, Markup]] = {section.key: {} for section in report.sections}
    for number, ((section, table), svg) in enumerate(zip(places, drawn, strict=True)):
        # Glyphs are shared by name inside one picture; a page has many pictures.
        own = svg.replace('id="', f'id="p{number}-').replace('href="#', f'href="#p{number}-')
        own = own.replace("url(#", f"url(#p{number}-")
        found[section][table] = Markup(own)  # noqa: S704 - drawn by typst from values, no markup
    return found
