"""What is told of a question in all published sets, so that no reader finds a group under five.

The readers are outsiders, who know every published count, and administrations with five or more
members, who also know what their own people said. While one of them can tell a count under five to two
units, the row that tells it is merged into others, then hidden, then the whole table.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from analysis.disclosure.bases import narrow, with_all_asked, with_safe_bases
from analysis.disclosure.merging import Kind, Question, Row, coarser, largest
from analysis.disclosure.ranges import Holding
from analysis.disclosure.readers import Reader, readers_of
from analysis.disclosure.variables import Tables


@dataclass
class Work:
    """The cost of protecting questions: size of the largest program, and number of programs."""

    variables: int = 0
    facts: int = 0
    programs: int = 0

    def add(self, reader: Reader) -> None:
        """Count what one reader has cost."""
        self.variables = max(self.variables, len(reader.variables))
        self.facts = max(self.facts, reader.program.facts)
        self.programs += reader.program.solved


def protected(question: Question, work: Work | None = None) -> tuple[Question, Tables]:
    """Return a question and the rows that may be told of it, by set, without sets that tell nothing.

    Its bases may hold more people than before. Sets with the same answers have the same rows.
    """
    whole, same = question, _same(question)
    question = replace(question, crowds={key: question.crowds[key] for key in same})
    tables = with_safe_bases(question)
    for reader in readers_of(question):
        # A table that tells less stays safe for the readers before.
        while found := reader.finds(tables):
            if not found.rows and (wider := narrow(question, same, found.bases)):
                return protected(with_all_asked(whole, wider), work)
            tables = _coarsened(question, tables, found)
        if work is not None:
            work.add(reader)
    told = {key: tables[first] for first, keys in same.items() if first in tables for key in keys}
    return whole, told


def _same(question: Question) -> dict[str, list[str]]:
    """Return the sets with the same answers, largest bases first, by the first of each."""
    found: dict[frozenset[tuple[object, ...]], list[str]] = {}
    for key in sorted(question.crowds, key=lambda key: (-len(question.crowds[key]), key)):
        everybody, base = question.everybody(key), question.crowds[key]
        held = frozenset((unit, one.slot, unit in base) for unit, one in everybody.items())
        found.setdefault(held, []).append(key)
    return {keys[0]: keys for keys in found.values()}


def found_beside(question: Question, tables: Tables, named: Collection[str]) -> bool:
    """Return whether a reader finds a count under five who also knows what some administrations said."""
    return any(reader.finds(tables) for reader in readers_of(question, named))


# Telling less


def _coarsened(question: Question, tables: Tables, found: Holding) -> dict[str, tuple[Row, ...]]:
    """Return tables that tell less: the smallest row that tells a count is merged or hidden."""
    made = dict(tables)
    codes = {(where, row.codes) for where, row in found.rows}
    binding = [(key, row) for key in tables for row in tables[key] if (key, row.codes) in codes]
    if not binding:
        del made[min(found.bases, key=lambda key: (len(question.crowds[key]), key))]
        return made
    where, row = min(binding, key=lambda one: _order(question, *one))
    made[where] = coarser(question, where, tables[where], row)
    if not made[where]:
        del made[where]
    return made


def _order(question: Question, key: str, row: Row) -> tuple[bool, int, int, str]:
    crowd = question.crowds[key]
    top = question.kind is not Kind.ORDERED and bool(
        largest(crowd, question.options) & {*row.codes}
    )
    return (top, len(crowd), row.units, key)
