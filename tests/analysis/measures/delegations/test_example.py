"""Every figure of the worked example, and what each change to it should change, and what not."""

import pytest

from analysis.measures.delegations.headlines import FIGURES, Outcome, outcome
from analysis.measures.delegations.states import State
from analysis.measures.delegations.units import of_people
from tests.analysis.measures.delegations.example import (
    EXAMPLE,
    Example,
    anchor_told,
    expected,
    grades_told,
    told_of,
)


def embedded(found: Outcome) -> tuple[int, int, int]:
    """Embedded: at least, disputed, at most."""
    bounds = found.headlines["embedded"].bounds
    return bounds.at_least, bounds.disputed, bounds.at_most


def state_of(found: Outcome, place: str) -> tuple[str, str]:
    """Whether a delegation is embedded, and with what evidence."""
    one = found.formal["W", place]
    return str(one.state), one.evidence.name.lower() if one.evidence else ""


def all_states(example: Example) -> dict[str, object]:
    found = example.outcome()
    return {key: found.headlines[key].states for key in FIGURES} | {"grades": grades_told(found)}


def test_the_headlines_are_those_of_the_example() -> None:
    units = EXAMPLE.delegations()
    found = outcome(units, "M12")
    for key in FIGURES:
        assert told_of(found.headlines[key], units) == expected()["headlines"][key], key


def test_anchors_grades_and_what_stood_before_are_those_of_the_example() -> None:
    found = EXAMPLE.outcome()
    told = {
        place: {one.kind: anchor_told(one) for one in formal.anchors}
        for (_, place), formal in found.formal.items()
    }
    assert told == expected()["anchors"]
    assert grades_told(found) == tuple(expected()["grades_of_embedded"].values())
    assert found.was_there_before == expected()["was_there_before"]
    assert (found.since_not_asked, found.paper_only, found.stood_before) == (0, 0, 1)
    assert (found.by_suggestion, found.by_approval) == (1, 1)


def test_the_units_are_those_of_the_example() -> None:
    units = EXAMPLE.delegations()
    told = expected()["units"]
    assert len(units) == told["delegations"]
    members = [member for one in units for member in one.members]
    assert len(members) == told["officers"]
    assert sum(member.replied(["M12"]) for member in members) == told["replied_officers_M12"]


@pytest.mark.parametrize("wave", ["PRE", "M6", "M12", "NCP12"])
def test_the_rates_are_those_of_the_example(wave: str) -> None:
    assert EXAMPLE.rates(wave) == expected()["rates"][wave]


def test_the_trend_is_that_of_the_example() -> None:
    told = dict(expected()["stage_now"])
    assert EXAMPLE.trends() == {key: told[key] for key in ("PRE_to_M6", "M6_to_M12")}
    assert told["people_with_PRE_M6_M12"] == EXAMPLE.trends()["PRE_to_M6"]["people"]


def test_people_are_counted_as_the_example_does() -> None:
    bounds = outcome(of_people(EXAMPLE.delegations()), "M12").headlines["tried"].bounds
    told = expected()["people_tried"]
    assert (bounds.yes, bounds.no, bounds.not_known) == (
        told["yes"],
        told["no"],
        told["not_known"],
    )


def test_a_title_that_is_none_leaves_what_another_role_confirms() -> None:
    found = EXAMPLE.put("a1", "M12", title_procedure="I do not know").outcome()
    assert state_of(found, "A") == ("yes", "corroborated")


def test_a_contact_point_who_says_that_it_stood_before_disputes_it() -> None:
    found = EXAMPLE.put("p1", "NCP12", status_procedure="before").outcome()
    assert state_of(found, "A") == ("disputed", "")
    assert embedded(found) == (2, 2, 7)


def test_somebody_who_does_not_know_denies_nothing() -> None:
    found = EXAMPLE.put("c2", "M12", anchors="dont_know").outcome()
    assert state_of(found, "C") == ("yes", "described")
    assert embedded(found)[0] == 4


def test_where_everybody_stood_before_the_workshop_moves_no_headline() -> None:
    changed = EXAMPLE.everywhere("PRE", stage_now="s5")
    assert all_states(changed) == all_states(EXAMPLE)
    assert changed.trends() != EXAMPLE.trends()


def test_without_a_proof_the_grades_and_the_dispute_stay() -> None:
    found = EXAMPLE.replaced("title_", "I do not know").outcome()
    assert grades_told(found) == (1, 0, 1, 1)
    assert state_of(found, "C") == ("disputed", "")


def test_what_existed_before_denies_only_what_nobody_describes() -> None:
    told = EXAMPLE.everywhere("PRE", exists_today="procedure training unit")
    assert all_states(told) == all_states(EXAMPLE)
    found = told.outcome()
    before = [
        p for (_, p), one in found.formal.items() if any(a.stood_before for a in one.anchors)
    ]
    assert {"A", "C"} <= {*before}
    assert found.stood_before == 2
    untitled = told.replaced("title_", "I do not know").outcome()
    assert state_of(untitled, "A") == ("disputed", "")
    assert embedded(untitled) == (2, 2, 7)


def test_a_seat_that_is_empty_stays_when_its_person_is_erased() -> None:
    changed = EXAMPLE.without_answers_of("h1")
    assert all_states(changed) == all_states(EXAMPLE)
    assert len(changed.delegations()) == len(EXAMPLE.delegations())


def test_an_answer_of_somebody_silent_narrows_the_bounds() -> None:
    found = EXAMPLE.put("d2", "M12", anchors="procedure", status_procedure="before").outcome()
    assert found.headlines["embedded"].states["W", "D"] is State.NO
    assert embedded(found)[2] == 6


def test_an_early_no_is_known_only_of_who_replied_again_after_six_months() -> None:
    """The example has no wave of three months; by its own arithmetic the early "no" would stay one."""
    early = EXAMPLE.with_response("F", "f1", "officer", "M3", actions="reported")
    silent = early.silent_in("f1", "M6").outcome()
    assert silent.headlines["shared"].states["W", "F"] is State.NOT_KNOWN
    again = early.silent_in("f1", "M6").with_response("F", "f1", "officer", "M6", use_any="tried")
    assert again.outcome().headlines["shared"].states["W", "F"] is State.NO
    shared = early.put("f1", "M3", actions="trained").silent_in("f1", "M6").outcome()
    assert shared.headlines["shared"].states["W", "F"] is State.YES


@pytest.mark.parametrize(("seen", "state"), [("few", State.NO), ("most", State.YES)])
def test_a_few_count_as_routine_beside_a_supervisor_who_sees_most(seen: str, state: State) -> None:
    few = EXAMPLE.put("f1", "M12", others_use="few")
    found = few.with_response("F", "s1", "supervisor", "SUP12", others_use=seen).outcome()
    assert found.headlines["routine"].states["W", "F"] is state
