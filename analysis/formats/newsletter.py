"""Five lines of text for a newsletter or a web page: finding, workshops, what is and what is not."""

from analysis.model import Report


def render(report: Report) -> bytes:
    """Five lines of UTF-8 text, each a whole sentence or a title; no names, no tables."""
    told = report.in_short or (report.notice, "", report.written)
    lines = (
        report.title,
        report.subtitle,
        told[0],
        " ".join(text for text in told[1:] if text),
        " ".join((*report.method[:2], report.footer)),
    )
    return ("\n".join(lines) + "\n").encode()
