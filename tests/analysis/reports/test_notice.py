"""Why a report has no results yet."""

from sqlalchemy import text

from tests.analysis.builder import PLACES, Story


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
