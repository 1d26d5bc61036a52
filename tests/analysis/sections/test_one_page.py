"""What the one page adds: what the office does next, by rule, and how sure the finding is."""

from dataclasses import replace

from analysis.findings.next_steps import RULES
from analysis.model import Report, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from surveys.next_step import NextStep, State
from tests.analysis.builder import CUT_OFF, PLACES, Story


def told() -> Story:
    """Six delegations: two asked for help, one claims a course without its title, one is silent."""
    story = Story().workshop("RM")
    for number, place in enumerate(PLACES[:6]):
        person = story.person("RM", place)
        if number == 5:
            story.silent(person, "M6")
            continue
        story.answers(person, "M3", use_1="tried", help="templates" if number < 2 else "none")
        claim = {"anchors": "training", "anchor_status_training": "new"}
        story.answers(person, "M6", use_1="regular", **(claim if number == 3 else {}))
    return story


def next_of(report: Report) -> list[Table]:
    return [one for part in report.sections if part.key == "next" for one in part.tables]


def test_the_office_helps_who_asked_calls_who_is_silent_and_asks_for_what_is_claimed() -> None:
    (table,) = next_of(told().report("RM"))
    assert table.rows == (
        (2, "Asked for help: decide who gets what, and when.", "Programme manager"),
        (1, "No reply or not reachable: call their contact points.", "Organiser"),
        (1, "Claimed something in force: ask for its title or document.", "Organiser"),
    )


def test_the_picture_says_what_its_marks_do_not_tell() -> None:
    assert told().report("RM").labels["one_mark"] == (
        "One mark is one delegation, at the highest stage reported. Regular use is another question: "
        "5 of the 5 that replied, at any stage. Embedded, but merely claimed: 1 of 1; not in the title."
    )
    outside = build(told().connection, ["RM"], CUT_OFF, Wishes("good_practice"))
    assert outside.labels["one_mark"] == "One mark is one person, at the highest stage reported."


def test_what_is_of_other_workshops_than_the_title_says_of_how_many() -> None:
    story = told().workshop("PM")
    for _ in range(6):
        story.answers(story.person("PM", PLACES[6]), "M3", use_1="tried", obstacles="staff")
    report = story.report()
    assert "12 participants in all 2 workshops" in report.subtitle
    assert report.labels["obstacles_when"] == "After 3 months, 6 months · 6 answered, 2 workshops"
    (replied,) = (one for part in report.sections for one in part.tables if one.key == "fieldwork")
    assert replied.finding == "Replied, 6 months: 5 of 6"


def test_help_that_is_asked_for_after_a_year_waits_too() -> None:
    story = told()
    for number, place in enumerate(PLACES[6:9]):
        asked = {"next_need": "templates" if number else "none"}
        story.answers(story.person("RM", place), "M12", use_1="regular", **asked)
    (table,) = next_of(story.report("RM"))
    assert table.rows[0][:2] == (4, "Asked for help: decide who gets what, and when.")


def test_readers_outside_are_not_told_what_the_office_does_next() -> None:
    report = build(told().connection, ["RM"], CUT_OFF, Wishes("good_practice"))
    assert next_of(report) == []
    assert "sure" in [part.key for part in report.sections]


def test_the_page_says_after_which_months_obstacles_and_effects_were_asked() -> None:
    labels = told().report("RM").labels
    assert labels["obstacles_when"] == "After 3 months, 6 months"
    assert labels["effects_when"] == "After 6 months"


def test_what_is_still_told_outside_is_on_the_page_of_the_office() -> None:
    """Nobody asked for help any more, and a released step says that the office helps."""
    told = Story().workshop("W")
    for place in PLACES[:6]:
        told.answers(told.person("W", place), "M6", use_1="regular")
    steps = [
        NextStep("help", replace(RULES["help"], state=State.RELEASED)),
        NextStep("claimed", RULES["claimed"]),
    ]
    wishes = Wishes(steps=tuple(steps))
    (table,) = next_of(build(told.connection, ["W"], CUT_OFF, wishes))
    assert table.rows == (
        (
            "–",
            "Asked for help: decide who gets what, and when. "
            "No longer applies by rule; still told outside.",
            "Programme manager",
        ),
    )


def test_how_sure_it_is_says_the_bounds_and_that_nothing_was_measured() -> None:
    (sure,) = (part for part in told().report("RM").sections if part.key == "sure")
    used, embedded, *_ = sure.notes[0].split(". ")
    assert used == "In regular use, after 6 months: 5 of 6; of 1 more it is not known"
    assert embedded == (
        "Embedded, described or better, after 6 months: 0 of 6; of 6 more it is not known"
    )
    assert "at most" not in sure.notes[0]
    assert "no comparison group" in sure.notes[1]
