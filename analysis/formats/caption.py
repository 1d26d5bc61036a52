"""The caption of the picture in chat; a sentence instead while there are no results."""

from analysis.model import Report, Table

MOST = 1024
"""The longest caption that a messenger accepts."""


def render(report: Report) -> bytes:
    """Return UTF-8 text within the limit of a caption, always in the same layout."""
    if report.notice:
        return report.notice.encode()
    if report.layout:
        told = (report.title, report.subtitle, *report.in_short, report.footer)
        return _within("\n".join(told)).encode()
    figures = {figure.key: figure for figure in report.headlines}
    using, embedded = figures["in_regular_use"], figures["embedded"]
    colon = report.labels["colon"]
    lines = [
        report.subtitle,
        report.in_short[-1],
        _moved(report),
        using.label + colon + using.text,
        embedded.label + colon + embedded.text,
        _obstacle(report),
        report.method[0],
        report.footer,
    ]
    return _within("\n".join(line for line in lines if line)).encode()


def _moved(report: Report) -> str:
    """Return the last comparison of the same people: up, same, down."""
    moves = _table(report, "moves", "moves")
    if not moves or not moves.rows:
        return ""
    between, up, same, down, *_ = moves.rows[-1]
    names = moves.columns
    told = f"▲ {names[1]} {up} · • {names[2]} {same} · ▼ {names[3]} {down}"
    return f"{between}{report.labels['colon']}{told}"


def _obstacle(report: Report) -> str:
    """Return the obstacle that most people name; '' if one that is not shown could be it."""
    table = _table(report, "obstacles", "obstacles")
    if not table or not table.rows or any(isinstance(row[2], str) for row in table.rows):
        return ""
    rows = [row for row in table.rows if row[0] != "–"]
    top = max(rows, key=lambda row: int(row[2]))
    signs = report.labels
    return f"{table.heading}{signs['colon']}{top[1]}{signs['comma']}{top[3]}"


def _table(report: Report, section: str, key: str) -> Table | None:
    found = (t for s in report.sections if s.key == section for t in s.tables if t.key == key)
    return next(found, None)


def _within(text: str) -> str:
    """Return the text, cut at the messenger's limit, which counts UTF-16 units."""
    while len(text.encode("utf-16-le")) // 2 > MOST:
        text = text[:-2] + "…"
    return text
