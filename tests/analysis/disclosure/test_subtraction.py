"""No hidden count can be computed from everything that is published together."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.subtraction import Cell, Counts, Pattern, protected

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
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        found += 1
        for row in left:
            share = row[column] / pivot[column]
            row[:] = [a - share * b for a, b in zip(row, pivot, strict=True)]
    return found


@settings(max_examples=60)
@given(atoms, st.booleans())
def test_t12_no_hidden_cell_is_a_combination_of_all_published_tables(
    numbers: list[list[int]], single: bool
) -> None:
    counts = tables(numbers)
    hidden = protected(Counts(counts, SETS, single))
    known = equations(hidden, single)
    for key, code in hidden:
        assert rank([*known, unknowns(SETS[key], code)]) == rank(known) + 1
    for key, column in counts.items():
        assert all((key, code) in hidden for code, people in column.items() if people < SMALLEST)


@settings(max_examples=60)
@given(atoms)
def test_t12_beside_its_base_a_hidden_cell_may_be_anything_from_none_to_five(
    numbers: list[list[int]],
) -> None:
    counts = tables(numbers)
    hidden = protected(Counts(counts, SETS, single=True))
    for key, column in counts.items():
        here = [code for code in column if (key, code) in hidden]
        if here and len(here) < len(column):
            assert len(here) > 1
            assert sum(column[code] for code in here) >= SMALLEST


def test_t12_the_rest_of_two_reports_does_not_give_a_small_workshop_away() -> None:
    numbers = [[9, 9, 9], [9, 9, 9], [2, 9, 9]]
    hidden = protected(Counts(tables(numbers), SETS, single=False))
    assert {("C", "x")} < hidden
    assert {("all", "x"), ("donor", "x")} - hidden != {("all", "x"), ("donor", "x")}


def test_t12_nothing_is_hidden_where_every_group_is_large() -> None:
    assert protected(Counts(tables([[9, 9, 9]] * 3), SETS, single=True)) == frozenset()


@st.composite
def with_people_of_two_workshops(draw: st.DrawFn) -> Counts:
    """Counts of people of one workshop each, and of some who answered at two of them."""
    people = tables(draw(atoms))
    answers = st.tuples(st.sampled_from("xyz"), st.sampled_from("xyz"))
    twice = {pattern: draw(st.lists(answers, max_size=6)) for pattern in (("A", "B"), ("C", "A"))}
    several: dict[Pattern, dict[Cell, int]] = {}
    for pattern, answered in twice.items():
        if not answered:
            continue
        said = several.setdefault(pattern, {})
        for key, held in SETS.items():
            here = [place for place, workshop in enumerate(pattern) if workshop in held]
            for told in answered if here else ():
                people[key][told[here[-1]]] += 1
        for told in answered:
            for place, workshop in enumerate(pattern):
                cell = (workshop, told[place])
                said[cell] = said.get(cell, 0) + 1
    return Counts(people, SETS, single=False, several=several)


def unknowns_of(counts: Counts, key: str, code: str) -> list[Fraction]:
    """A count over all that is not known: people alone, and those of two workshops at each."""
    row = unknowns(SETS[key], code)
    for pattern in sorted(counts.several):
        last = [workshop for workshop in pattern if workshop in SETS[key]][-1:]
        row += [Fraction(w in last and code == c) for w in pattern for c in "xyz"]
    return row


@settings(max_examples=60)
@given(with_people_of_two_workshops())
def test_t12_nothing_small_is_found_where_people_came_to_two_workshops(
    counts: Counts,
) -> None:
    hidden = protected(counts)
    cells = [(key, code) for key in SETS for code in "xyz"]
    known = [unknowns_of(counts, *cell) for cell in cells if cell not in hidden]

    def found_out(row: list[Fraction]) -> bool:
        return solvable(known, row)

    assert not any(found_out(unknowns_of(counts, *cell)) for cell in hidden)
    for place, pattern in enumerate(sorted(counts.several)):
        for number, workshop in enumerate(pattern):
            for c, code in enumerate("xyz"):
                if counts.several[pattern].get((workshop, code), 0) < SMALLEST:
                    row = [Fraction(0)] * (9 + 6 * len(counts.several))
                    row[9 + 6 * place + 3 * number + c] = Fraction(1)
                    assert not found_out(row)
    for outer, inner in (("all", "donor"), ("all", "C"), ("donor", "A"), ("donor", "B")):
        for code in "xyz":
            if counts.people[outer][code] - counts.people[inner][code] < SMALLEST:
                both = (unknowns_of(counts, outer, code), unknowns_of(counts, inner, code))
                assert not found_out([a - b for a, b in zip(*both, strict=True)])


def solvable(known: list[list[Fraction]], row: list[Fraction]) -> bool:
    return rank([*known, row]) == rank(known)


def test_t12_the_earlier_answer_of_one_person_of_two_workshops_is_not_found() -> None:
    people = tables([[9, 9, 9], [9, 9, 9], [9, 9, 9]])
    for key, code in (("A", "x"), ("B", "y"), ("donor", "y"), ("all", "y")):
        people[key][code] += 1
    several: dict[Pattern, dict[Cell, int]] = {("A", "B"): {("A", "x"): 1, ("B", "y"): 1}}
    hidden = protected(Counts(people, SETS, single=False, several=several))
    for code in "xyz":
        assert {("A", code), ("B", code), ("donor", code)} & hidden


def test_t12_reports_that_differ_by_a_few_people_do_not_both_show_their_counts() -> None:
    people = tables([[9, 9, 9], [9, 9, 9], [1, 1, 2]])
    hidden = protected(Counts(people, SETS, single=False))
    for code in "xyz":
        assert {("donor", code), ("all", code)} & hidden
