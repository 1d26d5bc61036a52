"""Invented workshops whose truth is known: how far bounds and evidence can be trusted.

Who uses it answers more often, so silence says something. Some people say more than is true.
`make trust` prints all 1,200 workshops; here are one condition of them, and others in part.
"""

from functools import cache

import pytest

from analysis.measures.delegations.headlines import outcome
from tests.trust.old_rules import BETTER
from tests.trust.page import PAGE, of_condition
from tests.trust.simulation import MOMENT, Trust, simulated
from tests.trust.workshops import CONDITIONS, Condition, workshops

STRONG = Condition("strong", 0.05)
SOME = 60


@cache
def trusts(condition: Condition, number: int) -> tuple[Trust, ...]:
    return tuple(simulated(condition, number))


def of(figure: str, rules: str = "new", condition: Condition = STRONG) -> Trust:
    found = trusts(condition, SOME)
    return next(one for one in found if (one.figure, one.rules) == (figure, rules))


def test_the_page_has_what_the_simulation_gives() -> None:
    """It takes a second: 200 workshops by both rules, as on the page."""
    page = PAGE.read_text("utf-8").splitlines()
    last = CONDITIONS[-1]
    assert of_condition(last, simulated(last)) in page


@pytest.mark.parametrize(
    ("figure", "least"), [("tried", 90), ("in_regular_use", 95), ("embedded", 85), (BETTER, 85)]
)
def test_with_one_wrong_answer_in_twenty_bounds_hold_in_nine_of_ten_workshops(
    figure: str, least: int
) -> None:
    assert of(figure).hold >= least


@pytest.mark.parametrize("figure", ["tried", "shared", "accepted", "routine", "embedded"])
def test_the_new_rules_are_nearer_to_the_truth_than_the_old_ones(figure: str) -> None:
    assert abs(of(figure).bias) < abs(of(figure, "old").bias)
    assert of(figure).hold > of(figure, "old").hold


def test_where_answers_are_true_the_bounds_of_use_always_hold() -> None:
    for one in workshops(Condition("strong", 0), SOME):
        found = outcome(one.told, MOMENT)
        for figure in ("tried", "in_regular_use"):
            bounds = found.headlines[figure].bounds
            assert bounds.at_least <= one.true(figure) <= bounds.at_most


def test_what_is_more_than_claimed_is_a_floor_and_no_rate() -> None:
    made = list(workshops(STRONG, SOME))
    floors = [outcome(one.told, MOMENT).headlines["embedded"].bounds for one in made]
    above = [
        one
        for one, floor in zip(made, floors, strict=True)
        if floor.at_least_better > one.true("embedded")
    ]
    assert len(above) <= 0.1 * len(made)
    assert sum(floor.at_least_better for floor in floors) < sum(
        one.true("embedded") for one in made
    )


def test_the_same_condition_gives_the_same_workshops() -> None:
    first, again = (list(workshops(STRONG, 3)) for _ in range(2))
    assert first == again


def test_routine_is_told_of_few_more_units_than_it_is_true_of() -> None:
    assert 0 < of("routine").bias < 10
    assert of("routine").hold > 60
