"""The ladder, rule by rule."""

import pytest

from analysis.measures.ladder import Grade, Knowledge, Rung, rung

C, D, V = Grade.CLAIMED, Grade.DESCRIBED, Grade.VERIFIED


def told(**known: object) -> Rung:
    result = rung(Knowledge(**known))  # type: ignore[arg-type]
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("known", "stage", "points"),
    [
        ({"use": "not_yet"}, 0, 0),
        ({"use": "preparing"}, 0, 0),
        ({"use": "stopped"}, 0, 0),
        ({"use": "tried"}, 1, 15),
        ({"use": "improved"}, 1, 15),
        ({"use": "tried", "shared": True}, 2, 30),
        ({"use": "tried", "accepted": True}, 3, 45),
        ({"use": "regular", "routine": True}, 4, 60),
    ],
)
def test_stages_and_points_below_an_anchor(
    known: dict[str, object], stage: int, points: int
) -> None:
    result = told(**known)
    assert (result.stage, result.points) == (stage, points)


@pytest.mark.parametrize(("number", "points"), [(1, 68), (2, 76), (3, 84), (4, 92), (5, 100)])
def test_each_scoring_anchor_adds_eight_points_up_to_five(number: int, points: int) -> None:
    kinds = ("rule", "training", "unit", "budget", "system")[:number]
    result = told(use="regular", anchors=tuple((kind, C) for kind in kinds), anchored=True)
    assert (result.stage, result.points) == (5, points)


def test_rule_1_the_stage_is_the_highest_supported_and_a_gap_below_is_flagged() -> None:
    jumped = told(use="tried", shared=False, accepted=True)
    assert (jumped.stage, jumped.gap_below) == (3, True)
    assert not told(use="tried", shared=True, accepted=True).gap_below


def test_rule_1_what_was_not_asked_is_no_gap() -> None:
    assert not told(use="tried", shared=None, accepted=True).gap_below


@pytest.mark.parametrize("use", ["not_yet", "stopped"])
def test_rule_2_paper_only_is_capped_at_45_and_flagged(use: str) -> None:
    result = told(use=use, anchors=(("rule", V), ("unit", V)), anchored=True)
    assert (result.points, result.stage, result.supported, result.paper_only) == (45, 3, 5, True)


def test_rule_2_an_anchor_in_preparation_of_use_is_not_paper_only() -> None:
    result = told(use="preparing", anchors=(("rule", C),), anchored=True)
    assert (result.stage, result.paper_only) == (5, False)


@pytest.mark.parametrize(("continues", "flag"), [("stops", True), ("maybe", False), (None, False)])
def test_rule_3_person_dependent_is_flagged_in_stages_1_to_3(
    continues: str | None, flag: bool
) -> None:
    assert told(use="regular", continues=continues).person_dependent is flag
    assert not told(use="regular", routine=True, continues=continues).person_dependent
    assert not told(use="not_yet", continues=continues).person_dependent


def test_rule_5_three_numbers_count_anchors_by_their_evidence() -> None:
    result = told(
        use="regular",
        shared=True,
        anchors=(("rule", C), ("training", D), ("unit", V)),
        anchored=True,
    )
    assert (result.points, result.points_described, result.points_verified) == (84, 76, 68)


def test_rule_5_without_a_verified_anchor_the_verified_number_falls_to_the_stage_below() -> None:
    result = told(use="regular", shared=True, anchors=(("rule", C),), anchored=True)
    assert (result.points, result.points_described, result.points_verified) == (68, 30, 30)


def test_rule_7_missing_is_missing_and_never_zero() -> None:
    assert rung(Knowledge()) is None
    assert rung(Knowledge(shared=False, accepted=False, anchored=False)) is None
    assert told(use="not_yet").stage == 0
