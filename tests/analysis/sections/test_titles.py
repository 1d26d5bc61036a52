"""Titles of what is in force: only of what counts as in force."""

from analysis.sections.titles import titles
from tests.analysis.builder import PLACES, Story

AGREES = {"quote": "anonymous"}
RULE = {"anchors": "procedure", "anchor_status_procedure": "new"}


def test_a_title_of_what_is_in_force_no_more_or_disputed_is_not_listed() -> None:
    story = Story().workshop("W")
    for number, place in enumerate(PLACES[:8]):
        person = story.person("W", place)
        case = story.answers(
            person, "M6", title_procedure=f"Order {number} of 2018", **RULE, **AGREES
        )
        story.decides(case, "title_procedure")
        ended = {"still": "none"} if number == 1 else {"still": "procedure"}
        story.answers(person, "M12", anchors_new="none", **ended)
    story.answers(story.person("W", PLACES[2], "supervisor"), "SUP12", anchors="none")
    projects, anchors = titles(story.reading()).tables
    assert projects.rows == ()
    assert [row[1] for row in anchors.rows] == [f"Order {n} of 2018" for n in (0, 3, 4, 5, 6, 7)]
