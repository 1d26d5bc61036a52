"""Options of a question told together, so that each row rests on enough people.

Steps of a scale are cut where both sides are large enough. Of a choice among several, options that
are large enough have their rows, and one more row tells the people of one or more of the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.disclosure.crowds import (
    Crowd,
    choosing,
    nearly_all,
    replied,
    stands,
    tellable,
)
from analysis.disclosure.question import BLANK, Kind, Question, Row, Telling


def rows(question: Question, key: str) -> tuple[Row, ...]:
    """Return the rows of a question in one set; () if nothing of it may be told."""
    crowd = question.crowds[key]
    if not stands(replied(crowd.values()), question.places_of(key)):
        return ()
    makers = {Kind.ORDERED: _ordered, Kind.ONE: _one, Kind.SEVERAL: _several}
    return makers[question.kind](question, key)


def largest(crowd: Crowd, options: Iterable[str]) -> frozenset[str]:
    """Return the options that most units chose; several when they are level, none without answers."""
    counts = {code: len(choosing(crowd, (code,))) for code in options if code != BLANK}
    most = max(counts.values(), default=0)
    return frozenset(code for code, count in counts.items() if count == most and most)


def row_of(crowd: Crowd, codes: Sequence[str], telling: Telling) -> Row:
    """Return a row of some options, with the units that chose one of them."""
    return Row(tuple(codes), len(choosing(crowd, codes)), telling)


def something(found: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows if one of them tells something; () if none does."""
    return tuple(found) if any(one.telling is not Telling.NOTHING for one in found) else ()


def smallest_first(crowd: Crowd, codes: Iterable[str]) -> list[str]:
    """Return codes by the number of their units; the largest ones are last, whatever their order."""
    listed = list(codes)
    top = largest(crowd, listed)
    return sorted(listed, key=lambda code: (code in top, len(choosing(crowd, (code,)))))


# Scales


def _ordered(question: Question, key: str) -> tuple[Row, ...]:
    """Return the finest classes of a scale that all stand; one class alone tells nothing."""
    found: tuple[Row, ...] = ()
    cuts: list[int] = []
    for place in possible_cuts(question, key):
        tried = sorted({*cuts, place})
        if made := cut(question, key, tried):
            cuts, found = tried, made
    return found or _only(question, key)


def _steps(question: Question, key: str) -> tuple[str, ...]:
    return (BLANK, *question.options) if key in question.blanks else question.options


def possible_cuts(question: Question, key: str) -> list[int]:
    """Return where a scale may be cut, the places that are wanted first."""
    steps = _steps(question, key)
    offset = len(steps) - len(question.options)
    wanted = [cut + offset for cut in question.first_cuts]
    return list(dict.fromkeys((*wanted, *range(1, len(steps)))))


def cut(question: Question, key: str, cuts: Sequence[int]) -> tuple[Row, ...]:
    """Return the classes of a scale between some cuts; () unless all of them stand."""
    crowd, places, steps = question.crowds[key], question.places_of(key), _steps(question, key)
    classes = [steps[low:high] for low, high in _spans(cuts, len(steps))]
    if not all(_holds(crowd, codes, places) for codes in classes):
        return ()
    return tuple(row_of(crowd, codes, Telling.COUNT) for codes in classes)


def _holds(crowd: Crowd, codes: Sequence[str], places: int) -> bool:
    """Return whether a class rests on enough people: replies, or people asked in a silent one."""
    inside = choosing(crowd, codes)
    people = replied(inside)
    if BLANK in codes:
        people = frozenset().union(*(one.asked for one in inside)) if inside else people
    return stands(people, places)


def _spans(cuts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip([0, *cuts], [*cuts, end], strict=True))


def _only(question: Question, key: str) -> tuple[Row, ...]:
    """Return one row for an option that nearly all chose, when nothing else can be told."""
    crowd, places = question.crowds[key], question.places_of(key)
    for code in question.options:
        if nearly_all(crowd, (code,), places):
            others = [c for c in question.options if c != code]
            return (
                row_of(crowd, (code,), Telling.NEARLY_ALL),
                row_of(crowd, others, Telling.NOTHING),
            )
    return ()


# One of several options without an order


def _one(question: Question, key: str) -> tuple[Row, ...]:
    crowd, places = question.crowds[key], question.places_of(key)
    told = [code for code in question.options if tellable(crowd, (code,), places)]
    return with_rest(question, key, told) or _only(question, key)


def with_rest(question: Question, key: str, told: Sequence[str]) -> tuple[Row, ...]:
    """Return rows of some options and one of all the others, which must stand as well."""
    crowd, places = question.crowds[key], question.places_of(key)
    alone = list(told)
    while alone:
        others = [code for code in question.options if code not in alone]
        rest = [*others, BLANK] if key in question.blanks else others
        if not choosing(crowd, rest) or _holds(crowd, rest, places):
            break
        alone.remove(smallest_first(crowd, alone)[0])
    if not alone or not largest(crowd, question.options) <= {*alone}:
        # The largest is never among the others.
        return ()
    shown = [row_of(crowd, (code,), Telling.COUNT) for code in question.options if code in alone]
    if not choosing(crowd, rest):
        return tuple(shown)
    return (*shown, replace(row_of(crowd, rest, Telling.COUNT), rest=True))


# Several options


def _several(question: Question, key: str) -> tuple[Row, ...]:
    crowd, places = question.crowds[key], question.places_of(key)
    told = [
        code
        for code in question.options
        if tellable(crowd, (code,), places) or nearly_all(crowd, (code,), places)
    ]
    return _with_union(question, key, told)


def _with_union(question: Question, key: str, told: Sequence[str]) -> tuple[Row, ...]:
    """Return rows of some options, and one of the people who chose one or more of the others."""
    crowd, places = question.crowds[key], question.places_of(key)
    if not largest(crowd, question.options) <= {*told}:
        return ()
    made = [row_of(crowd, (code,), _telling(crowd, (code,), places)) for code in told]
    others = [code for code in question.options if code not in told]
    if others:
        made.append(row_of(crowd, others, _telling(crowd, others, places)))
    return something(made)


def _telling(crowd: Crowd, codes: Sequence[str], places: int) -> Telling:
    if tellable(crowd, codes, places):
        return Telling.COUNT
    return Telling.NEARLY_ALL if nearly_all(crowd, codes, places) else Telling.NOTHING
