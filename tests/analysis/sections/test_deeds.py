"""Use and deeds at each wave, and what changed in the same delegations."""

import pytest

from analysis.findings.reading import read_outside
from analysis.model import Table
from analysis.sections.deeds import deeds
from analysis.sections.improvement import improvement
from tests.analysis.builder import CUT_OFF, PLACES, Story

LATER = {"job": "same", "anchors": "none", "anchors_new": "none", "others_use": "nobody"}


@pytest.fixture(scope="module")
def told() -> Story:
    """Six delegations of one officer; three begin to use it, one stops, and one is silent at last."""
    story = Story().workshop("TFA")
    for number, place in enumerate(PLACES[:6]):
        person = story.person("TFA", place)
        story.answers(person, "M3", use_any="preparing", actions="none")
        began, later = ("regular", "stopped") if number == 0 else ("not_yet", "regular")
        story.answers(person, "M6", use_any=began, contribution="some", **LATER)
        if number < 4:
            more = LATER | {"others_use": "few" if number else "nobody"}
            story.answers(person, "M12", use_any=later, contribution="half", **more)
        else:
            story.silent(person, "M12")
    return story


def tables(story: Story) -> dict[str, Table]:
    return {one.key: one for one in deeds(story.reading()).tables}


def test_after_three_months_there_is_use_and_deeds_and_no_stage(told: Story) -> None:
    found = {row[0]: row[1:] for row in tables(told)["figures_by_wave"].rows}
    assert tables(told)["figures_by_wave"].columns[1:] == ("3 months", "6 months", "12 months")
    assert found["in regular use"][0] == "0 of 6 (at most 0)"
    assert found["in regular use"][2] == "3 of 6 (at most 5)"
    assert [row[0] for row in found.values()].count("–") == 2


def test_the_stage_of_each_wave_stands_by_itself(told: Story) -> None:
    found = tables(told)["stages_by_wave"]
    assert found.columns == ("Stage", "6 months", "12 months")
    assert [row[1:] for row in found.rows[:2]] == [(5, 1), (1, 3)]


def test_six_and_twelve_months_are_compared_for_the_same_delegations(told: Story) -> None:
    found = {row[0]: row[2:] for row in tables(told)["figures_moved"].rows}
    assert found["in regular use"] == (3, 0, 1, 4)
    assert "Deeds add up" in tables(told)["figures_moved"].note


def test_readers_outside_get_neither(told: Story) -> None:
    reading = read_outside(told.frames(), None, CUT_OFF)
    assert reading is not None
    assert not deeds(reading).filled


def test_the_same_items_are_compared_for_the_same_people() -> None:
    story = Story().workshop("TFA")
    for number, place in enumerate(PLACES[:7]):
        person = story.person("TFA", place)
        story.answers(person, "M6", others_use="few", contribution="none")
        story.answers(
            person, "M12", others_use=("most", "nobody")[number > 4], contribution="most"
        )
    rows = next(one.rows for one in improvement(story.reading()).tables if one.key == "paired")
    found = {row[0]: row[1:5] for row in rows}
    assert found["Others use it, 6 months to 12 months"] == (5, 0, 2, 7)
    assert found["Share of the workshop in the effects, 6 months to 12 months"] == (7, 0, 0, 7)
