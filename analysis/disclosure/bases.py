"""Bases that tell of nobody: of no few people who are missing in one, or in one beside another."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_

from analysis.disclosure.crowds import by_place
from analysis.disclosure.merging import rows
from analysis.disclosure.question import SILENT, Question, Row
from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.units import UnitBits, Units, is_part

NOTHING_PRINTED: Mapping[str, tuple[Row, ...]] = {}


def members(question: Question) -> list[str]:
    """Return the administrations with five or more people who were asked, in order."""
    people: dict[str, set[int]] = {}
    for key in question.crowds:
        for one in question.everybody(key).values():
            for number, place in one.asked:
                people.setdefault(place, set()).add(number)
    return sorted(place for place, theirs in people.items() if len(theirs) >= SMALLEST)


def first_tables(
    question: Question, printed: Mapping[str, tuple[Row, ...]] = NOTHING_PRINTED
) -> dict[str, tuple[Row, ...]]:
    """Return the rows of each set by itself, without sets whose bases would tell of a few people.

    Those of `printed` sets stay as they are.
    """
    tables = {key: rows for key, rows in printed.items() if rows and key in question.crowds}
    readers = [*_of_all(question)]
    for key in (key for key in question.crowds if key not in printed):
        found = rows(question, key)
        if found and not any(_tells_few(bases, tables, key) for bases in readers):
            tables[key] = found
    return tables


def _of_all(question: Question) -> Iterator[UnitBits]:
    """Yield the bases, and those without what each member knows of them, where that is anything."""
    bases = UnitBits.of(question.crowds)
    yield bases
    places = {key: by_place(crowd) for key, crowd in question.crowds.items()}
    for member in members(question):
        if any(member in found for found in places.values()):
            yield bases.without(
                {key: bases.together(found.get(member, ())) for key, found in places.items()}
            )


def _tells_few(bases: UnitBits, told: Collection[str], new: str) -> bool:
    """Return whether a new base, or its difference to bases that are told, is of 1 to 4 people."""
    return any(bases.of_few(key, left) for key, left in _beside(bases.whole, told, new))


def _beside(
    bases: Mapping[str, Units], told: Collection[str], new: str
) -> Iterator[tuple[str, Units]]:
    """Yield a new base, and what is left of each base that it is part of or has parts of."""
    here = bases[new]
    yield new, here
    inner = [key for key in told if is_part(bases[key], here)]
    outer = [key for key in told if is_part(here, bases[key])]
    yield from ((new, here & ~bases[key]) for key in inner)
    yield new, here & ~_joined(bases[key] for key in inner)
    for key in outer:
        whole = bases[key]
        yield key, whole & ~here
        parts = (bases[k] for k in told if is_part(bases[k], whole))
        yield key, whole & ~here & ~_joined(parts)


def _joined(every: Iterable[Units]) -> Units:
    return reduce(or_, every, 0)


# Wider bases


def narrow(
    question: Question, same: Mapping[str, Sequence[str]], bases: Iterable[str]
) -> list[str]:
    """Return which sets of some bases do not hold all that they asked."""
    found = [key for key in bases if SILENT not in question.in_base(key)]
    return [
        one
        for key in found
        if len(question.everybody(key)) > len(question.crowds[key])
        for one in same[key]
    ]


def with_all_asked(question: Question, keys: Collection[str]) -> Question:
    """Return a question whose bases hold all that some sets asked, so that they tell nothing."""
    wider = {key: question.everybody(key) for key in keys}
    return replace(
        question, crowds={**question.crowds, **wider}, blanks=question.blanks | frozenset(keys)
    )
