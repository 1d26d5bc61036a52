"""Options of a question told together, so that each row rests on enough people.

Steps of a scale are cut where both sides are large enough. Of a choice among several, options that
are large enough have their rows, and one more row tells the people of one or more of the others.
"""

from collections.abc import Iterable, Iterator, Sequence
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


def tables_of(question: Question, key: str) -> Iterator[tuple[Row, ...]]:
    """Yield rows of a question in one set that tell less and less, beginning with all of `rows`."""
    if not (first := rows(question, key)):
        return
    yield first
    makers = {Kind.ORDERED: _cut_once, Kind.ONE: _fewer, Kind.SEVERAL: _fewer_of_several}
    yield from makers[question.kind](question, key, first)


def coarser(question: Question, key: str, known: tuple[Row, ...], row: Row) -> tuple[Row, ...]:
    """Return rows that tell less: one row merged into others or hidden; () when nothing is left.

    The largest is not hidden to protect another row: then nothing of the question is told.
    """
    if question.kind is Kind.ORDERED:
        return _joined(question, key, known, row)
    top = largest(question.crowds[key], question.options)
    if question.kind is Kind.ONE:
        return _more_together(question, key, known, row, top)
    if len(row.codes) == 1 and row.codes[0] in top:
        return ()
    # The people of one or more of the others would no longer be of all the others.
    return _left(
        [
            replace(one, telling=Telling.NOTHING) if one == row or len(one.codes) > 1 else one
            for one in known
        ]
    )


def _more_together(
    question: Question, key: str, known: tuple[Row, ...], row: Row, top: frozenset[str]
) -> tuple[Row, ...]:
    """Return rows with one more option among those that are told together."""
    alone = [one.codes[0] for one in known if not one.rest]
    next_ones = _smallest_first(question.crowds[key], alone)
    hidden = next_ones[0] if row.rest else row.codes[0]
    if hidden in top:
        hidden = next_ones[0]
    left = [code for code in alone if code != hidden]
    return () if hidden in top else _with_rest(question, key, left)


def largest(crowd: Crowd, options: Iterable[str]) -> frozenset[str]:
    """Return the options that most units chose; several when they are level, none without answers."""
    counts = {code: len(choosing(crowd, (code,))) for code in options if code != BLANK}
    most = max(counts.values(), default=0)
    return frozenset(code for code, count in counts.items() if count == most and most)


def _row(crowd: Crowd, codes: Sequence[str], telling: Telling) -> Row:
    return Row(tuple(codes), len(choosing(crowd, codes)), telling)


