"""What all of a group answered is told of nobody in it."""

from tests.analysis.builder import Story
from tests.analysis.exports.offices import HIGH, LOW, group, table, workshop


def test_what_all_of_a_group_answered_is_left_out_for_this_group_only() -> None:
    told = workshop(Story(), "A")
    group(told, "A", 6, scale="3")
    group(told, "A", 6, "director", people="7", scale=("0", "1", "2"))
    rows = table(told)
    officers = [row for row in rows if row["level"] == LOW]
    directors = [row for row in rows if row["level"] == HIGH]
    assert {row["scale"] for row in officers} == {"(left out)"}
    assert {row["people"] for row in directors} == {"(left out)"}
    assert {row["scale"] for row in directors} == {"0", "1", "2"}
    assert {row["case:disposition"] for row in rows} == {"(left out)"}


def test_options_that_all_or_none_of_a_group_ticked_are_left_out() -> None:
    told = workshop(Story(), "A")
    group(told, "A", 6, anchors=("rule", "rule course"))
    rows = table(told)
    assert {row["anchors/rule"] for row in rows} == {"(left out)"}
    assert {row["anchors/course"] for row in rows} == {"0", "1"}


def test_a_question_that_gives_away_what_all_answered_is_left_out_with_it() -> None:
    told = workshop(Story(), "A")
    group(told, "A", 6, anchors="rule", rule_status=("agree", "strongly_agree"))
    rows = table(told)
    assert {row["anchors/rule"] for row in rows} == {"(left out)"}
    assert {row["rule_status"] for row in rows} == {"(left out)"}
