"""What is told of a question in all published sets, so that no reader finds a group under five.

The readers are outsiders, who know every published count, and administrations with five or more
members, who also know what their own people said. While one of them can tell a count under five to two
units, the row that tells it is merged into others, then hidden, then the whole table.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure.crowds import Crowd, choosing, without
from analysis.disclosure.merging import BLANK, SILENT, Kind, Question, Row, coarser, largest, rows
from analysis.disclosure.ranges import (
    Program,
    Range,
    Tables,
    Variables,
    base,
    told,
)
from analysis.disclosure.secrets import Secret, by_words, differences, few_of, of_two_answers
from analysis.disclosure.small_groups import SMALLEST


@dataclass
class Work:
    """The cost of protecting questions: size of the largest program, and number of programs."""

    variables: int = 0
    facts: int = 0
    programs: int = 0

    def add(self, reader: "Reader") -> None:
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
    tables = _first(question)
    readers = [
        reader for place in ("", *members(question)) if (reader := _reader(question, place))
    ]
    for reader in readers:
        # A table that tells less stays safe for the readers before.
        while found := reader.finds(tables):
            if not found[0] and (narrow := _narrow(question, same, found[1])):
                return protected(_with_all_asked(whole, narrow), work)
            tables = _coarsened(question, tables, *found)
    if work is not None:
        for reader in readers:
            work.add(reader)
    told = {key: tables[first] for first, keys in same.items() if first in tables for key in keys}
    return whole, told


def members(question: Question) -> list[str]:
    """Return the administrations with five or more people who were asked, in order."""
    people: dict[str, set[int]] = {}
    for key in question.crowds:
        for one in question.everybody(key).values():
            for number, place in one.asked:
                people.setdefault(place, set()).add(number)
    return sorted(place for place, theirs in people.items() if len(theirs) >= SMALLEST)


def _same(question: Question) -> dict[str, list[str]]:
    """Return the sets with the same answers, largest bases first, by the first of each."""
    found: dict[frozenset[tuple[object, ...]], list[str]] = {}
    for key in sorted(question.crowds, key=lambda key: (-len(question.crowds[key]), key)):
        everybody, base = question.everybody(key), question.crowds[key]
        held = frozenset((unit, one.slot, unit in base) for unit, one in everybody.items())
        found.setdefault(held, []).append(key)
    return {keys[0]: keys for keys in found.values()}


# Bases


def _first(question: Question) -> dict[str, tuple[Row, ...]]:
    """Return the rows of each set by itself, without sets whose bases would tell of a few people."""
    tables: dict[str, tuple[Row, ...]] = {}
    readers = ["", *members(question)]
    for key in question.crowds:
        found = rows(question, key)
        if found and not any(_tells_few(question, [*tables, key], reader) for reader in readers):
            tables[key] = found
    return tables


def _narrow(
    question: Question, same: Mapping[str, Sequence[str]], bases: Iterable[str]
) -> list[str]:
    """Return which sets of some bases do not hold all that they asked."""
    narrow = [key for key in bases if SILENT not in question.in_base(key)]
    return [
        one
        for key in narrow
        if len(question.everybody(key)) > len(question.crowds[key])
        for one in same[key]
    ]


def _with_all_asked(question: Question, keys: Collection[str]) -> Question:
    """Return a question whose bases hold all that some sets asked, so that they tell nothing."""
    wider = {key: question.everybody(key) for key in keys}
    return replace(
        question, crowds={**question.crowds, **wider}, blanks=question.blanks | frozenset(keys)
    )


def _tells_few(question: Question, keys: Collection[str], reader: str) -> bool:
    """Return whether bases, or differences of the bases of sets inside others, are of 1 to 4 people."""
    crowds = {key: _unknown(question.crowds[key], reader) for key in keys}
    return any(0 < len(_asked(rest)) < SMALLEST for _, _, rest in differences(crowds))


def _asked(crowd: Crowd) -> frozenset[tuple[int, str]]:
    return frozenset[tuple[int, str]]().union(*(one.asked for one in crowd.values()))


def _unknown(crowd: Crowd, reader: str) -> Crowd:
    return without(crowd, reader) if reader else crowd


# Counts


class Reader:
    """Somebody who knows all published counts, and perhaps the answers of one administration."""

    def __init__(self, question: Question, whole: Question) -> None:
        self._question, self._whole = question, whole
        self._tables: dict[str, tuple[Row, ...]] = dict.fromkeys(question.crowds, ())
        self.variables = Variables(question)
        self.program = Program()
        bases = [base(question, key, self.variables) for key in question.crowds]
        self.program.add(len(self.variables), (*self.variables.facts, *bases))
        self._safe: set[object] = set()
        self._few: dict[tuple[int, tuple[str, ...]], list[Secret]] = {}
        everybody = {key: question.everybody(key) for key in question.crowds}
        self._rests = [(key, out, by_words(left)) for key, out, left in differences(everybody)]

    def finds(
        self, tables: Tables
    ) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]] | None:
        """Return by which rows (set and options), or by which bases, a count under five is found."""
        self._read(tables)
        alike: set[object] = set()
        for secret in self._secrets():
            kind = secret.exact, secret.place, self._rows_of(secret.codes)
            if secret.name in self._safe or kind in alike:
                alike.add(kind)
                continue
            tells = _exactly if secret.exact else _narrowly
            seen = self.program.seen(secret.wanted)
            if not seen or tells(seen):
                reached = self.program.range_of(secret.wanted, tells)
                by = tuple((where, row.codes) for where, row in reached.binding)
                if tells(reached) and (by or reached.bases):
                    return by, reached.bases
            self._safe.add(secret.name)
            alike.add(kind)
        return None

    def _rows_of(self, codes: tuple[str, ...]) -> object:
        """Return the rows that tell of an option; several options, or none, are alike no others."""
        if len(codes) != 1 or codes[0] in (BLANK, SILENT):
            return codes
        return tuple(
            next((row.codes for row in rows if codes[0] in row.codes), ())
            for rows in self._tables.values()
        )

    def _secrets(self) -> Iterator[Secret]:
        """Yield counts and rests of 1 to 4 people in sets and differences, also of untold sets."""
        alone = [(code,) for code in (*self._question.options, BLANK, SILENT)]
        for place, (key, out, _) in enumerate(self._rests):
            # The people of one or more options are known in the set that tells of them.
            beside = () if self._question.kind is Kind.SEVERAL else out
            near = [
                self.variables.spelled(key, row.codes)
                for one in (key, *beside)
                for row in self._tables.get(one, ())
                if len(row.codes) > 1
            ]
            for codes in dict.fromkeys((*alone, self._question.options, *near)):
                name = place, codes
                if name not in self._few:
                    rest = self._rests[place]
                    self._few[name] = list(few_of(self._question, self.variables, rest, codes))
                yield from self._few[name]
        yield from of_two_answers(self._question, self.variables)

    def _read(self, tables: Tables) -> None:
        """Take over what tables say now: they never say more than before."""
        for key in list(self._tables):
            rows = tuple(self._seen(key, row) for row in tables.get(key, ()))
            if key not in tables:
                self.program.take_back(key, (), base=True)
                del self._tables[key]
            elif rows != self._tables[key]:
                self._change(key, rows)

    def _change(self, key: str, rows: tuple[Row, ...]) -> None:
        before, self._tables[key] = self._tables[key], rows
        self.program.take_back(key, rows, base=False)
        new = [row for row in rows if row not in before]
        united = [fact for row in new for fact in self.variables.unite(key, row.codes)]
        facts = [*united, *told(self._question, key, new, self.variables, self._whole)]
        self.program.add(len(self.variables), facts)

    def _seen(self, key: str, row: Row) -> Row:
        return replace(row, units=len(choosing(self._question.crowds[key], row.codes)))


def _reader(question: Question, place: str, named: Collection[str] = ()) -> Reader | None:
    """Return the reader of an administration ('' for the outsider); None if it knows no more.

    All readers know what the `named` administrations said.
    """
    crowds, asked = dict(question.crowds), dict(question.asked)
    for known in (place, *named):
        crowds = {key: _unknown(crowd, known) for key, crowd in crowds.items()}
        asked = {key: _unknown(crowd, known) for key, crowd in asked.items()}
    if place and crowds == question.crowds and asked == question.asked:
        return None
    return Reader(replace(question, crowds=crowds, asked=asked), question)


def found_beside(question: Question, tables: Tables, named: Collection[str]) -> bool:
    """Return whether a reader finds a count under five who also knows what some administrations said."""
    readers = (_reader(question, place, named) for place in ("", *members(question)))
    return any(reader.finds(tables) for reader in readers if reader)


def _exactly(found: Range) -> bool:
    return found.greatest == found.least


def _narrowly(found: Range) -> bool:
    return found.narrow


# Telling less


def _coarsened(
    question: Question,
    tables: Tables,
    by: tuple[tuple[str, tuple[str, ...]], ...],
    bases: Collection[str],
) -> dict[str, tuple[Row, ...]]:
    """Return tables that tell less: the smallest row that tells a count is merged or hidden."""
    made = dict(tables)
    binding = [(where, row) for where, codes in by for row in tables[where] if row.codes == codes]
    if not binding:
        del made[min(bases, key=lambda key: (len(question.crowds[key]), key))]
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
