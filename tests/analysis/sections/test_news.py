"""The lines for a newsletter: each is true without the others, and none tells a hidden figure."""

import re
from datetime import date

import pytest

from analysis.formats import render
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from storage.schema import workshops
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.recount_stages import Stages

PUBLIC = Wishes("newsletter", office="ROCB")
HIDDEN = re.compile("not shown|nearly all|fewer than")


def twenty(shared: int = 10, used: int = 10) -> Story:
    """A workshop of twenty delegations: some use it, some passed it on, all name an effect."""
    story = Story().workshop("RM", "Risk management", donors=("JICA",))
    for number, place in enumerate(PLACES[:20]):
        answers = {
            "use_1": "regular" if number < used else "not_used",
            "actions": "briefed" if number < shared else "none",
            "effects": "faster" if number < 12 else "none",
            "obstacles": "staff" if number < 11 else "none",
        }
        story.answers(story.person("RM", place), "M6", **answers)
    return story


def lines(report: Report) -> list[str]:
    return render(report, "newsletter").decode().splitlines()


def test_five_lines_say_the_finding_who_took_part_what_came_of_it_and_who_says_so() -> None:
    told = lines(build(twenty().connection, ["RM"], CUT_OFF, PUBLIC))
    assert told == [
        "Risk management, Kashiwa 2017, after 6 months: in at least 10 of 20 delegations the "
        "knowledge is in regular use",
        "20 people took part in “Risk management” (Kashiwa, 6–10 November 2017, JICA). "
        "The participants were asked again after 6 months.",
        "In at least 10 of 20 delegations, officers passed on what they learned to their colleagues.",
        "The effect named most often: “Work is faster” (12 of 20 people who answered). "
        "The obstacle named most often: “Too few staff” (11 of 20 people who answered).",
        "People report this about themselves. Nothing was measured, and there is no comparison "
        "group. Source: ROCB, answers until 20 December 2018.",
    ]


def test_the_numbers_of_the_lines_are_those_of_the_queries() -> None:
    story = twenty(shared=13, used=12)
    told = lines(build(story.connection, ["RM"], CUT_OFF, PUBLIC))
    query = Stages(story.connection, ("RM",), "M6")
    assert f"in at least {query.states('in_regular_use')[0]} of 20" in told[0]
    assert f"In at least {query.states('shared')[0]} of 20" in told[2]


def test_a_workshop_that_is_still_to_come_is_no_news() -> None:
    story = twenty().workshop("VAL", "Valuation")
    coming = workshops.update().where(workshops.c.code == "VAL")
    story.connection.execute(coming.values(ends_on=date(2019, 1, 18)))
    story.person("VAL", PLACES[30])
    told = lines(build(story.connection, None, CUT_OFF, PUBLIC))
    assert told[1].startswith(
        "20 people took part in “Risk management” (Kashiwa, 6–10 November 2017"
    )


@pytest.mark.parametrize(("shared", "used"), [(3, 10), (10, 3), (3, 3), (0, 20)])
def test_what_may_not_be_told_is_left_out_and_no_line_says_so(shared: int, used: int) -> None:
    report = build(twenty(shared, used).connection, ["RM"], CUT_OFF, PUBLIC)
    told = lines(report)
    assert 3 < len(told) <= 5
    assert not HIDDEN.search(" ".join(told))
    if used == 3:
        assert told[0] == "What became of “Risk management”"


def test_the_picture_of_a_newsletter_has_the_figures_that_may_be_told() -> None:
    report = build(twenty().connection, ["RM"], CUT_OFF, PUBLIC)
    assert render(report, "news-png").startswith(b"\x89PNG")
    assert b"<svg" in render(report, "news-svg")[:200]
    assert [part.key for part in report.sections] == ["stages"]
