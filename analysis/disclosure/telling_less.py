"""Rows of a question that tell less, where those that stand by themselves would tell too much."""

from collections.abc import Iterator
from dataclasses import replace

from analysis.disclosure.merging import (
    cut,
    largest,
    possible_cuts,
    row_of,
    rows,
    smallest_first,
    something,
    with_rest,
)
from analysis.disclosure.question import BLANK, Kind, Question, Row, Telling


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
    return something(
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
    next_ones = smallest_first(question.crowds[key], alone)
    hidden = next_ones[0] if row.rest else row.codes[0]
    if hidden in top:
        hidden = next_ones[0]
    left = [code for code in alone if code != hidden]
    return () if hidden in top else with_rest(question, key, left)


def _joined(question: Question, key: str, known: tuple[Row, ...], row: Row) -> tuple[Row, ...]:
    """Return a scale with one class joined to its smaller neighbour."""
    if row.telling is Telling.NEARLY_ALL or len(known) < 3:
        return ()
    place = known.index(row)
    beside = [n for n in (place - 1, place + 1) if 0 <= n < len(known)]
    other = min(beside, key=lambda n: known[n].units)
    low, high = sorted((place, other))
    codes = known[low].codes + known[high].codes
    made = row_of(question.crowds[key], codes, Telling.COUNT)
    return (*known[:low], made, *known[high + 1 :])


def _cut_once(question: Question, key: str, first: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """Yield a scale in two classes, at each place where both stand.

    All who answered are no class: it would say nothing of their answers.
    """
    for place in possible_cuts(question, key):
        made = cut(question, key, [place])
        if made and made != first and made[0].codes != (BLANK,):
            yield made


def _fewer(question: Question, key: str, first: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """Yield rows of fewer and fewer options, the largest to the last, and one of all the others."""
    crowd = question.crowds[key]
    alone = smallest_first(crowd, [row.codes[0] for row in first if len(row.codes) == 1])
    for number in range(1, len(alone)):
        left = [code for code in question.options if code in alone[number:]]
        made = with_rest(question, key, left)
        if made and len(made) < len(first):
            yield made


def _fewer_of_several(
    question: Question, key: str, first: tuple[Row, ...]
) -> Iterator[tuple[Row, ...]]:
    """Yield the same rows with fewer and fewer that are told, those of the largest to the last."""
    crowd = question.crowds[key]
    top = largest(crowd, question.options)
    alone = smallest_first(crowd, [row.codes[0] for row in first if len(row.codes) == 1])
    for number in range(sum(code not in top for code in alone) + 1):
        told = {(code,) for code in alone[number:]}
        if any(row.telling is not Telling.NOTHING for row in first if row.codes not in told):
            yield tuple(_kept(row, row.codes in told) for row in first)


def _kept(row: Row, told: bool) -> Row:
    return row if told else replace(row, telling=Telling.NOTHING)
