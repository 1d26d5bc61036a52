"""Agreement of officers and witnesses: counts, and kappa from enough pairs on."""

from collections.abc import Sequence

import pytest

from analysis.measures.delegations.agreement import Agreement, agreement
from analysis.measures.delegations.units import Delegation
from tests.analysis.measures.delegations.telling import seat, six, supervisor, told

IN_WORDS = {True: "new", False: "drafted", None: "dont_know"}
SEEN = {True: "in_force", False: "not_in_force", None: "dont_know"}


def pair(officer: bool | None, witness: bool | None, place: str = "FJ") -> Delegation:
    member = seat(M6=six(IN_WORDS[officer]))
    return told(member, witnesses=(supervisor(SEEN[witness]),), place=place)


def scope(*pairs: tuple[bool, bool]) -> Agreement:
    return agreement([pair(*one, place=f"P{n}") for n, one in enumerate(pairs)], "M6")


@pytest.mark.parametrize(
    ("officer", "witness"), [(True, None), (None, True), (None, None), (None, False)]
)
def test_a_pair_needs_the_words_of_both(officer: bool | None, witness: bool | None) -> None:
    assert agreement([pair(officer, witness)], "M6").pairs == 0


def test_pairs_are_counted_by_what_both_say() -> None:
    found = scope((True, True), (True, False), (False, True), (False, False), (True, True))
    assert found == Agreement(2, 1, 1, 1, delegations=5)


def test_there_is_one_pair_for_each_witness() -> None:
    both = (supervisor("new"), supervisor("not_in_force"))
    found = agreement([told(seat(M6=six("new")), witnesses=both)], "M6")
    assert found == Agreement(both=1, only_officer=1, delegations=1)


def test_where_officers_differ_the_one_who_says_it_is_in_force_is_taken() -> None:
    one = told(
        seat(M6=six("new")), seat("b", M6=six("none")), witnesses=(supervisor("not_in_force"),)
    )
    assert agreement([one], "M6").only_officer == 1


KAPPA = [  # both, only officer, only witness, neither; worked out by hand
    ((20, 5, 10, 15), 0.4),
    ((45, 15, 25, 15), 0.1304),
    ((5, 0, 0, 5), 1.0),
    ((0, 5, 5, 0), -1.0),
    ((5, 5, 5, 5), 0.0),
]


@pytest.mark.parametrize(("counts", "kappa"), KAPPA)
def test_kappa_is_that_of_the_table(counts: Sequence[int], kappa: float) -> None:
    found = Agreement(*counts, delegations=5).kappa
    assert found is not None
    assert found == pytest.approx(kappa, abs=0.0001)


@pytest.mark.parametrize(
    ("counts", "delegations"), [((5, 0, 0, 4), 5), ((5, 0, 0, 5), 4), ((12, 0, 0, 0), 6)]
)
def test_kappa_is_not_told_of_few_pairs_or_where_chance_alone_agrees(
    counts: Sequence[int], delegations: int
) -> None:
    assert Agreement(*counts, delegations=delegations).kappa is None