def _left(found: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(found) if any(one.telling is not Telling.NOTHING for one in found) else ()


def _smallest_first(crowd: Crowd, codes: Iterable[str]) -> list[str]:
    """Return codes by the number of their units; the largest ones are last, whatever their order."""
    listed = list(codes)
    top = largest(crowd, listed)
    return sorted(listed, key=lambda code: (code in top, len(choosing(crowd, (code,)))))


# Scales


def _ordered(question: Question, key: str) -> tuple[Row, ...]:
    """Return the finest classes of a scale that all stand; one class alone tells nothing."""
    found: tuple[Row, ...] = ()
    cuts: list[int] = []
    for cut in _possible_cuts(question, key):
        tried = sorted({*cuts, cut})
        if made := _cut(question, key, tried):
            cuts, found = tried, made
    return found or _only(question, key)


def _steps(question: Question, key: str) -> tuple[str, ...]:
    return (BLANK, *question.options) if key in question.blanks else question.options


def _possible_cuts(question: Question, key: str) -> list[int]:
    """Return where a scale may be cut, the places that are wanted first."""
    steps = _steps(question, key)
    offset = len(steps) - len(question.options)
    wanted = [cut + offset for cut in question.first_cuts]
    return list(dict.fromkeys((*wanted, *range(1, len(steps)))))


def _cut(question: Question, key: str, cuts: Sequence[int]) -> tuple[Row, ...]:
    """Return the classes of a scale between some cuts; () unless all of them stand."""
    crowd, places, steps = question.crowds[key], question.places_of(key), _steps(question, key)
    classes = [steps[low:high] for low, high in _spans(cuts, len(steps))]
    if not all(_holds(crowd, codes, places) for codes in classes):
        return ()
    return tuple(_row(crowd, codes, Telling.COUNT) for codes in classes)


def _cut_once(question: Question, key: str, first: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """Yield a scale in two classes, at each place where both stand."""
    for cut in _possible_cuts(question, key):
        if (made := _cut(question, key, [cut])) and made != first:
            yield made


def _holds(crowd: Crowd, codes: Sequence[str], places: int) -> bool:
    """Return whether a class rests on enough people: replies, or people asked in a silent one."""
    inside = choosing(crowd, codes)
    people = replied(inside)
    if BLANK in codes:
        people = frozenset().union(*(one.asked for one in inside)) if inside else people
    return stands(people, places)


def _spans(cuts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip([0, *cuts], [*cuts, end], strict=True))


def _joined(question: Question, key: str, known: tuple[Row, ...], row: Row) -> tuple[Row, ...]:
    """Return a scale with one class joined to its smaller neighbour."""
    if row.telling is Telling.NEARLY_ALL or len(known) < 3:
        return ()
    place = known.index(row)
    beside = [n for n in (place - 1, place + 1) if 0 <= n < len(known)]
    other = min(beside, key=lambda n: known[n].units)
    low, high = sorted((place, other))
    codes = known[low].codes + known[high].codes
    made = _row(question.crowds[key], codes, Telling.COUNT)
    return (*known[:low], made, *known[high + 1 :])


def _only(question: Question, key: str) -> tuple[Row, ...]:
    """Return one row for an option that nearly all chose, when nothing else can be told."""
    crowd, places = question.crowds[key], question.places_of(key)
    for code in question.options:
        if nearly_all(crowd, (code,), places):
            others = [c for c in question.options if c != code]
            return (
                _row(crowd, (code,), Telling.NEARLY_ALL),
                _row(crowd, others, Telling.NOTHING),
            )
    return ()


# One of several options without an order


def _one(question: Question, key: str) -> tuple[Row, ...]:
    crowd, places = question.crowds[key], question.places_of(key)
    told = [code for code in question.options if tellable(crowd, (code,), places)]
    return _with_rest(question, key, told) or _only(question, key)


def _with_rest(question: Question, key: str, told: Sequence[str]) -> tuple[Row, ...]:
    """Return rows of some options and one of all the others, which must stand as well."""
    crowd, places = question.crowds[key], question.places_of(key)
    alone = list(told)
    while alone:
        others = [code for code in question.options if code not in alone]
        rest = [*others, BLANK] if key in question.blanks else others
        if not choosing(crowd, rest) or _holds(crowd, rest, places):
            break
        alone.remove(_smallest_first(crowd, alone)[0])
    if not alone or not largest(crowd, question.options) <= {*alone}:
        # The largest is never among the others.
        return ()
    shown = [_row(crowd, (code,), Telling.COUNT) for code in question.options if code in alone]
    if not choosing(crowd, rest):
        return tuple(shown)
    return (*shown, replace(_row(crowd, rest, Telling.COUNT), rest=True))


def _fewer(question: Question, key: str, first: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """Yield rows of fewer and fewer options, the largest to the last, and one of all the others."""
    crowd = question.crowds[key]
    alone = _smallest_first(crowd, [row.codes[0] for row in first if len(row.codes) == 1])
    for number in range(1, len(alone)):
        left = [code for code in question.options if code in alone[number:]]
        if made := _with_rest(question, key, left):
            yield made


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
    made = [_row(crowd, (code,), _telling(crowd, (code,), places)) for code in told]
    others = [code for code in question.options if code not in told]
    if others:
        made.append(_row(crowd, others, _telling(crowd, others, places)))
    return _left(made)


def _fewer_of_several(
    question: Question, key: str, first: tuple[Row, ...]
) -> Iterator[tuple[Row, ...]]:
    """Yield the same rows with fewer and fewer that are told, those of the largest to the last."""
    alone = [row.codes[0] for row in first if len(row.codes) == 1]
    hidden = [row.codes for row in first if len(row.codes) > 1]
    crowd = question.crowds[key]
    top = largest(crowd, question.options)
    for code in (*_smallest_first(crowd, alone), ""):
        made = tuple(
            replace(row, telling=Telling.NOTHING) if row.codes in hidden else row for row in first
        )
        if made != first and any(r.telling is not Telling.NOTHING for r in made):
            yield made
        if code in top:
            return
        hidden.append((code,))


def _telling(crowd: Crowd, codes: Sequence[str], places: int) -> Telling:
    if tellable(crowd, codes, places):
        return Telling.COUNT
    return Telling.NEARLY_ALL if nearly_all(crowd, codes, places) else Telling.NOTHING
