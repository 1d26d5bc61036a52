"""The caption of the picture in chat: finding, of what, what next; a sentence without results."""

from analysis.model import Report

MOST = 1024
"""The longest caption that a messenger accepts."""


def render(report: Report) -> bytes:
    """Return UTF-8 text within the limit of a caption: the finding, of what, and what comes next."""
    if report.notice:
        return report.notice.encode()
    if report.layout:
        told = (report.title, report.subtitle, *report.in_short, report.footer)
        return _within("\n".join(told)).encode()
    return _within(
        "\n\n".join(filter(None, (_finding(report), report.subtitle, _next(report))))
    ).encode()


def _finding(report: Report) -> str:
    """Return the title without the words that name the workshop, which the next line has."""
    finding = report.title.removeprefix(report.subject + report.labels["colon"])
    return finding[:1].upper() + finding[1:]


def _next(report: Report) -> str:
    """Return what the office does next, each with its count; else who is missing."""
    table = next((t for s in report.sections for t in s.tables if t.key == "next"), None)
    if table is None:
        return report.in_short[-1]
    *_, what, _ = zip(*table.rows, strict=True)
    if len(table.columns) < 3:
        return "\n".join((table.heading + report.labels["colon"].rstrip(), *map(str, what)))
    of_what = f"{table.heading} · {table.columns[0]}{report.labels['colon'].rstrip()}"
    return "\n".join((of_what, *(f"{row[0]} · {row[1]}" for row in table.rows)))


def _within(text: str) -> str:
    """Return the text, cut at the messenger's limit, which counts UTF-16 units."""
    while len(text.encode("utf-16-le")) // 2 > MOST:
        text = text[:-2] + "…"
    return text
