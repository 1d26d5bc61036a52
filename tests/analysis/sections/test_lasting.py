"""What stays, what was planned, and what nobody wanted: each in its own place of the report."""

import pytest

from analysis.findings.reading import read_outside
from analysis.model import Section, Table
from analysis.sections.answers import effects
from analysis.sections.lasting import lasting
from analysis.sections.levels import levels
from analysis.sections.plans import plans
from tests.analysis.builder import CUT_OFF, PLACES, Story


@pytest.fixture(scope="module")
def told() -> Story:
    """Eight officers and six contact points of as many administrations, a year after the workshop."""
    story = Story().workshop("TFA")
    for number, place in enumerate(PLACES[:8]):
        person = story.person("TFA", place)
        story.answers(person, "PRE", needs="method", exists_today="procedure law")
        step, risk = ("draft", "staff") if number < 5 else ("report", "legal")
        story.answers(
            person, "END", relevance="c4", changes="use_method", first_step=step, risk=risk
        )
        story.answers(person, "M6", use_1="not_yet", without_it="yes" if number else "cannot_say")
        bad = "slower none" if number == 7 else "slower" if number > 4 else "faster unwanted"
        story.answers(
            person,
            "M12",
            use_1="regular" if number < 4 else "stopped",
            effects=bad,
            survived="chief budget" if number < 6 else "none",
            would_continue="continues" if number < 3 else "stops",
        )
    for number, place in enumerate(PLACES[:6]):
        values = {"trained_still": "1", "trained_all": "2"} if number else {"trained_still": "9"}
        fits = ("national", "donors", "both", "no", "no", "dont_know")[number]
        story.answers(story.person("TFA", place, "contact_point"), "NCP12", fits=fits, **values)
    return story


def table(section: Section, key: str) -> Table:
    return next(one for one in section.tables if one.key == key)


def shares(found: Table) -> dict[object, object]:
    return {row[0]: row[1] for row in found.rows if row[1]}


def test_what_would_exist_without_the_workshop_leaves_out_who_cannot_say(told: Story) -> None:
    found = table(lasting(told.reading()), "without_it")
    assert shares(found) == {"Yes, in the same way": 7}
    assert "I cannot say: 1." in found.note


def test_what_was_there_before_stands_beside_what_has_survived(told: Story) -> None:
    section = lasting(told.reading())
    before = shares(table(section, "exists_today"))
    assert before == {"Procedure, manual or order": 8, "Law or regulation": 8}
    assert shares(table(section, "survived"))["None of these happened"] == 2


def test_officers_trained_are_summed_where_both_numbers_were_told(told: Story) -> None:
    (figure,) = lasting(told.reading()).figures
    assert (figure.value, figure.base) == (5, 10)
    assert figure.text == "5 of 10 officers, as 5 contact points report"


def test_one_contact_point_reports() -> None:
    story = Story().workshop("TFA")
    person = story.person("TFA", PLACES[0], "contact_point")
    story.answers(person, "NCP12", trained_still="1", trained_all="2")
    (figure,) = lasting(story.reading()).figures
    assert figure.text == "1 of 2 officers, as 1 contact point reports"


def test_a_first_step_is_told_with_the_use_later(told: Story) -> None:
    (found,) = plans(told.reading()).tables
    rows = {row[1]: row[2:] for row in found.rows if row[2]}
    assert rows["Write a first draft"] == (5, 5, 4, "4 of 5")
    assert rows["Gap in law or procedure"] == (3, 3, 0, "0 of 3")


def test_unwanted_effects_stand_in_a_block_of_their_own(told: Story) -> None:
    section = effects(told.reading())
    assert shares(table(section, "effects")) == {"Work is faster": 5, "None yet": 1}
    unwanted = {"Something is slower or harder": 3, "Another unwanted effect": 5}
    assert shares(table(section, "unwanted_effects")) == unwanted


def test_who_reports_unwanted_effects_only_reports_no_wanted_one(told: Story) -> None:
    rows = {row[1]: row[2] for row in table(levels(told.reading()), "levels").rows}
    assert rows["report an effect, wanted or not"] == "7 of 8"
    assert rows["report a wanted effect"] == "5 of 8"


def test_readers_outside_cannot_find_who_reports_unwanted_effects_only(told: Story) -> None:
    reading = read_outside(told.frames(), None, CUT_OFF)
    assert reading is not None
    labels = [row[1] for row in table(levels(reading), "levels").rows]
    assert "report a wanted effect" not in labels


def test_the_criteria_tell_what_was_asked_for_each(told: Story) -> None:
    rows = [row[::2] for row in table(levels(told.reading()), "criteria").rows]
    assert ("Coherence", "3 of 5") in rows
    assert [text for name, text in rows if name == "Sustainability"][1:] == [
        "3 of 8",
        "6 of 8",
        "5 of 10 officers, as 5 contact points report",
    ]
    assert [text for name, text in rows if name == "Efficiency"] == ["not measured by this survey"]
