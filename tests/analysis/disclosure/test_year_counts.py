"""The tables of a year tell nothing of a group under five, whichever of them are taken away."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.year_counts import told_counts

GROUPS = {
    "a": ["a east", "a west"],
    "b": ["b east"],
    "c": ["c west"],
    "d": ["d east", "d west"],
    "regional": ["a east", "a west", "b east"],
    "national": ["c west", "d east", "d west"],
    "donor": ["a east", "a west", "c west"],
    "east": ["a east", "b east", "d east"],
    "west": ["a west", "c west", "d west"],
    "all": ["a east", "a west", "b east", "c west", "d east", "d west"],
}
CELLS = GROUPS["all"]


def counts(*numbers: int) -> dict[str, int]:
    return dict(zip(CELLS, numbers, strict=True))


def rank(rows: list[list[Fraction]]) -> int:
    left, found = [list(row) for row in rows], 0
    for column in range(len(CELLS)):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        found += 1
        for row in left:
            share = row[column] / pivot[column]
            row[:] = [a - share * b for a, b in zip(row, pivot, strict=True)]
    return found


def known(group: str) -> list[Fraction]:
    return [Fraction(cell in GROUPS[group]) for cell in CELLS]


@settings(max_examples=40)
@given(st.lists(st.integers(1, 12), min_size=len(CELLS), max_size=len(CELLS)))
def test_no_small_group_is_a_sum_of_those_that_are_told(numbers: list[int]) -> None:
    people = counts(*numbers)
    told = told_counts(people, GROUPS)
    rows = [known(name) for name in told]
    for name, cells in GROUPS.items():
        number = sum(people[cell] for cell in cells)
        if number < SMALLEST:
            assert name not in told
            assert rank([*rows, known(name)]) == rank(rows) + 1


def test_all_are_told_where_every_group_is_large() -> None:
    assert told_counts(counts(9, 9, 9, 9, 9, 9), GROUPS) == {*GROUPS}


def test_the_people_of_a_small_workshop_are_not_left_over() -> None:
    told = told_counts(counts(9, 9, 9, 2, 9, 9), GROUPS)
    assert "c" not in told
    assert not {"national", "d"} <= told
    assert not {"donor", "a"} <= told


def test_two_small_groups_together_are_not_found_as_one_under_five() -> None:
    people = {"large": 20, "one": 2, "other": 2}
    groups = {name: [name] for name in people} | {"small ones": ["one", "other"]}
    assert told_counts(people, groups) == frozenset()


def test_a_year_of_a_few_people_tells_nothing() -> None:
    assert told_counts({"a": 4}, {"a": ["a"], "all": ["a"]}) == frozenset()
