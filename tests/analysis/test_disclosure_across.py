"""No hidden count can be worked out from everything that is published together."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import SMALLEST, protected

SETS = {"A": "A", "B": "B", "C": "C", "donor": "AB", "all": "ABC"}
atoms = st.lists(st.lists(st.integers(0, 14), min_size=3, max_size=3), min_size=3, max_size=3)


def tables(numbers: list[list[int]]) -> dict[str, dict[str, int]]:
    by_workshop = dict(zip("ABC", numbers, strict=True))
    return {
        key: {code: sum(by_workshop[w][n] for w in held) for n, code in enumerate("xyz")}
        for key, held in SETS.items()
    }


def equations(hidden: frozenset[tuple[str, str]], single: bool) -> list[list[Fraction]]:
    """Everything published, as rows over the nine unknown counts of workshops and options."""
    rows = [
        unknowns(SETS[key], code) for key in SETS for code in "xyz" if (key, code) not in hidden
    ]
    bases = [unknowns(held, "xyz") for held in SETS.values()]
    return rows + (bases if single else [])


def unknowns(workshops: str, codes: str) -> list[Fraction]:
    return [Fraction(w in workshops and code in codes) for w in "ABC" for code in "xyz"]


def rank(rows: list[list[Fraction]]) -> int:
    left, found = [list(row) for row in rows], 0
    for column in range(9):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        found += 1
        for row in left:
            share = row[column] / pivot[column]
            row[:] = [a - share * b for a, b in zip(row, pivot, strict=True)]
    return found


@settings(deadline=None, max_examples=60)
@given(atoms, st.booleans())
def test_t12_no_hidden_cell_is_a_combination_of_all_published_tables(
    numbers: list[list[int]], single: bool
) -> None:
    counts = tables(numbers)
    hidden = protected(counts, SETS, single)
    known = equations(hidden, single)
    for key, code in hidden:
        assert rank([*known, unknowns(SETS[key], code)]) == rank(known) + 1
    for key, column in counts.items():
        assert all((key, code) in hidden for code, people in column.items() if people < SMALLEST)


@settings(deadline=None, max_examples=60)
@given(atoms)
def test_t12_beside_its_base_a_hidden_cell_may_be_anything_from_none_to_five(
    numbers: list[list[int]],
) -> None:
    counts = tables(numbers)
    hidden = protected(counts, SETS, single=True)
    for key, column in counts.items():
        here = [code for code in column if (key, code) in hidden]
        if here and len(here) < len(column):
            assert len(here) > 1
            assert sum(column[code] for code in here) >= SMALLEST


def test_t12_the_rest_of_two_reports_does_not_give_a_small_workshop_away() -> None:
    numbers = [[9, 9, 9], [9, 9, 9], [2, 9, 9]]
    hidden = protected(tables(numbers), SETS, single=False)
    assert {("C", "x")} < hidden
    assert {("all", "x"), ("donor", "x")} - hidden != {("all", "x"), ("donor", "x")}


def test_t12_nothing_is_hidden_where_every_group_is_large() -> None:
    assert protected(tables([[9, 9, 9]] * 3), SETS, single=True) == frozenset()
