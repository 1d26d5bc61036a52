"""Anchors: who claims, who denies, and what that makes of a delegation."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from analysis.measures.delegations.anchors import Formal, Standing, formal
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.delegations.states import State
from analysis.measures.delegations.units import Delegation, Seat, Told
from tests.analysis.measures.delegations.telling import (
    contact_point,
    seat,
    six,
    supervisor,
    told,
)

NEW = six("new", title_procedure="Order 7 of 2018")


def at(one: Delegation, moment: str = "M6") -> tuple[str, tuple[str, ...]]:
    """The state of a delegation, and how its anchors stand."""
    found = formal(one, moment)
    return str(found.state), tuple(str(anchor.standing) for anchor in found.anchors)


ALONE = [
    (six("new"), "yes", ("yes",)),
    (six("changed"), "yes", ("yes",)),
    (six("before"), "no", ("was_there_before",)),
    (six("in_force"), "not_known", ("since_not_asked",)),
    (six("approved"), "no", ("pipeline",)),
    (six("drafted"), "no", ("pipeline",)),
    (six("proposed"), "no", ("pipeline",)),
    (six("dont_know", "procedure"), "not_known", ()),
    (six("none"), "no", ()),
    (six(), "not_known", ()),
    ({}, "not_known", ()),
    (six("new") | {"job": "left"}, "not_known", ()),
]


@pytest.mark.parametrize(("said", "state", "standings"), ALONE)
def test_one_officer_alone(
    said: Mapping[str, str], state: str, standings: tuple[str, ...]
) -> None:
    assert at(told(seat(M6=said))) == (state, standings)


def test_silence_is_not_known_and_a_delegation_without_members_too() -> None:
    assert at(told(seat())) == ("not_known", ())
    assert at(told()) == ("not_known", ())
    assert at(told(seat(M6=NEW)), "M3") == ("not_known", ())


SECOND_OFFICER = [
    (six("none"), "disputed"),
    (six("drafted"), "disputed"),
    (six("approved"), "disputed"),
    (six("before"), "disputed"),
    (six("dont_know"), "yes"),
    (six("in_force"), "yes"),
    (six("new", "unit"), "yes"),  # the box of the procedure is left open
    (six("changed"), "yes"),
    ({}, "yes"),
]


@pytest.mark.parametrize(("said", "state"), SECOND_OFFICER)
def test_another_officer_disputes_in_words_only(said: Mapping[str, str], state: str) -> None:
    found = formal(told(seat(M6=NEW), seat("b", M6=said)), "M6")
    assert next(one for one in found.anchors if one.kind == "procedure").standing == state


SUPERVISOR = [
    ("not_in_force", "disputed", Evidence.DESCRIBED),
    ("before", "disputed", Evidence.DESCRIBED),
    ("new", "yes", Evidence.CORROBORATED),
    ("changed", "yes", Evidence.CORROBORATED),
    ("in_force", "yes", Evidence.CORROBORATED),
    ("dont_know", "yes", Evidence.DESCRIBED),
    ("", "yes", Evidence.DESCRIBED),
]


@pytest.mark.parametrize(("status", "state", "grade"), SUPERVISOR)
def test_a_supervisor_confirms_or_denies(status: str, state: str, grade: Evidence) -> None:
    (anchor,) = formal(told(seat(M6=NEW), witnesses=(supervisor(status),)), "M6").anchors
    assert (str(anchor.standing), anchor.evidence) == (state, grade)


def test_a_supervisor_of_an_earlier_version_ticked_without_a_status() -> None:
    tick, none = Told({"anchors": "procedure"}), Told({"anchors": "none"})
    ticked = told(seat(M6=NEW), witnesses=(Seat(10, {"SUP6": tick}),))
    (anchor,) = formal(ticked, "M6").anchors
    assert (anchor.standing, anchor.evidence) == (Standing.FRESH, Evidence.DESCRIBED)
    denied = told(seat(M6=NEW), witnesses=(Seat(10, {"SUP6": none}),))
    assert at(denied) == ("disputed", ("disputed",))


CONTACT_POINT = [
    ({"seen_procedure": "in_force"}, "yes", Evidence.CORROBORATED),
    ({"seen_procedure": "not_in_force"}, "disputed", Evidence.DESCRIBED),
    ({"in_force": "procedure"}, "yes", Evidence.CORROBORATED),
    ({"in_force": "unit"}, "yes", Evidence.DESCRIBED),
    ({"in_force": "none"}, "disputed", Evidence.DESCRIBED),
    ({"in_force": "dont_know"}, "yes", Evidence.DESCRIBED),
]


@pytest.mark.parametrize(("said", "state", "grade"), CONTACT_POINT)
def test_a_contact_point_of_either_version_confirms_or_denies(
    said: dict[str, str], state: str, grade: Evidence
) -> None:
    member = seat(M6=NEW, M12={"still": "procedure", "anchors_new": "none"})
    (anchor,) = formal(told(member, witnesses=(contact_point(**said),)), "M12").anchors
    assert (str(anchor.standing), anchor.evidence) == (state, grade)


def test_witnesses_never_add_an_anchor() -> None:
    one = told(seat(M6=six("none")), witnesses=(supervisor("new"),))
    assert at(one) == ("no", ())


def test_who_is_an_officer_too_is_no_witness() -> None:
    same_person = replace(supervisor("new"), number=1)
    (anchor,) = formal(told(seat(M6=NEW), witnesses=(same_person,)), "M6").anchors
    assert anchor.evidence is Evidence.DESCRIBED


def test_colleagues_do_not_corroborate_each_other() -> None:
    one = told(seat(M6=six("new")), seat("b", M6=six("new")))
    assert formal(one, "M6").evidence is Evidence.CLAIMED


EXISTED = {"exists_today": "procedure"}
BASELINE = [
    (six("new"), EXISTED, "disputed", True),
    (NEW, EXISTED, "yes", True),
    (six("changed"), EXISTED, "yes", True),
    (six("new"), {"exists_today": "dont_know"}, "yes", False),
    (six("new"), {"exists_today": "none"}, "yes", False),
    (six("new"), {}, "yes", False),
]


@pytest.mark.parametrize(("said", "before", "state", "stood"), BASELINE)
def test_what_existed_denies_only_what_is_new_and_not_described(
    said: Mapping[str, str], before: Mapping[str, str], state: str, stood: bool
) -> None:
    (anchor,) = formal(told(seat(M6=said), seat("b", PRE=before)), "M6").anchors
    assert (str(anchor.standing), anchor.stood_before) == (state, stood)


def test_a_rejected_description_lets_the_baseline_speak_again() -> None:
    rejected = Told(NEW, accepted={"procedure": False})
    member = Seat(1, {"PRE": Told(EXISTED), "M6": rejected})
    assert at(told(member)) == ("disputed", ("disputed",))


def test_a_law_counts_only_with_a_procedure() -> None:
    law = six("new", "law")
    assert at(told(seat(M6=law))) == ("no", ("yes",))
    with_procedure = {"anchors": "law procedure", "anchor_status_procedure": "before"}
    assert at(told(seat(M6=law | with_procedure))) == ("yes", ("was_there_before", "yes"))
    planned = with_procedure | {"anchor_status_procedure": "drafted"}
    assert at(told(seat(M6=law | planned))) == ("no", ("pipeline", "yes"))


DECIDED = [
    ([], {}, "disputed", ""),
    ([], {("procedure", "M6"): True}, "yes", "DESCRIBED"),
    ([], {("procedure", "M6"): False}, "no", ""),
    ([("procedure", "M6")], {}, "yes", "DOCUMENT_SEEN"),
    ([("procedure", "M6")], {("procedure", "M6"): False}, "yes", "DOCUMENT_SEEN"),
    ([("procedure", "M12")], {("unit", "M6"): True}, "disputed", ""),
]


@pytest.mark.parametrize(("seen", "settled", "state", "grade"), DECIDED)
def test_the_office_decides_a_dispute_and_a_document_by_itself(
    seen: list[tuple[str, str]], settled: dict[tuple[str, str], bool], state: str, grade: str
) -> None:
    disputed = told(seat(M6=NEW), seat("b", M6=six("none")))
    found: Formal = formal(replace(disputed, seen=frozenset(seen), settled=settled), "M6")
    assert str(found.state) == state
    assert (found.evidence.name if found.evidence else "") == grade


def test_a_decision_holds_until_one_of_a_later_wave() -> None:
    still = {"still": "procedure", "anchors_new": "none"}
    ended = {"still": "none", "anchors_new": "none"}
    one = told(seat(M6=NEW, M12=still), seat("b", M6=NEW, M12=ended))
    first = replace(one, settled={("procedure", "M6"): False})
    assert [at(first, moment)[0] for moment in ("M6", "M12")] == ["no", "no"]
    second = replace(one, settled={("procedure", "M6"): False, ("procedure", "M12"): True})
    assert [at(second, moment)[0] for moment in ("M6", "M12")] == ["no", "yes"]


TWELVE = [
    ({"still": "procedure", "anchors_new": "none"}, "yes", ("yes",)),
    ({"still": "none", "anchors_new": "none"}, "no", ()),
    ({"still": "dont_know", "anchors_new": "none"}, "not_known", ()),
    ({"still": "procedure"}, "yes", ("yes",)),
    ({"anchors_new": "none"}, "not_known", ()),
    ({"still": "none", "anchors_new": "unit", "new_status_unit": "new"}, "yes", ("yes",)),
    ({"still": "none", "anchors_new": "unit"}, "not_known", ()),
    ({}, "not_known", ()),
]


@pytest.mark.parametrize(("said", "state", "standings"), TWELVE)
def test_what_is_in_force_at_twelve_months_comes_from_that_wave(
    said: dict[str, str], state: str, standings: tuple[str, ...]
) -> None:
    assert at(told(seat(M6=NEW, M12=said)), "M12") == (state, standings)


def test_none_is_said_only_of_what_the_question_offered() -> None:
    unit = {"anchors_new": "unit", "new_status_unit": "new"}
    colleague = seat("b", M6=NEW, M12={"still": "procedure", "anchors_new": "none"})
    denies_unit = told(seat(M12=unit), colleague)
    assert at(denies_unit, "M12") == ("yes", ("yes", "disputed"))
    ended = seat("b", M6=NEW, M12={"still": "none", "anchors_new": "dont_know"})
    first = seat(M6=NEW, M12={"still": "procedure", "anchors_new": "none"})
    assert at(told(first, ended), "M12") == ("disputed", ("disputed",))


def test_the_best_grade_is_that_of_an_anchor_that_is_not_disputed() -> None:
    both = NEW | {"anchors": "procedure unit", "anchor_status_unit": "new"}
    one = told(seat(M6=both), seat("b", M6=six("drafted")))
    found = formal(one, "M6")
    assert (found.state, found.evidence) == (State.YES, Evidence.CLAIMED)


def test_what_stood_before_is_not_asked_of_a_kind_that_was_not_on_the_list() -> None:
    before = Told({"exists_today": "none"}, kinds=frozenset(("procedure",)))
    new = {
        "anchors": "procedure law",
        "anchor_status_procedure": "new",
        "anchor_status_law": "new",
    }
    member = Seat(1, {"PRE": before, "M6": Told(new)})
    anchors = formal(Delegation("W", "FJ", (member,)), "M6").anchors
    assert {one.kind: one.asked_before for one in anchors} == {"procedure": True, "law": False}
