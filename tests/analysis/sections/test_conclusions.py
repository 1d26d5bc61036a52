"""What stood out most in the answers of a year, by rule."""

from analysis.sections.conclusions import conclusions
from tests.analysis.builder import PLACES, Story


def test_no_obstacle_is_never_the_obstacle_named_most() -> None:
    story = Story().workshop("W")
    for number, place in enumerate(PLACES[:20]):
        told = {"obstacles": "none", "help": "none"}
        if number >= 12:
            told = {"obstacles": "staff", "help": "expert"}
        story.answers(story.person("W", place), "M3", **told)
    assert conclusions(story.reading()).notes == (
        "Obstacle named most: Too few staff, 8 of 20 (40 %).",
        "Help asked for most: Advice from an expert, 8 of 20 (40 %).",
    )
