"""The report as plain text of 80 columns where the words allow it; for terminals and e-mail."""

import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from analysis.figures import Figure
from analysis.model import Report, Section, Table

WIDTH = 80
WIDEST, NARROWEST = 120, 12
"""The widest line of a table, and how narrow a column gets for it."""
GAP = "  "


def render(report: Report) -> bytes:
    """Return UTF-8 text in the order of the report."""
    lines = [report.mark, ""] if report.mark else []
    lines += [*_wrapped(report.title), "=" * min(len(report.title), WIDTH)]
    lines += [*_wrapped(report.subtitle), report.written, ""]
    lines += _wrapped(report.notice) if report.notice else []
    for sentence in report.in_short:
        lines += _wrapped(sentence)
    lines += ["", *_figures(report.headlines), ""] if report.headlines else [""]
    for section in report.sections:
        lines += [] if section.annex else _section(section, report.labels)
    lines += [*(line for text in report.method for line in _wrapped(text)), "", report.footer]
    return ("\n".join(lines) + "\n").encode()


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _section(section: Section, signs: Mapping[str, str]) -> list[str]:
    lines = [section.heading, "-" * len(section.heading)]
    lines += [*_figures(section.figures), ""] if section.figures else []
    for table in section.filled_tables:
        said = _headed(table, signs["colon"])
        heading = [] if table.heading == section.heading else _wrapped(said)
        lines += [*heading, *_wrapped(table.finding), *_table(table), ""]
    for quote in section.quotes:
        lines += [
            *_wrapped(signs["opened"] + quote.text + signs["closed"]),
            f"  – {quote.source}",
            "",
        ]
    for note in section.notes:
        lines += _wrapped(note)
    return [*lines, ""] if section.notes else lines


def _figures(figures: Sequence[Figure]) -> list[str]:
    """Yield one line for each figure: what it counts, the counts, and its note after a dash."""
    wide = max(len(figure.label) for figure in figures)
    return [
        f"{figure.label:<{wide}}  {figure.text}" + (f" - {figure.note}" if figure.note else "")
        for figure in figures
    ]


def _headed(table: Table, colon: str) -> str:
    """Return the heading of a table, with a colon unless it ends with a mark such as "?"."""
    marked = unicodedata.category(table.heading[-1:] or " ") == "Po"
    return table.heading + ("" if marked else colon.rstrip())


def _table(table: Table) -> list[str]:
    """Yield columns as wide as their longest cell, or folded where a line would be too wide."""
    lines = []
    if table.rows:
        grid = [table.columns, *(tuple(str(cell) for cell in row) for row in table.rows)]
        columns = [*zip(*grid, strict=True)]
        words = [
            max(len(word) for cell in one for word in cell.split() or [""]) for one in columns
        ]
        widths = _fitting([max(map(len, one)) for one in columns], words)
        counts = [all(isinstance(row[n], int) for row in table.rows) for n in range(len(widths))]
        for row in grid:
            lines += _folded(row, widths, counts)
    return [*lines, *(f"  {line}" for line in _wrapped(table.note))]


def _fitting(widths: list[int], words: Sequence[int]) -> list[int]:
    """Return widths of columns that fit a line: the widest ones give way, as far as words allow.

    `words` are the longest word of each column. They are broken only where there is no other way.
    """
    for least in ([max(NARROWEST, word) for word in words], [NARROWEST] * len(words)):
        while sum(widths) + len(GAP) * len(widths) > WIDEST:
            free = [n for n, width in enumerate(widths) if width > least[n]]
            if not free:
                break
            widths[max(free, key=widths.__getitem__)] -= 1
    return widths


def _folded(row: Sequence[str], widths: Sequence[int], counts: Sequence[bool]) -> list[str]:
    """Return the lines of a row; counts stand to the right."""
    cells = [textwrap.wrap(cell, width or 1) for cell, width in zip(row, widths, strict=True)]
    return [
        (
            GAP
            + GAP.join(
                part.rjust(width) if right else part.ljust(width)
                for part, width, right in zip(parts, widths, counts, strict=True)
            )
        ).rstrip()
        for parts in zip_longest(*cells, fillvalue="")
    ]
