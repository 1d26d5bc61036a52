"""Deeds: what each answer says, and which wave they come from."""

from dataclasses import replace

import pytest

from analysis.measures.delegations.deeds import (
    accepted,
    in_regular_use,
    routine,
    seen_by_supervisor,
    shared,
    tried,
)
from analysis.measures.delegations.states import State, in_at_least_one, of_members
from analysis.measures.delegations.units import Seat, Told, of_people
from tests.analysis.measures.delegations.telling import seat, supervisor, told

USES = [
    ("not_yet", False, False),
    ("preparing", False, False),
    ("stopped", False, False),
    ("tried", True, False),
    ("regular", True, True),
    ("improved", True, True),
]


@pytest.mark.parametrize(("use", "has_tried", "regularly"), USES)
def test_use_is_what_is_used_today(use: str, has_tried: bool, regularly: bool) -> None:
    member = seat(M6={"use_any": use})
    assert (tried(member, "M6"), in_regular_use(member, "M6")) == (has_tried, regularly)


def test_the_better_of_two_planned_changes_counts() -> None:
    member = seat(M12={"use_1": "stopped", "use_2": "regular"})
    assert in_regular_use(member, "M12") is True


def test_use_at_six_months_says_nothing_of_twelve() -> None:
    member = seat(M6={"use_any": "regular"})
    assert tried(member, "M12") is None
    assert tried(seat(M6={"job": "same"}), "M6") is None


def test_who_has_left_customs_keeps_deeds_and_says_nothing_of_today() -> None:
    member = seat(
        M3={"actions": "trained", "suggestion": "waiting"},
        M6={"job": "left", "use_any": "regular"},
    )
    assert tried(member, "M6") is None
    assert shared(member, "M6") is True
    assert accepted(member, "M6") is None


def test_who_works_elsewhere_tells_nothing_of_the_delegation_any_more() -> None:
    told_there = Told({"use_any": "regular", "actions": "trained"}, elsewhere=True)
    member = Seat(1, {"M3": Told({"actions": "none"}), "M6": told_there})
    assert tried(member, "M6") is None
    assert shared(member, "M6") is None
    assert member.replied(["M6"])


@pytest.mark.parametrize(
    ("actions", "word"),
    [
        ("reported", False),
        ("none", False),
        ("drafted proposed abroad", False),
        ("reported briefed", True),
        ("trained", True),
        ("shared", True),
    ],
)
def test_a_report_to_the_supervisor_is_not_sharing(actions: str, word: bool) -> None:
    assert shared(seat(M6={"actions": actions}), "M12") is word


def test_who_had_not_shared_and_is_silent_at_six_months_may_have_since() -> None:
    told = {"M3": {"actions": "reported"}, "M12": {"use_any": "tried"}}
    assert [shared(seat(**told), moment) for moment in ("M3", "M6", "M12")] == [False, None, None]
    heard = seat(**told, M6={"use_any": "tried"})
    assert [shared(heard, moment) for moment in ("M6", "M12")] == [False, False]
    left = seat(**told, M6={"job": "left"})
    assert shared(left, "M12") is None


def test_shared_is_told_by_six_months_and_holds_from_then_on() -> None:
    member = seat(M3={"actions": "none"}, M6={"actions": "trained"})
    assert [shared(member, moment) for moment in ("M3", "M6", "M12")] == [False, True, True]
    assert shared(seat(M12={"use_any": "tried"}), "M12") is None


ACCEPTED = [
    ({"M3": {"suggestion": "accepted"}}, True),
    ({"M3": {"suggestion": "accepted"}, "M12": {"suggestion": "refused"}}, True),
    ({"M6": {"suggestion": "waiting"}, "M12": {"suggestion": "accepted"}}, True),
    ({"M6": {"suggestion": "waiting"}, "M12": {"use_any": "tried"}}, False),
    ({"M6": {"suggestion": "none"}}, None),
    ({"M12": {"use_any": "tried"}}, None),
    ({"M6": {"anchor_status_unit": "approved"}}, True),
    ({"M12": {"new_status_law": "approved", "suggestion": "refused"}}, True),
    ({"M12": {"new_status_law": "drafted", "suggestion": "none"}}, False),
    ({"M12": {"new_status_law": "new", "suggestion": "none"}}, False),
]


@pytest.mark.parametrize(("waves", "word"), ACCEPTED)
def test_accepted_is_a_decision_of_the_administration(
    waves: dict[str, dict[str, str]], word: bool | None
) -> None:
    assert accepted(seat(**waves), "M12") is word


@pytest.mark.parametrize(
    ("others", "alone", "with_supervisor"),
    [
        ("nobody", False, False),
        ("few", False, True),
        ("most", True, True),
        ("not_applicable", None, None),
    ],
)
def test_a_few_colleagues_are_routine_only_if_the_supervisor_sees_it_too(
    others: str, alone: bool | None, with_supervisor: bool | None
) -> None:
    member = seat(M6={"others_use": others})
    assert routine(member, "M6", seen=False) is alone
    assert routine(member, "M6", seen=True) is with_supervisor


@pytest.mark.parametrize(("others", "seen"), [("nobody", False), ("few", False), ("most", True)])
def test_two_people_who_say_a_few_make_no_routine_nor_does_another_day(
    others: str, seen: bool
) -> None:
    one = told(seat(M6={}), witnesses=(supervisor("", others_use=others),))
    assert seen_by_supervisor(one, "M6") is seen
    assert seen_by_supervisor(one, "M12") is False


def test_where_people_are_counted_a_supervisor_speaks_of_the_own_team_only() -> None:
    """Three supervisors of a national workshop of 25 officers would vouch for all of them."""
    boss = replace(supervisor("", others_use="most"), about=1)
    few = {"others_use": "few"}
    delegation = told(seat("a", M6=few), seat("b", M6=few), witnesses=(boss,))
    assert seen_by_supervisor(delegation, "M6")
    assert [seen_by_supervisor(one, "M6") for one in of_people([delegation])] == [True, False]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ((True, False), State.YES),
        ((True, None), State.YES),
        ((False, False), State.NO),
        ((False, None), State.NOT_KNOWN),
        ((None,), State.NOT_KNOWN),
        ((), State.NOT_KNOWN),
    ],
)
def test_the_state_of_a_delegation(words: tuple[bool | None, ...], state: State) -> None:
    assert of_members(words) is state


def test_of_several_workshops_the_best_counts() -> None:
    order = (State.NO, State.NOT_KNOWN, State.DISPUTED, State.YES)
    for number, state in enumerate(order, start=1):
        assert in_at_least_one(order[:number]) is state
