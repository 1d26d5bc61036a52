"""What is told of a question in all published sets, so that no reader finds a group under five.

The readers are outsiders, who know every published count, and administrations with five or more
members, who also know what their own people said. While one of them can tell a count under five to two
units, the row that tells it is merged into others, then hidden, then the whole table. In the end a table
that was hidden is told after all, as finely as it can be, if no reader finds anything beside it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from warnings import warn

from analysis.disclosure.bases import NOTHING_PRINTED, first_tables, narrow, with_all_asked
from analysis.disclosure.crowds import Crowd
from analysis.disclosure.merging import largest
from analysis.disclosure.printed import Tables
from analysis.disclosure.program import ContradictionError
from analysis.disclosure.question import Kind, Question, Row
from analysis.disclosure.ranges import Holding
from analysis.disclosure.readers import Reader, readers_of
from analysis.disclosure.telling_less import coarser, tables_of


@dataclass
class Work:
    """The cost of protecting questions: size of the largest program, and number of programs."""

    variables: int = 0
    facts: int = 0
    programs: int = 0

    def add(self, reader: Reader) -> None:
        """Count what one reader has cost."""
        program = reader.ranges.program
        self.variables = max(self.variables, program.size)
        self.facts = max(self.facts, len(program.facts))
        self.programs += reader.ranges.solved


def protected(
    question: Question, work: Work | None = None, printed: Tables = NOTHING_PRINTED
) -> tuple[Question, Tables]:
    """Return a question and the rows that may be told of it, by set, without sets that tell nothing.

    Its bases may hold more people than before. Sets with the same answers have the same rows. A
    process remembers what it has worked out, because the next report asks most questions again. What was
    `printed` of some sets stays as it is, also where a reader finds something by it alone.
    """
    name = _fingerprint(question, printed)
    found = _REMEMBERED.get(name) or _safely_worked_out(question, work or Work(), printed)
    while len(_REMEMBERED) >= MOST_REMEMBERED:
        _REMEMBERED.pop(next(iter(_REMEMBERED)), None)
    _REMEMBERED[name] = found
    wide, tables = found
    return with_all_asked(question, wide), tables


_REMEMBERED: dict[bytes, tuple[frozenset[str], Tables]] = {}
"""Sets whose bases hold all that they asked, and what is told, by questions with all their answers."""

MOST_REMEMBERED = 1000


def _fingerprint(question: Question, printed: Tables) -> bytes:
    """Return what only the same question with the same answers has."""

    def said(crowds: Mapping[str, Crowd]) -> list[object]:
        return [
            (key, unit, sorted(one.codes), one.slot, sorted(one.replied), sorted(one.asked))
            for key, crowd in crowds.items()
            for unit, one in crowd.items()
        ]

    sets = list(question.crowds), sorted(question.blanks), sorted(question.places.items())
    how = question.options, question.kind, question.first_cuts
    beside = sorted(question.replies), sorted(question.people), sorted(printed.items())
    waves = [
        (sorted(wave.told), [(key, sorted(map(str, wave.units[key]))) for key in wave.units])
        for wave in question.waves
    ]
    everything = repr((how, beside, sets, waves, said(question.crowds), said(question.asked)))
    return blake2b(everything.encode()).digest()


def _safely_worked_out(
    question: Question, work: Work, printed: Tables
) -> tuple[frozenset[str], Tables]:
    """Return what may be told: nothing new where what is known cannot all be true."""
    try:
        return _worked_out(question, frozenset(), work, printed)
    except ContradictionError as error:
        told = f"nothing is told of a question on {sorted(question.crowds)}: {error}"
        warn(told, RuntimeWarning, stacklevel=2)
        return frozenset(), {key: rows for key, rows in printed.items() if key in question.crowds}


def _worked_out(
    question: Question, wide: frozenset[str], work: Work, printed: Tables
) -> tuple[frozenset[str], Tables]:
    """Return which sets must have all that they asked in their bases, and what may be told."""
    whole = with_all_asked(question, wide)
    same = _same(whole, printed)
    whole = _first_of_each(whole, same)
    tables: Tables = first_tables(whole, printed)
    wanted = [key for key in tables if key not in printed]
    readers: list[Reader] = []
    for reader in readers_of(whole):
        readers.append(reader)
        # A table that tells less stays safe for the readers before.
        while found := reader.finds(tables):
            found = found.without(printed)
            if not found:
                reader.gives_up()
            elif not found.rows and (wider := narrow(whole, same, found.bases)):
                return _worked_out(question, wide | frozenset(wider), work, printed)
            else:
                tables = _coarsened(whole, tables, found)
    for key in wanted:
        tables = _told_after_all(whole, tables, key, readers)
    for reader in readers:
        work.add(reader)
    told = {key: tables[first] for first, keys in same.items() if first in tables for key in keys}
    return wide, told


def _same(question: Question, printed: Tables) -> dict[str, list[str]]:
    """Return the sets with the same answers, largest bases first, by the first of each.

    One of which something is printed is the first of its kind.
    """
    found: dict[tuple[object, ...], list[str]] = {}
    sizes = {
        key: (-len(crowd), not printed.get(key), key) for key, crowd in question.crowds.items()
    }
    for key in sorted(sizes, key=sizes.__getitem__):
        everybody, base = question.everybody(key), question.crowds[key]
        held = frozenset((unit, one.slot, unit in base) for unit, one in everybody.items())
        waves = (wave.units.get(key) for wave in question.waves)
        found.setdefault((held, *waves), []).append(key)
    return {keys[0]: keys for keys in found.values()}


def _first_of_each(question: Question, same: Mapping[str, Collection[str]]) -> Question:
    """Return a question in one set of each kind, with what is told of the replies of any of them."""

    def firsts(told: frozenset[str]) -> frozenset[str]:
        return frozenset(key for key, alike in same.items() if not told.isdisjoint(alike))

    return replace(
        question,
        crowds={key: question.crowds[key] for key in same},
        replies=firsts(question.replies),
        people=firsts(question.people),
        waves=tuple(replace(wave, told=firsts(wave.told)) for wave in question.waves),
    )


def found_beside(question: Question, tables: Tables, named: Collection[str]) -> bool:
    """Return whether a reader finds a count under five who also knows what some administrations said."""
    try:
        return any(reader.finds(tables) for reader in readers_of(question, named))
    except ContradictionError:
        return True


# Telling less


def _coarsened(question: Question, tables: Tables, found: Holding) -> dict[str, tuple[Row, ...]]:
    """Return tables that tell less: the smallest row that tells a count is merged or hidden."""
    made = dict(tables)
    codes = {(where, row.codes) for where, row in found.rows}
    binding = [(key, row) for key in tables for row in tables[key] if (key, row.codes) in codes]
    if not binding:
        del made[min(found.bases, key=lambda key: (len(question.crowds[key]), key))]
        return made
    less = {(key, row): coarser(question, key, tables[key], row) for key, row in binding}
    where, row = min(binding, key=lambda one: (not less[one], *_order(question, *one)))
    made[where] = less[where, row]
    if not made[where]:
        del made[where]
    return made


def _order(question: Question, key: str, row: Row) -> tuple[bool, int, int, str]:
    crowd = question.crowds[key]
    top = question.kind is not Kind.ORDERED and bool(
        largest(crowd, question.options) & {*row.codes}
    )
    return (top, len(crowd), row.units, key)


# Telling more


def _told_after_all(question: Question, tables: Tables, key: str, readers: list[Reader]) -> Tables:
    """Return tables with that of a set that was hidden, as finely as no reader finds anything.

    The reader who finds something is asked first from then on.
    """
    if key in tables:
        return tables
    for rows in tables_of(question, key):
        more = {**tables, key: rows}
        finder = next((reader for reader in readers if reader.finds(more, more=True)), None)
        if finder is None:
            return more
        readers.remove(finder)
        readers.insert(0, finder)
    return tables
