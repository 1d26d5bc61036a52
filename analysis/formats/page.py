"""The one-page report, drawn: a PDF to print and a picture of the same page for the chat."""

from analysis.formats.json import structured
from analysis.model import Report
from analysis.typesetting import typeset

TEMPLATE = "summary.typ"
PIXELS_PER_INCH = 144


def render_pdf(report: Report) -> bytes:
    """One A4 page as a tagged PDF, dated with the cut-off of the report."""
    return typeset(TEMPLATE, structured(report), report.cut_off)[0]


def render_png(report: Report) -> bytes:
    """The same page as a picture, about 1,190 pixels wide."""
    return typeset(TEMPLATE, structured(report), report.cut_off, pixels=PIXELS_PER_INCH)[0]
