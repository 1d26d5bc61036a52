"""What is told of a question in all published sets, so that no reader finds a group under five.

The readers are outsiders, who know every published count, and administrations with five or more
members, who also know what their own people said. While one of them can tell a count under five to two
units, the row that tells it is merged into others, then hidden, then the whole table.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.disclosure.crowds import Answer, Crowd, choosing, replied, without
from analysis.disclosure.merging import Kind, Question, Row, coarser, largest, rows
from analysis.disclosure.ranges import (
    Program,
    Range,
    Sum,
    Tables,
    Variables,
    base,
    counted,
    not_counted,
    told,
)
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


def protected(question: Question, work: Work | None = None) -> dict[str, tuple[Row, ...]]:
    """Return the rows that may be told of a question, by set; sets with nothing to tell are left out.

    Sets with the same answers have the same rows.
    """
    same = _same(question.crowds)
    question = replace(question, crowds={key: question.crowds[key] for key in same})
    tables = _first(question)
    question = replace(question, crowds={key: question.crowds[key] for key in tables})
    readers = [
        reader
        for place in ("", *members(question.crowds))
        if (reader := _reader(question, tables, place))
    ]
    for reader in readers:
        # A table that tells less stays safe for the readers before.
        while found := reader.finds(tables):
            tables = _coarsened(question, tables, *found)
    if work is not None:
        for reader in readers:
            work.add(reader)
    return {key: tables[first] for first, keys in same.items() if first in tables for key in keys}


def members(crowds: Mapping[str, Crowd]) -> list[str]:
    """Return the administrations with five or more people who were asked, in order."""
    people: dict[str, set[int]] = {}
    for crowd in crowds.values():
        for one in crowd.values():
            for number, place in one.asked:
                people.setdefault(place, set()).add(number)
    return sorted(place for place, theirs in people.items() if len(theirs) >= SMALLEST)


def _same(crowds: Mapping[str, Crowd]) -> dict[str, list[str]]:
    """Return the sets with the same answers, largest bases first, by the first of each."""
    found: dict[frozenset[tuple[int | str, object]], list[str]] = {}
    for key in sorted(crowds, key=lambda key: (-len(crowds[key]), key)):
        held = frozenset((unit, one.slot) for unit, one in crowds[key].items())
        found.setdefault(held, []).append(key)
    return {keys[0]: keys for keys in found.values()}


# Bases


def _first(question: Question) -> dict[str, tuple[Row, ...]]:
    """Return the rows of each set by itself, without sets whose bases would tell of a few people."""
    tables: dict[str, tuple[Row, ...]] = {}
    readers = ["", *members(question.crowds)]
    for key in question.crowds:
        found = rows(question, key)
        if found and not any(_tells_few(question, [*tables, key], reader) for reader in readers):
            tables[key] = found
    return tables


def _tells_few(question: Question, keys: Collection[str], reader: str) -> bool:
    """Return whether bases, or differences of the bases of sets inside others, are of 1 to 4 people."""
    crowds = {key: _unknown(question.crowds[key], reader) for key in keys}
    return any(0 < len(_asked(rest)) < SMALLEST for _, _, rest in _differences(crowds))


def _differences(
    crowds: Mapping[str, Crowd],
) -> Iterator[tuple[str, tuple[str, ...], Crowd]]:
    """Yield each set whole, less each set inside it, and less all of these: key, taken away, rest."""
    for key, crowd in crowds.items():
        yield key, (), crowd
        inside = [
            other
            for other, smaller in crowds.items()
            if len(smaller) < len(crowd) and smaller.keys() <= crowd.keys()
        ]
        for other in inside:
            yield key, (other,), _less(crowd, [crowds[other]])
        if len(inside) > 1:
            yield key, tuple(inside), _less(crowd, [crowds[other] for other in inside])


def _less(crowd: Crowd, others: Collection[Crowd]) -> Crowd:
    return {unit: one for unit, one in crowd.items() if not any(unit in other for other in others)}


def _asked(crowd: Crowd) -> frozenset[tuple[int, str]]:
    return frozenset[tuple[int, str]]().union(*(one.asked for one in crowd.values()))


def _unknown(crowd: Crowd, reader: str) -> Crowd:
    return without(crowd, reader) if reader else crowd


# Counts


class Reader:
    """Somebody who knows all published counts, and perhaps the answers of one administration."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._tables: dict[str, tuple[Row, ...]] = dict.fromkeys(question.crowds, ())
        self.variables = Variables(question)
        self.program = Program()
        bases = [base(question, key, self.variables) for key in question.crowds]
        self.program.add(len(self.variables), (*self.variables.facts, *bases))
        self._safe: set[tuple[object, ...]] = set()

    def finds(self, tables: Tables) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], str] | None:
        """Return by which rows (set and options) a count under five is found, and its set; else None."""
        self._read(tables)
        for name, wanted, exact in _sensitive(self._question, self._tables, self.variables):
            if name in self._safe:
                continue
            seen = self.program.seen(wanted)
            if not seen or _tells(seen, exact):
                reached = self.program.range_of(wanted)
                if _tells(reached, exact):
                    by = tuple((where, row.codes) for where, row in reached.binding)
                    return by, str(name[0])
            self._safe.add(name)
        return None

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
        facts = [*united, *told(self._question, key, new, self.variables)]
        self.program.add(len(self.variables), facts)

    def _seen(self, key: str, row: Row) -> Row:
        return replace(row, units=len(choosing(self._question.crowds[key], row.codes)))


