"""Five lines of text for a newsletter or a web page: finding, workshops, results and gaps."""

from analysis.model import Report


def render(report: Report) -> bytes:
    """Return five lines of UTF-8 text, each a sentence or a title; no names, no tables."""
    told = report.in_short or (report.notice, "", report.written)
    lines = (
        report.title,
        report.subtitle,
        told[0],
        " ".join(text for text in told[1:] if text),
        " ".join((*report.method[:2], report.footer)),
    )
    return ("\n".join(lines) + "\n").encode()
