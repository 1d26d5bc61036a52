"""Bounds and the likely range, also for anything that delegations can say."""

from collections.abc import Mapping
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.delegations.bounds import Bounds, bounds_of
from analysis.measures.delegations.headlines import FIGURES, outcome
from analysis.measures.delegations.states import State
from analysis.measures.delegations.units import Delegation, Seat, Told

STATES = st.lists(st.sampled_from(State), max_size=30)
KINDS = ("procedure", "unit", "law")
STATUSES = ("proposed", "approved", "new", "changed", "before", "in_force", "dont_know", "")


@given(STATES)
def test_the_states_add_up_and_the_bounds_are_in_order(states: list[State]) -> None:
    found = bounds_of(states)
    assert found.yes + found.no + found.disputed + found.not_known == len(states) == found.total
    low, high = found.likely
    assert 0 <= found.at_least <= low <= high <= found.at_most <= found.total


@given(STATES, st.data())
def test_another_silent_unit_never_narrows_the_bounds(
    states: list[State], data: st.DataObject
) -> None:
    known = [number for number, state in enumerate(states) if state is not State.NOT_KNOWN]
    if not known:
        return
    silent = data.draw(st.sampled_from(known))
    before = bounds_of(states)
    after = bounds_of([*states[:silent], State.NOT_KNOWN, *states[silent + 1 :]])
    assert after.at_least <= before.at_least
    assert after.at_most >= before.at_most


LIKELY = [  # total, yes, no, disputed: the range, worked out with the tables of the distribution
    (Bounds(yes=5, no=2, not_known=1), (5, 6)),
    (Bounds(yes=3, no=1, disputed=1, not_known=3), (3, 7)),
    (Bounds(yes=0, no=0, not_known=4), (0, 4)),
    (Bounds(yes=4, no=4), (4, 4)),
    (Bounds(yes=10, no=10, not_known=20), (14, 26)),
    (Bounds(yes=0, no=20, not_known=80), (0, 15)),
]


@pytest.mark.parametrize(("bounds", "likely"), LIKELY)
def test_the_likely_range(bounds: Bounds, likely: tuple[int, int]) -> None:
    assert bounds.likely == likely


@pytest.mark.parametrize("share", [0, 1, 3, 10])
def test_the_likely_range_of_many_is_exact(share: int) -> None:
    bounds = Bounds(yes=20 * share, no=200 - 20 * share, disputed=20, not_known=180)
    every = comb(bounds.total, 200)

    def ways(truth: int, found: range) -> int:
        return sum(comb(truth, x) * comb(bounds.total - truth, 200 - x) for x in found)

    possible = [
        truth
        for truth in range(bounds.at_least, bounds.at_most + 1)
        if ways(truth, range(bounds.yes, 201)) * 40 > every
        and ways(truth, range(bounds.yes + 1)) * 40 > every
    ]
    assert bounds.likely == (possible[0], possible[-1])


@given(st.integers(2, 25), st.data())
def test_the_likely_range_misses_the_truth_in_one_of_twenty_at_most(
    total: int, data: st.DataObject
) -> None:
    truth = data.draw(st.integers(0, total))
    drawn = data.draw(st.integers(1, total))
    missed = Fraction(0)
    for yes in range(max(0, drawn - total + truth), min(drawn, truth) + 1):
        low, high = Bounds(yes=yes, no=drawn - yes, not_known=total - drawn).likely
        if not low <= truth <= high:
            missed += Fraction(comb(truth, yes) * comb(total - truth, drawn - yes))
    assert missed <= Fraction(comb(total, drawn), 20)


def test_what_is_merely_claimed_is_not_in_the_stricter_bound() -> None:
    found = bounds_of([State.YES] * 4 + [State.NO], claimed=3)
    assert (found.at_least, found.at_least_better, found.at_most) == (4, 1, 4)


@st.composite
def said(draw: st.DrawFn) -> Mapping[str, str]:
    """What an officer says after twelve months; anything that the questionnaire lets pass."""
    ticked = draw(st.sets(st.sampled_from((*KINDS, "none", "dont_know")), max_size=3))
    told = {"anchors_new": " ".join(sorted(ticked))} if ticked else {}
    told |= {
        f"new_status_{kind}": status
        for kind in ticked
        if (status := draw(st.sampled_from(STATUSES)))
    }
    choices = {
        "use_any": ("not_yet", "tried", "regular", "stopped"),
        "others_use": ("nobody", "few", "most", "not_applicable"),
        "suggestion": ("none", "waiting", "accepted", "refused"),
        "job": ("same", "moved", "left"),
        "title_unit": ("Order 45 of 2018", "I do not know"),
    }
    for item, values in choices.items():
        if value := draw(st.sampled_from(("", *values))):
            told[item] = value
    return told


@st.composite
def seats(draw: st.DrawFn, number: int) -> Seat:
    waves = draw(st.sets(st.sampled_from(("PRE", "M6", "M12"))))
    told = {wave: Told(draw(said())) for wave in sorted(waves)}
    if "PRE" in told:
        existed = draw(st.sampled_from(("procedure", "unit law", "none", "dont_know")))
        told["PRE"] = Told({"exists_today": existed})
    return Seat(number, told)


@st.composite
def scopes(draw: st.DrawFn) -> list[Delegation]:
    sizes = draw(st.lists(st.integers(1, 2), min_size=1, max_size=3))
    numbers = iter(range(1, 20))
    return [
        Delegation("W", f"P{place}", tuple(draw(seats(next(numbers))) for _ in range(size)))
        for place, size in enumerate(sizes)
    ]


@settings(max_examples=30)
@given(scopes())
def test_every_figure_counts_every_delegation_once(units: list[Delegation]) -> None:
    found = outcome(units, "M12")
    for key in FIGURES:
        bounds = found.headlines[key].bounds
        assert bounds.total == len(units)
        assert bounds.at_least <= bounds.at_most
    embedded = found.headlines["embedded"].bounds
    assert sum(found.grades.values()) == embedded.yes
    assert 0 <= embedded.at_least_better <= embedded.at_least


@settings(max_examples=30)
@given(scopes(), st.data())
def test_a_silent_officer_never_makes_a_deed_more_certain(
    units: list[Delegation], data: st.DataObject
) -> None:
    first, *rest = units
    victim = data.draw(st.sampled_from(first.members))
    members = tuple(Seat(one.number) if one is victim else one for one in first.members)
    after = outcome([Delegation("W", first.place, members), *rest], "M12")
    before = outcome(units, "M12")
    for key in ("tried", "in_regular_use", "shared", "accepted", "routine"):
        was, now = before.headlines[key].bounds, after.headlines[key].bounds
        assert now.at_least <= was.at_least
        assert now.at_most >= was.at_most
    assert (
        after.headlines["embedded"].bounds.at_most >= before.headlines["embedded"].bounds.at_most
    )
