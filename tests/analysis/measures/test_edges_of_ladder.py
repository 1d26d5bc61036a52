"""The ends of the ladder: its lowest stage, its highest, and what carries no flag."""

import pytest

from analysis.measures.ladder import Knowledge, Rung, rung
from tests.analysis.builder import Story

FLAGS = ("paper_only", "person_dependent", "gap_below")


def flags(result: Rung | None) -> list[bool]:
    assert result is not None
    return [getattr(result, name) for name in FLAGS]


def test_below_the_lowest_stage_there_is_no_gap() -> None:
    assert flags(rung(Knowledge(use="not_yet"))) == [False, False, False]
    assert flags(rung(Knowledge(use="preparing", shared=False))) == [False, False, False]


@pytest.mark.parametrize(
    "known",
    [
        {"use": "tried", "shared": False},
        {"use": "tried", "shared": True, "accepted": False},
        {"use": "tried", "shared": True, "accepted": True, "routine": False},
        {"use": "tried", "shared": True, "accepted": True, "routine": True, "anchored": False},
    ],
)
def test_a_stage_that_was_not_reached_yet_is_no_gap(known: dict[str, object]) -> None:
    assert flags(rung(Knowledge(**known))) == [False, False, False]  # type: ignore[arg-type]


def test_a_stage_told_before_the_workshop_carries_no_flag() -> None:
    told = Story().workshop("TFA")
    told.answers(told.person("TFA", "FJ"), "PRE", stage_now="s3")
    (before,) = told.change_sets()
    assert before.rung == Rung(3, 3, 45, 45, 45)
    assert flags(before.rung) == [False, False, False]
