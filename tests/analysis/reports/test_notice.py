"""Why a report has no results yet."""

import pytest
from sqlalchemy import text

from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story


def test_answers_before_a_workshop_that_has_not_begun_are_no_silence() -> None:
    told = Story().workshop("RM")
    for place in PLACES[:7]:
        told.answers(told.person("RM", place), "PRE", needs="rules")
    told.person("RM", PLACES[8])
    days = "update workshops set starts_on = '2019-01-14', ends_on = '2019-01-18'"
    told.connection.execute(text(days))
    assert told.report("RM").notice == (
        "The workshop begins on 14 January 2019. 7 of 8 people answered the questions before it. "
        "Results appear from 5 answers to those after it."
    )


@pytest.mark.parametrize(
    ("audience", "notice"),
    [
        ("staff", "No responses to a follow-up yet (0 of 7). Results appear from 5."),
        ("good_practice", "No follow-up has 5 answers yet. Results appear from 5."),
    ],
)
def test_who_answered_before_the_workshop_is_not_said_to_be_silent(
    audience: str, notice: str
) -> None:
    told = Story().workshop("RM")
    for place in PLACES[:7]:
        told.answers(told.person("RM", place), "PRE", needs="rules")
    report = build(told.connection, ["RM"], CUT_OFF, Wishes(audience))
    assert report.notice == notice
