"""The typeset reports: one page as PDF, a picture of the same page for the chat, the full PDF."""

import re

from analysis.arrangement import arranged
from analysis.formats.json import structured
from analysis.formats.typesetting import typeset
from analysis.model import Report

PAGE = "summary.typ"
FULL = "full.typ"
PHONE = "phone.typ"
LAYOUTS = {"survey": "survey.typ", "comparison": "survey.typ"}
"""The templates of reports that have a page of their own."""
PIXELS_PER_INCH = 144
FINE = 305
"""Pixels per inch of the picture for a phone, which is 90 mm wide."""
TRACES = re.compile(
    rb'(/Creator\(|/Producer\(|<xmp:CreatorTool>|x:xmptk=")([^)<"]*)(\)|</xmp:CreatorTool>|")'
)
"""Where a PDF names the program that made it."""


def render_pdf(report: Report) -> bytes:
    """Return one A4 page as a tagged PDF, dated with the cut-off of the report.

    Statistics have no fieldwork to draw and are returned as the full PDF.
    """
    return unnamed(typeset(page_of(report), structured(report), report.cut_off)[0])


def page_of(report: Report) -> str:
    """Return the template of the one page; of all chapters where no fieldwork can be drawn."""
    if report.layout:
        return LAYOUTS[report.layout]
    drawn = any(section.key == "fieldwork" for section in report.sections)
    return PAGE if drawn else FULL


def render_png(report: Report) -> bytes:
    """Return the same page as a picture, about 1,190 pixels wide."""
    return typeset(page_of(report), structured(report), report.cut_off, pixels=PIXELS_PER_INCH)[0]


def render_phone(report: Report) -> bytes:
    """Return the same page for a phone as a picture, 1,080 pixels wide; a survey has one page only."""
    page, pixels = (LAYOUTS[report.layout], PIXELS_PER_INCH) if report.layout else (PHONE, FINE)
    return typeset(page, structured(report), report.cut_off, pixels=pixels)[0]


def render_full(report: Report) -> bytes:
    """Return all chapters, annex and method as a tagged PDF on A4 pages."""
    page = LAYOUTS.get(report.layout, FULL)
    return unnamed(typeset(page, structured(arranged(report)), report.cut_off)[0])


def unnamed(content: bytes) -> bytes:
    """Return the same PDF without the name of the program that made it.

    Spaces stand in its place, as a PDF says at which byte each of its parts begins.
    """
    return TRACES.sub(lambda found: found[1] + b" " * len(found[2]) + found[3], content)
