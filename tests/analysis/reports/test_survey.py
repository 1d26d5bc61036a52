"""Every survey ends in a result: needs, practice of administrations, and any own questionnaire."""

import re
from collections import Counter

import pytest
from sqlalchemy import text

from analysis.formats import render
from analysis.model import Report, Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.survey import build_survey
from storage.database import Conflict, NotFound
from surveys.authoring.reading import read_questionnaire
from tests.analysis.builder import CUT_OFF, PLACES, Story

NEEDS = ("rules", "rules", "rules data", "data", "plan", "rules")


def before(answered: int = 6, silent: int = 2) -> Story:
    """A workshop whose participants were asked before it what they need."""
    story = Story().workshop("RM", "Risk management")
    for place, needs in zip(PLACES[:answered], NEEDS, strict=False):
        who = story.person("RM", place)
        story.answers(who, "PRE", needs=needs, function="risk", stage_now="s1", may_see="yes")
    for place in PLACES[answered : answered + silent]:
        story.silent(story.person("RM", place), "PRE")
    return story


def result(story: Story, wave: str, code: str = "RM", **wishes: str) -> Report:
    return build_survey(story.connection, code, CUT_OFF, Wishes(survey=wave, **wishes))


def section(report: Report, key: str) -> Section:
    return next(one for one in report.sections if one.key == key)


def table(report: Report, key: str) -> Table:
    return next(one for part in report.sections for one in part.tables if one.key == key)


def test_needs_before_a_workshop_are_told_without_any_answer_to_a_follow_up() -> None:
    report = result(before(), "PRE")
    assert report.title == "Needed most: International rules (4 of 6)"
    assert report.in_short == ("6 of 8 people have answered.",)
    assert table(report, "needs").rows[0] == ("International rules", 4, "4 of 6")
    assert [one.key for one in report.sections][:3] == ["needed", "who_comes", "today"]


def test_permissions_are_no_results() -> None:
    keys = {one.key for part in result(before(), "PRE").sections for one in part.tables}
    assert not keys & {"may_see", "attribution"}


def test_the_counts_are_those_of_the_database() -> None:
    story = before()
    rows = story.connection.execute(text("select value from answers where item = 'needs'"))
    stored = Counter(code for (value,) in rows for code in value.split())
    found = {row[0]: row[1] for row in table(result(story, "PRE"), "needs").rows}
    assert sorted(stored.values()) == sorted(count for count in found.values() if count)


def test_who_has_not_answered_stands_by_administration() -> None:
    rows = table(result(before(), "PRE"), "waiting").rows
    assert rows == tuple((f"Administration {code}", 1, 0) for code in PLACES[6:8])


def test_the_text_puts_no_colon_after_a_question_and_says_no_heading_twice() -> None:
    lines = render(result(before(), "PRE"), "txt").decode().splitlines()
    assert "What do you need most from this workshop? Choose up to three." in lines
    assert not any(line.endswith(("?:", ".:")) for line in lines)
    assert lines[lines.index("Response") + 2].split()[0] == "Who"


def test_a_question_to_which_nobody_wrote_anything_has_no_line() -> None:
    keys = {one.key for part in result(before(), "PRE").sections for one in part.tables}
    assert not keys & {"needs_other", "chief_expects"}


def test_another_answer_in_own_words_stands_below_its_question() -> None:
    story = before()
    story.answers(story.person("RM", "VN"), "PRE", needs="other", needs_other="Valuation")
    heading = table(result(story, "PRE"), "needs_other").heading
    assert heading.startswith("What do you need most from this workshop?")
    assert heading.endswith(" · Other, please say")


def test_under_five_answers_there_is_a_sentence_and_no_result() -> None:
    report = result(before(answered=3, silent=5), "PRE")
    assert report.notice == "3 of 8 have answered. Results appear from 5."
    assert [one.key for one in report.sections] == ["response"]


def test_one_answer_is_told_in_the_singular() -> None:
    assert result(before(answered=1, silent=7), "PRE").notice.startswith("1 of 8 has answered.")


def test_needs_stand_beside_what_was_used_later() -> None:
    story = before()
    for who in range(1, 7):
        story.answers(_enrolment(story, who), "M3", use_any="regular")
    found = table(result(story, "PRE"), "needs_and_use")
    assert ("International rules", 4, 4, 4, "4 of 4") in found.rows


def _enrolment(story: Story, number: int) -> int:
    row = story.connection.execute(
        text("select id from enrolments order by id limit 1 offset :n"), {"n": number - 1}
    )
    return int(row.scalar_one())


def test_the_trainer_sees_how_far_everybody_is_with_the_elearning() -> None:
    story = before()
    for number, how in enumerate(
        ("done", "done", "not_started", "no_access", "in_progress", None)
    ):
        story.listed(_enrolment(story, number + 1), how)
    rows = dict(table(result(story, "PRE"), "elearning_now").rows)
    assert (rows["Done"], rows["No access"], rows["Not known"]) == (2, 1, 3)


