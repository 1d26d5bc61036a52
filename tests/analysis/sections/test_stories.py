"""Stories of a year: what is told of those who wrote them."""

from analysis.findings.reading import read_outside
from analysis.sections.stories import stories
from tests.analysis.builder import CUT_OFF, PLACES, Story


def test_the_wave_is_told_of_all_stories_or_of_none() -> None:
    story = Story().workshop("A").workshop("B")
    for number, place in enumerate(PLACES[:24]):
        far = number < 12
        person = story.person("A" if far else "B", place)
        use = {"use_1": "regular" if far else "not_yet", "others_use": "most" if far else "no"}
        if far or number == 20:
            case = story.answers(person, "M3", example=f"Story {number}.", **use)
            if number in (0, 20):
                story.decides(case, "example")
        story.answers(person, "M6", quote="anonymous", example="Short.", **use)
    reading = read_outside(story.frames(), None, CUT_OFF)
    assert reading is not None
    assert [one.source for one in stories(reading).quotes] == [
        "Where it went furthest: A participant",
        "Where it did not succeed: A participant",
    ], "one person alone of B replied after three months"