def _reader(question: Question, tables: Tables, place: str) -> Reader | None:
    """Return the reader of an administration ('' for the outsider); None if it knows no more."""
    crowds = {key: _unknown(question.crowds[key], place) for key in tables}
    if place and all(len(crowds[key]) == len(question.crowds[key]) for key in tables):
        return None
    return Reader(replace(question, crowds=crowds))


def _sensitive(
    question: Question, tables: Tables, variables: Variables
) -> Iterator[tuple[tuple[object, ...], Sum, bool]]:
    """Yield counts and rests of 1 to 4 people in sets and differences: name, sum, exact values only.

    A name begins with the set. A group of less than five units (some administrations with many people)
    has a narrow range by itself, so only the exact count is a secret there.

    Of people who gave sets different answers nothing but the exact count is a secret: how many they
    are may be known, and is below five.
    """
    crowds = {key: question.crowds[key] for key in tables}
    singles = [(code,) for code in question.options]
    for key, out, rest in _differences(crowds):
        # The people of one or more options are known in the set that tells of them.
        beside = () if question.kind is Kind.SEVERAL else out
        small = len(rest) < SMALLEST
        near = [row.codes for one in (key, *beside) for row in tables[one] if len(row.codes) > 1]
        for codes in dict.fromkeys((*singles, *near)):
            inside = choosing(rest, codes)
            if _few(replied(inside)):
                yield (key, out, codes), counted(variables, key, codes, out), small
            if _few(_asked(_others(rest, inside))):
                yield (key, out, codes, "rest"), not_counted(variables, key, codes, out), small
    for group, size in variables.sizes.items():
        answers = {number for _, number in group}
        if len(answers) > 1 and size < SMALLEST:
            for number in answers:
                for code in singles:
                    name = (group[0][0], group, number, code)
                    yield name, variables.of(group, number, code), True


def _tells(found: Range, exact: bool) -> bool:
    return found.greatest == found.least if exact else found.narrow


def _few(people: Collection[object]) -> bool:
    return 0 < len(people) < SMALLEST


def _others(crowd: Crowd, inside: Collection[Answer]) -> Crowd:
    counted_ones = {id(one) for one in inside}
    return {unit: one for unit, one in crowd.items() if id(one) not in counted_ones}


# Telling less


def _coarsened(
    question: Question, tables: Tables, by: tuple[tuple[str, tuple[str, ...]], ...], key: str
) -> dict[str, tuple[Row, ...]]:
    """Return tables that tell less: the smallest row that tells a count is merged or hidden."""
    made = dict(tables)
    binding = [(where, row) for where, codes in by for row in tables[where] if row.codes == codes]
    if not binding:
        del made[key]
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
