"""Stories of a year: what is told of those who wrote them."""

from analysis.findings.reading import read_outside
from analysis.sections.quotes import words
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
        "Where a practice went furthest: A participant",
        "From somebody who did not use the knowledge when last asked: A participant",
    ], "one person alone of B replied after three months"


def test_stories_tell_the_wave_only_where_all_quotes_of_the_report_do() -> None:
    """A story with its wave, quoted again without it, would tell which wave the other quotes hide."""
    story = Story().workshop("A")
    use = {"use_1": "regular", "others_use": "most", "quote": "anonymous"}
    for number, place in enumerate(PLACES[:12]):
        person = story.person("A", place)
        case = story.answers(person, "M3", example=f"Story {number}.", **use)
        story.decides(case, "example")
        if number < 3:
            early = story.answers(person, "END", message=f"Thank you {number}.")
            story.decides(early, "message")
        story.answers(person, "M6", **use)
    reading = read_outside(story.frames(), None, CUT_OFF)
    assert reading is not None
    told = {one.source for one in (*words(reading).quotes, *stories(reading).quotes)}
    assert told == {"A participant", "Where a practice went furthest: A participant"}
