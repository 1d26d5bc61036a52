"""Cohen's kappa, against values computed by hand."""

import pytest

from analysis.measures.kappa import PAIRS, counted_pairs, kappa


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((20, 5, 10, 15), 0.4),
        ((5, 0, 0, 5), 1.0),
        ((0, 5, 5, 0), -1.0),
        ((4, 4, 4, 4), 0.0),
        ((10, 0, 0, 0), None),
        ((0, 0, 0, 12), None),
    ],
)
def test_kappa_is_agreement_beyond_chance(
    counts: tuple[int, int, int, int], expected: float | None
) -> None:
    assert kappa(*counts) == (expected if expected is None else pytest.approx(expected))


def test_it_is_never_told_of_fewer_than_ten_pairs() -> None:
    assert kappa(4, 1, 1, 3) is None
    assert kappa(4, 1, 1, 4) is not None
    assert PAIRS == 10


def test_pairs_are_counted_by_what_both_say() -> None:
    pairs = [(True, True), (True, False), (False, True), (False, True), (False, False)]
    assert counted_pairs(pairs) == (1, 1, 2, 1)