def test_the_trainer_sees_needs_without_names_and_small_counts_put_together() -> None:
    story = Story().workshop("RM", "Risk management")
    wanted = ["rules"] * 12 + ["data"] * 10 + ["plan"] * 2 + ["training"] * 2
    for number, need in enumerate(wanted):
        who = story.person("RM", PLACES[number])
        case = story.answers(who, "PRE", needs=need, level="team", chief_expects="Ask Ana")
        story.decides(case, "chief_expects")
    report = result(story, "PRE", audience="trainer")
    counts = {row[0]: row[1] for row in table(report, "needs").rows}
    assert (counts["International rules"], counts["Use of data and risk analysis"]) == (12, 10)
    assert not any(isinstance(count, int) and 0 < count < 5 for count in counts.values())
    shown = render(report, "txt").decode()
    assert not re.search("Administration [A-Z]{2}", shown)
    assert "Ana" not in shown
    assert report.footer.startswith("For the trainers of the workshop, until its last day.")


def test_the_trainer_gets_what_participants_are_asked_before_the_workshop_and_no_more() -> None:
    story = before()
    story.answers(_enrolment(story, 1), "M3", use_any="regular")
    with pytest.raises(Conflict, match="RM M3 is not asked before a workshop"):
        result(story, "M3", audience="trainer")


def test_the_trainer_reads_what_is_not_told_once_and_not_at_each_question() -> None:
    report = result(before(), "PRE", audience="trainer")
    assert report.in_short[:2] == ("People on the list: 8.", "Administrations: 8.")
    assert "What is your level?" in [row[0] for row in table(report, "not_told").rows]
    shown = [one for part in report.sections for one in part.tables if one.key != "not_told"]
    assert all(one.rows for one in shown)


def test_the_trainer_reads_what_administrations_need_that_let_others_read_it() -> None:
    story = Story().workshop("VAL", "Valuation")
    for number, place in enumerate(PLACES[:4]):
        who = story.person("VAL", place, "contact_point")
        story.answers(who, "NEEDS", needs="rules", attribution="yes" if number else "no")
    report = result(story, "NEEDS", "VAL", audience="trainer")
    assert table(report, "needs").rows[0] == ("International rules", 3, "3 of 3")
    assert "Administration AU" not in render(report, "txt").decode()
    assert report.footer.startswith("For the trainers of the workshop")


def test_a_question_quotes_the_title_of_its_workshop() -> None:
    headings = {one.heading for part in result(before(), "PRE").sections for one in part.tables}
    asked = (
        "Think about the topic of “Risk management”. How far is your administration with it today?"
    )
    assert asked in headings


def test_a_wave_that_has_not_opened_has_no_result() -> None:
    with pytest.raises(NotFound, match="RM M6 has not opened"):
        result(before(), "M6")


def test_answers_of_single_people_are_for_the_office() -> None:
    with pytest.raises(Conflict, match="single people"):
        result(before(), "PRE", audience="good_practice")


# Any questionnaire of the office

OWN = """
spec: 1
key: OWN
title: {en: Selectors in use}
minutes: 2
default_language: en
languages: [en]
choices:
  yes_no: [{name: yes, label: "Yes"}, {name: no, label: "No"}]
survey:
  - {type: select_one yes_no, name: uses, label: "Do you use selectors?"}
  - {type: integer, name: selectors, label: "How many selectors do you use?"}
  - {type: date, name: since, label: "Since when?"}
  - {type: text, name: story, label: "What did they find?"}
"""


def own(answered: int) -> Story:
    story = Story().workshop("RM", "Risk management")
    story.own = read_questionnaire(OWN, "own.yaml").model_copy(update={"version": 1})
    for number, place in enumerate(PLACES[:answered]):
        values = {"selectors": str(number * 10), "since": f"2017-12-{number + 1:02}"}
        story.answers(story.person("RM", place), "OWN", uses="yes", story="Two cases", **values)
    return story


def test_an_own_questionnaire_gets_a_result_by_itself() -> None:
    report = result(own(9), "OWN")
    assert report.title == "Selectors in use"
    assert table(report, "uses").rows[0] == ("Yes", 9, "9 of 9")
    assert table(report, "selectors").rows == ((9, 40, "20–60", 0, 80),)
    assert table(report, "since").rows == ((9, "1 December 2017", "9 December 2017"),)
    assert table(report, "story").note == "Wrote something: 9. Read and released: 0."


def test_the_signs_of_numbers_below_zero_can_be_read() -> None:
    story = own(9)
    story.connection.execute(
        text("update answers set value = '-' || value where item = 'selectors'")
    )
    assert table(result(story, "OWN"), "selectors").rows[0][1:3] == ("-40", "-60 … -20")
    backwards = table(result(story, "OWN", language="fa"), "selectors").rows[0]
    assert backwards[1] == "\u2066-40\u2069"


def test_numbers_and_days_of_fewer_than_five_are_not_told() -> None:
    story = own(5)
    story.connection.execute(text("delete from answers where item != 'uses' and case_id = 3"))
    report = result(story, "OWN")
    assert table(report, "uses").rows
    assert table(report, "selectors").rows == table(report, "since").rows == ()


# By group


def test_groups_under_five_are_put_together() -> None:
    story = Story().workshop("RM")
    for number in range(12):
        job = "risk" if number < 6 else ("audit", "policy", "it")[number % 3]
        who = story.person("RM", PLACES[number])
        story.answers(who, "PRE", needs="rules" if number < 6 else "data", function=job)
    found = table(result(story, "PRE", by="function"), "needs_groups")
    assert found.columns == ("Answer", "Risk and intelligence (6)", "Groups under 5 (6)")
    assert ("International rules", 6, 0) in found.rows


def test_a_question_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(NotFound, match=r"no question 'colour'.*needs"):
        result(before(), "PRE", by="colour")
