"""Five lines of text for a newsletter or a web page: finding, workshops, results and gaps."""

from analysis.model import Report
from surveys.wording import sentences


def render(report: Report) -> bytes:
    """Return five lines of UTF-8 text, each a sentence or a title; no names, no tables."""
    told = report.in_short or (report.notice, "", report.written)
    lines = (
        report.title,
        report.subtitle,
        told[0],
        sentences(told[1:]),
        sentences((*report.method[:2], report.footer)),
    )
    return ("\n".join(lines) + "\n").encode()
