"""The pictures of a report as SVG files that stand in a page, with a title on each mark."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from html import unescape

from markupsafe import escape

from analysis.formats.json import structured
from analysis.formats.typesetting import pictures
from analysis.model import Report

PICTURES = "pictures.typ"
SYMBOL = re.compile(r'<symbol id="([^"]+)"')
SEEN = re.compile(r'viewBox="([^"]*)"')
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
SIZE = re.compile(r'<svg viewBox="([^"]*)" width="[^"]*" height="[^"]*"[^>]*>')
ROOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}">'
LETTERS_OF_A_NAME = 32


@dataclass(frozen=True)
class Drawing:
    """A picture as an SVG file. Its name follows from what is in it."""

    svg: str

    @cached_property
    def name(self) -> str:
        """The name, by which a browser can keep the file."""
        return sha256(self.svg.encode()).hexdigest()[:LETTERS_OF_A_NAME]

    @property
    def box(self) -> str:
        """The corners of the picture, as its `viewBox`."""
        found = SEEN.search(self.svg)
        return found[1] if found else ""


@dataclass(frozen=True)
class Drawings:
    """The pictures by section and table."""

    pictures: Mapping[tuple[str, str], Drawing] = field(default_factory=dict)

    def named(self, name: str) -> Drawing | None:
        """Return the picture with a name, None if there is none."""
        return next((one for one in self.pictures.values() if one.name == name), None)


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
    drawn = {place: Drawing(_short(svg)) for place, svg in zip(places, found, strict=True)}
    return Drawings(drawn)


def _short(svg: str) -> str:
    """Return a picture with titles, short names of its letters, and without what is usual."""
    letters = {name: f"l{number}" for number, name in enumerate(SYMBOL.findall(svg))}
    found = SAID.sub(_titled, SIZE.sub(lambda one: ROOT.format(one[1]), svg))
    return _renamed(found, letters)


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
