"""A text of five lines for a newsletter or a web page, and the picture beside it."""

from analysis.formats.json import structured
from analysis.formats.typesetting import pictures, typeset
from analysis.model import Report

PICTURE = "news.typ"
PIXELS_PER_INCH = 254
"""1,200 pixels for the width of the picture."""


def render(report: Report) -> bytes:
    """Return up to five lines of UTF-8 text, each a sentence or a title; no names, no tables.

    Without results, or in a version of an earlier program, they say of what the report is.
    """
    lines = report.news or (report.title, report.subtitle, report.notice or report.written)
    return ("\n".join(lines) + "\n").encode()


def render_png(report: Report) -> bytes:
    """Return the finding with the figures that may be told, as a picture 1,200 pixels wide."""
    return typeset(PICTURE, structured(report), report.cut_off, pixels=PIXELS_PER_INCH)[0]


def render_svg(report: Report) -> bytes:
    """Return the same picture as SVG, with letters as outlines."""
    return pictures(PICTURE, structured(report), report.cut_off)[0].encode()
