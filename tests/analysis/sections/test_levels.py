"""The figures by evaluation scheme: each stands where it belongs."""

from analysis.sections.levels import levels
from tests.analysis.builder import PLACES, Story


def test_confidence_that_people_tell_of_themselves_is_no_learning() -> None:
    story = Story().workshop("W")
    for place in PLACES[:10]:
        person = story.person("W", place)
        story.answers(person, "END", confidence_now="high", relevance="very")
        story.answers(person, "M6", use_1="tried")
    rows = levels(story.reading()).tables[0].rows
    told = {row[0]: row[1:] for row in rows if row[0] != "1 Reaction"}
    assert told["2 Learning"] == ("–", "not measured by this survey")
    assert "confident at the end" in [row[1] for row in rows if row[0] == "1 Reaction"]
