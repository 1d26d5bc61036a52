"""What is true in the invented year: by month, and by the definitions of the report."""

from random import Random

import pytest

from analysis.measures.delegations.headlines import FIGURES
from bot.demo.cast import PLACES, Cast
from bot.demo.truth import KINDS, Delegated, Ground, Officer, drawn

BY_MONTH = Officer(tries=1, regular=4, stops=9, shares=5, suggests=2, accepted=7)
NOTHING = Delegated(Ground(), [Officer()])


def test_an_officer_comes_from_trying_to_regular_use_and_may_stop() -> None:
    assert [BY_MONTH.use(month) for month in (0, 1, 3, 4, 9, 12)] == [
        "not_yet",
        "tried",
        "tried",
        "regular",
        "stopped",
        "stopped",
    ]


def test_what_comes_into_force_is_drafted_and_approved_before_and_changed_where_it_stood() -> None:
    ground = Ground(
        frozenset(["unit", "budget"]), {"procedure": 6, "unit": 8}, {"law": "proposed"}
    )
    assert [ground.status("procedure", month) for month in (3, 4, 6)] == [
        "drafted",
        "approved",
        "new",
    ]
    assert [ground.status("unit", month) for month in (7, 8)] == ["before", "changed"]
    assert ground.status("budget", 12) == "before"
    assert ground.status("law", 12) == "proposed"
    assert ground.status("system", 12) == ""


@pytest.mark.parametrize(
    ("ground", "embedded"),
    [
        (Ground(frozenset(["unit"])), False),
        (Ground(frozenset(["unit"]), {"unit": 7}), True),
        (Ground(fresh={"law": 7}), False),
        (Ground(frozenset(["procedure"]), {"law": 7}), True),
    ],
)
def test_embedded_is_new_or_changed_and_a_law_needs_a_procedure(
    ground: Ground, embedded: bool
) -> None:
    assert not ground.embedded(6)
    assert ground.embedded(12) is embedded


@pytest.mark.parametrize(
    ("figure", "true"),
    [
        ("tried", (True, False)),
        ("in_regular_use", (True, False)),
        ("shared", (True, True)),
        ("accepted", (False, True)),
        ("routine", (False, True)),
        ("embedded", (False, True)),
    ],
)
def test_each_figure_is_true_of_a_delegation_from_its_month_on(
    figure: str, true: tuple[bool, bool]
) -> None:
    one = Delegated(Ground(fresh={"procedure": 10}, routine=8), [BY_MONTH, Officer()])
    assert (one.is_true(figure, 6), one.is_true(figure, 12)) == true
    assert not NOTHING.is_true(figure, 12)


def test_what_was_approved_when_it_was_asked_is_accepted() -> None:
    one = Delegated(Ground(fresh={"unit": 8}), [Officer()])
    assert one.is_true("accepted", 6)
    assert one.is_true("accepted", 12), "it was told at six months"
    assert not Delegated(Ground(fresh={"unit": 10}), [Officer()]).is_true("accepted", 12)


def test_every_figure_of_the_report_has_a_truth_and_none_is_true_of_all_or_nobody() -> None:
    chance = Random(1)
    units = [drawn(chance, frozenset(), 0.5, 2) for _ in range(200)]
    for figure in FIGURES:
        assert 20 < sum(one.is_true(figure, 12) for one in units) < 180


def test_the_truth_of_the_year_is_drawn_for_every_delegation_and_officer_from_its_seed() -> None:
    cast = Cast(2017)
    delegations = [cast.delegations(code) for code in PLACES]
    assert [(len(one), sum(len(d.officers) for d in one.values())) for one in delegations] == [
        (places, people) for people, places in PLACES.values()
    ]
    assert Cast(2017).grounds == cast.grounds
    assert Cast(2018).grounds != cast.grounds
    assert {kind for ground in cast.grounds.values() for kind in ground.fresh} == set(KINDS)
