"""What a long report leaves out because nothing of it may be told."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from analysis.disclosure.small_groups import HIDDEN, PROTECTED
from analysis.model import Cell, Section, Table
from surveys.wording import Words


def only_told(
    sections: Iterable[Section], say: Words, chapters: Sequence[Collection[str]] = ()
) -> tuple[tuple[Section, ...], str]:
    """Return the sections with those tables that tell something, and a sentence that names the others.

    A section of which nothing else is left is not there either; but each of `chapters`, by the keys of
    its sections, keeps one, with such a sentence of its own. The sentence is the same whether nobody or
    a few people answered.
    """
    parts = [_Part(one, say) for one in sections]
    alone = {part.section.key for part in _alone(parts, chapters)}
    kept: list[Section] = []
    untold: list[str] = []
    for part in parts:
        if part.section.key in alone:
            kept.append(replace(part.left, notes=(_named(part.untold, say),)))
            continue
        untold += part.untold
        kept += [part.left] if part.tells else []
    return tuple(kept), _named(untold, say)


class _Part:
    """A section, what is left of it, and the headings of the tables that tell nothing."""

    def __init__(self, section: Section, say: Words) -> None:
        silent = [t for t in section.filled_tables if not _tells(t, say)]
        self.section = section
        self.untold = [t.heading for t in silent]
        self.left = left = replace(
            section, tables=tuple(t for t in section.tables if t not in silent)
        )
        self.tells = bool(not silent or left.figures or left.filled_tables or left.quotes)


def _alone(parts: Sequence[_Part], chapters: Sequence[Collection[str]]) -> Iterator[_Part]:
    """Yield the first section of each chapter of which no section tells anything."""
    for keys in chapters:
        here = [part for part in parts if part.section.key in keys]
        if here and not any(part.tells for part in here):
            yield here[0]


def _tells(table: Table, say: Words) -> bool:
    """Return whether a table says more than that something is hidden.

    One without rows may say that nobody was asked, or that the office has released nothing yet.
    """
    hidden = say(HIDDEN)
    if not table.rows:
        return say(PROTECTED) not in table.note
    cells = [cell for row in table.rows for cell in row[table.names :]]
    silent = any(isinstance(cell, str) and hidden in cell for cell in cells)
    return not silent or any(_counts(cell, hidden) for cell in cells)


def _counts(cell: Cell, hidden: str) -> bool:
    """Return whether a cell has a number; why something is not shown may name a moment."""
    if not isinstance(cell, str):
        return True
    return hidden not in cell and re.search(r"\d", cell) is not None


def _named(untold: Iterable[str], say: Words) -> str:
    names = [*dict.fromkeys(filter(None, untold))]
    if not names:
        return ""
    return say(
        "Not shown, because too few people answered or small groups must be protected: {names}.",
        names=say.listed(say("“{label}”", label=name) for name in names),
    )
