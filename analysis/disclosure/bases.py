"""Bases that tell of nobody: of no few people who are missing in one, or in one beside another."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.disclosure.crowds import Crowd, by_place, without
from analysis.disclosure.merging import rows
from analysis.disclosure.question import SILENT, Question, Row
from analysis.disclosure.small_groups import SMALLEST

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
    readers = [question.crowds, *_of_members(question)]
    for key in (key for key in question.crowds if key not in printed):
        found = rows(question, key)
        if found and not any(_tells_few(crowds, tables, key) for crowds in readers):
            tables[key] = found
    return tables


def _of_members(question: Question) -> Iterator[Mapping[str, Crowd]]:
    """Yield the bases without what each member knows of them, where that is anything."""
    places = {key: by_place(crowd) for key, crowd in question.crowds.items()}
    for member in members(question):
        if any(member in found for found in places.values()):
            yield {
                key: without(crowd, places[key].get(member, ()))
                for key, crowd in question.crowds.items()
            }


def _tells_few(crowds: Mapping[str, Crowd], told: Collection[str], new: str) -> bool:
    """Return whether a new base, or its difference to bases that are told, is of 1 to 4 people."""
    return any(_few(crowds[key], less) for key, less in _beside(crowds, told, new))


def _beside(
    crowds: Mapping[str, Crowd], told: Collection[str], new: str
) -> Iterator[tuple[str, set[int | str]]]:
    """Yield a new base, and each base that it is part of or has parts of, with what is taken away."""
    yield new, set()
    inner = [key for key in told if _within(crowds[key], crowds[new])]
    outer = [key for key in told if _within(crowds[new], crowds[key])]
    yield from ((new, {*crowds[key]}) for key in inner)
    yield new, _units(crowds, inner)
    yield from ((key, {*crowds[new]}) for key in outer)
    for key in outer:
        yield key, _units(crowds, [new, *(k for k in told if _within(crowds[k], crowds[key]))])


def _within(smaller: Crowd, crowd: Crowd) -> bool:
    return len(smaller) < len(crowd) and smaller.keys() <= crowd.keys()


def _units(crowds: Mapping[str, Crowd], keys: Iterable[str]) -> set[int | str]:
    return set[int | str]().union(*(crowds[key] for key in keys))


def _few(crowd: Crowd, less: Collection[int | str]) -> bool:
    """Return whether 1 to 4 people are in a crowd without some units."""
    people: set[tuple[int, str]] = set()
    for unit, one in crowd.items():
        if unit not in less:
            people |= one.asked
            if len(people) >= SMALLEST:
                return False
    return bool(people)


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
