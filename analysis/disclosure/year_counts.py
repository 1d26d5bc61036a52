"""Which counts of people may stand beside each other in the tables of a year."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from analysis.disclosure.crowds import Crowd, of_person
from analysis.disclosure.question import Kind, Question, Row, Telling
from analysis.disclosure.readers import outsider
from analysis.disclosure.small_groups import SMALLEST

YEAR = "year"
"""The only set of the question: all attendances, whose number is told."""

Codes = tuple[str, ...]


def told_counts(people: Mapping[str, int], groups: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return the groups whose people may be told beside all other groups and the total.

    `people` are attendances by cell, the smallest parts that tables tell apart; a group is a row of a
    table, with its cells. Groups under five are hidden. While a reader finds one to four people in a
    group or outside it, the smallest row that tells of them is hidden too.
    """
    total = sum(people.values())
    if total < SMALLEST:
        return frozenset()
    codes = {
        name: tuple(cell for cell in people if cell in {*cells}) for name, cells in groups.items()
    }
    rows = {
        one: _row(one, people)
        for one in dict.fromkeys(codes.values())
        if 0 < len(one) < len(people)
    }
    _hide(_question(people), rows)
    return frozenset(
        name
        for name, one in codes.items()
        if len(one) == len(people) or (one in rows and rows[one].telling is Telling.COUNT)
    )


def _row(codes: Codes, people: Mapping[str, int]) -> Row:
    units = sum(people[cell] for cell in codes)
    return Row(codes, units, Telling.COUNT if units >= SMALLEST else Telling.NOTHING)


def _question(people: Mapping[str, int]) -> Question:
    """Return the question where each of the people was; they have numbers of no meaning."""
    cells = [cell for cell, number in people.items() for _ in range(number)]
    crowd: Crowd = {
        number: of_person(number, "", (cell,), ()) for number, cell in enumerate(cells)
    }
    return Question(tuple(people), Kind.ONE, {YEAR: crowd})


def _hide(question: Question, rows: dict[Codes, Row]) -> None:
    """Hide the smallest row that tells of a few people, until none does."""
    reader = outsider(question)
    # A hidden row tells a reader apart what stands behind it; cells have one each, at the front.
    cells = [Row((cell,), 0, Telling.NOTHING) for cell in question.options]
    while found := reader.finds({YEAR: (*cells, *rows.values())}):
        there = [rows[row.codes] for _, row in found.rows if row.codes in rows]
        printed = [row for row in there if row.telling is Telling.COUNT]
        if not printed:
            return
        smallest = min(printed, key=lambda row: (row.units, row.codes))
        rows[smallest.codes] = replace(smallest, telling=Telling.NOTHING)
