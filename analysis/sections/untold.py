"""What a long report leaves out because nothing of it may be told."""

import re
from collections.abc import Iterable
from dataclasses import replace

from analysis.disclosure.small_groups import HIDDEN
from analysis.model import Cell, Section, Table
from surveys.wording import Words


def only_told(sections: Iterable[Section], say: Words) -> tuple[tuple[Section, ...], str]:
    """Return the sections with those tables that tell something, and a sentence that names the others.

    A section of which nothing else is left is not there either. The sentence is the same whether nobody
    or a few people answered.
    """
    kept: list[Section] = []
    untold: list[str] = []
    for one in sections:
        silent = [t for t in one.filled_tables if not _tells(t, say(HIDDEN))]
        untold += [t.heading for t in silent]
        left = replace(one, tables=tuple(t for t in one.tables if t not in silent))
        if not silent or left.figures or left.filled_tables or left.quotes:
            kept.append(left)
    return tuple(kept), _named(untold, say)


def _tells(table: Table, hidden: str) -> bool:
    """Return whether a table has a row, and where rows are hidden also a count."""
    cells = [cell for row in table.rows for cell in row[1:]]
    return bool(table.rows) and (hidden not in cells or any(map(_counts, cells)))


def _counts(cell: Cell) -> bool:
    return not isinstance(cell, str) or re.search(r"\d", cell) is not None


def _named(untold: Iterable[str], say: Words) -> str:
    names = [*dict.fromkeys(filter(None, untold))]
    if not names:
        return ""
    return say(
        "Not shown, because too few people answered or small groups must be protected: {names}.",
        names=say.listed(say("“{label}”", label=name) for name in names),
    )
