"""The pictures of a report as SVG that stands in a page: one set of letters, a title on each mark."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from markupsafe import escape

from analysis.formats.json import structured
from analysis.formats.typesetting import pictures
from analysis.model import Report

PICTURES = "pictures.typ"
SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>.*?</symbol>', re.DOTALL)
LETTERS = re.compile(r"<defs>.*?</defs>", re.DOTALL)
SAID = re.compile(r'<a( transform="[^"]*")? href="said:([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
"""What the templates make of words about a mark, with the place of the mark."""
USUAL = (' fill-rule="nonzero"', ' y="0"', ' x="0"', ' stroke-linecap="butt"')
"""Attributes that say what holds without them."""
FINE = re.compile(r"(\d\.\d\d)\d+")
"""Decimals that nobody sees: a unit is a point of the printed page."""
LINE = re.compile(
    r'(<g transform="matrix[^"]*")>((?:<use [^>]*?)( fill="[^"]*")/>(?:<use [^>]*?\3/>)*)</g>'
)
"""A line of letters of one colour."""
SIZE = re.compile(r'(<svg viewBox="[^"]*") width="[^"]*" height="[^"]*"[^>]*>')


@dataclass(frozen=True)
class Drawings:
    """The pictures by section and table, and the letters that they share, which stand before them."""

    letters: str = ""
    pictures: Mapping[tuple[str, str], str] = field(default_factory=dict)


def drawn_tables(report: Report) -> list[tuple[str, str]]:
    """Return the section and the table of each picture, in the order of the template."""
    return [
        (section.key, table.key)
        for section in report.sections
        for table in section.tables
        if table.chart and table.rows
    ]


def drawings(report: Report) -> Drawings:
    """Return the pictures of a report, as on the pages of its files."""
    places = drawn_tables(report)
    if not places:
        return Drawings()
    data = structured(report) | {"titled": True}
    found = pictures(PICTURES, data, report.cut_off)
    letters = {one[1]: one[0] for svg in found for one in SYMBOL.finditer(svg)}
    short = {name: f"l{number}" for number, name in enumerate(letters)}
    drawn = {
        place: _short(svg, short, number)
        for number, (place, svg) in enumerate(zip(places, found, strict=True))
    }
    return Drawings("".join(_renamed(one, short) for one in letters.values()), drawn)


def _short(svg: str, letters: Mapping[str, str], number: int) -> str:
    """Return a picture without its letters and with titles; its other names are its own."""
    found = SAID.sub(_titled, SIZE.sub(r'\1 aria-hidden="true">', svg))
    left = LETTERS.sub(lambda one: SYMBOL.sub("", one[0]).replace("<defs></defs>", ""), found)
    own = re.sub(r'(id="|url\(#)', rf"\g<1>p{number}-", left)
    return _renamed(own, letters)


def _titled(mark: re.Match[str]) -> str:
    place, words, shape = mark.groups()
    return f"<g{place or ''}><title>{escape(unescape(words))}</title>{shape}</g>"


def _renamed(svg: str, letters: Mapping[str, str]) -> str:
    """Return a part of a picture with short names of its letters, and without what is usual."""
    found = re.sub(
        r'(xlink:href="#|<symbol id=")([^"]+)"',
        lambda one: f'{one[1].replace("xlink:", "")}{letters.get(one[2], one[2])}"',
        svg,
    )
    for one in USUAL:
        found = found.replace(one, "")
    found = LINE.sub(lambda one: f"{one[1]}{one[3]}>{one[2].replace(one[3], '')}</g>", found)
    return FINE.sub(r"\1", found)
