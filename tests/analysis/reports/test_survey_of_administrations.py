"""Surveys of administrations: each counts once, and is told where it lets readers see it."""

import re

import pytest

from analysis.formats import FORMATS, render
from analysis.wording import report_languages
from tests.analysis.builder import PLACES, Story
from tests.analysis.reports.test_survey import before, result, table


def practice(readers: str = "members members members members members rocb rocb") -> Story:
    """A study in which one person answers for each administration, and says who may read it."""
    story = Story().workshop("STUDY", "Good practice in forensics")
    for place, wish in zip(PLACES, readers.split(), strict=False):
        who = story.person("STUDY", place, "contact_point")
        structure = "laboratory" if wish == "members" else "police"
        case = story.answers(
            who, "FORENSICS", structure=structure, practice=f"Step {place}", readers=wish
        )
        story.decides(case, "practice")
    return story


def test_one_row_for_each_administration_and_its_words_where_they_are_released() -> None:
    report = result(practice(), "FORENSICS", "STUDY")
    assert report.in_short == ("7 of 7 administrations have answered.",)
    rows = table(report, "part_1_structure").rows
    assert rows[0] == ("Administration AU", "A forensic laboratory")
    assert len(rows) == 7
    quotes = {quote.source: quote.text for part in report.sections for quote in part.quotes}
    assert quotes["Administration AU"] == "Step AU"
    assert len(quotes) == 5, "what only the office may read is not quoted"


def test_an_administration_reads_its_own_answers_question_by_question() -> None:
    report = result(practice(), "FORENSICS", "STUDY", audience="member", whom="AU")
    found = table(report, "part_1_own")
    assert found.columns == ("Question", "Answer")
    assert "A forensic laboratory" in found.rows[0]


def test_other_members_see_only_those_that_let_them() -> None:
    report = result(practice(), "FORENSICS", "STUDY", audience="good_practice")
    structure = {row[0]: row[1] for row in table(report, "structure").rows}
    assert structure["Another agency does it for us"] == 0
    assert sum(count for count in structure.values() if isinstance(count, int)) == 5
    shown = render(report, "txt").decode()
    assert "Administration BT" in shown
    assert not any(f"Administration {code}" in shown for code in PLACES[5:7])


def test_nobody_outside_sees_what_nobody_may_read() -> None:
    report = result(practice("rocb " * 7), "FORENSICS", "STUDY", audience="rtc")
    assert report.notice == "No administration lets these readers see its answers."


def test_who_answers_after_a_colleague_takes_its_seat_and_adds_none() -> None:
    story = practice()
    second = story.person("STUDY", "AU", "contact_point")
    story.answers(second, "FORENSICS", structure="none", readers="members")
    report = result(story, "FORENSICS", "STUDY")
    assert report.in_short == ("7 of 7 administrations have answered.",)
    assert table(report, "structure").base == 7
    rows = table(report, "part_1_structure").rows
    assert [row[1] for row in rows if row[0] == "Administration AU"] == ["None yet"]


def test_the_last_contact_point_says_who_may_read() -> None:
    story = practice()
    second = story.person("STUDY", "AU", "contact_point")
    story.answers(second, "FORENSICS", structure="none", readers="rocb")
    report = result(story, "FORENSICS", "STUDY", audience="good_practice")
    assert "Administration AU" not in render(report, "txt").decode()


def test_five_people_of_three_administrations_are_three_answers() -> None:
    story = Story().workshop("NEED", "Valuation")
    for place in (*PLACES[:3], *PLACES[:3]):
        who = story.person("NEED", place, "contact_point")
        story.answers(who, "NEEDS", needs="rules", attribution="no")
    assert result(story, "NEEDS", "NEED").notice.startswith("3 of 3 have answered.")


def test_permission_to_be_named_takes_the_place_of_hiding() -> None:
    report = result(practice("members members members rocb"), "FORENSICS", "STUDY", audience="rtc")
    assert not report.notice
    assert report.in_short == (
        "Answers of 3 of the 4 administrations that were asked.",
        "The others have not answered, or have answered for other readers.",
    )
    assert table(report, "structure").rows[0] == ("A forensic laboratory", 3, "3 of 3")
    assert not [part for part in report.sections if part.key == "response"]


def test_no_heading_has_the_number_of_its_page_in_any_language() -> None:
    for language in report_languages():
        report = result(practice(), "FORENSICS", "STUDY", language=language)
        assert not [one.heading for one in report.sections if re.search(r"\d", one.heading)]


def test_a_question_on_nobodys_way_is_left_out_and_one_without_answer_says_why() -> None:
    story = Story().workshop("STUDY", "Good practice in forensics")
    for place in PLACES[:3]:
        who = story.person("STUDY", place, "contact_point")
        story.answers(who, "FORENSICS", structure="none", career="dont_know", readers="members")
    report = result(story, "FORENSICS", "STUDY")
    keys = {one.key for part in report.sections for one in part.tables}
    assert "tasks" not in keys
    assert table(report, "career").note == "0 administrations answered. I do not know: 3."


def test_what_is_asked_after_the_last_page_is_no_part_of_it() -> None:
    report = result(practice(), "FORENSICS", "STUDY")
    headings = [one.heading for one in report.sections]
    assert headings[0] == "Formal structure"
    assert [one.heading for one in report.sections if one.quotes] == ["More"]


def test_the_page_says_once_which_survey_it_is() -> None:
    assert result(before(), "PRE").subtitle.startswith("Before the workshop · Risk management")
    assert result(practice(), "FORENSICS", "STUDY").subtitle.startswith("Good practice in")


def test_after_a_workshop_an_administration_is_named_by_its_own_permission() -> None:
    story = Story().workshop("TFA")
    for number, place in enumerate(PLACES[:6]):
        who = story.person("TFA", place, "contact_point")
        agreed = "no" if number == 0 else "yes"
        story.answers(who, "NCP12", obstacles="staff", permission=agreed, trained_still="2")
    report = result(story, "NCP12", "TFA")
    assert "permission" not in {one.key for part in report.sections for one in part.tables}
    matrix = [
        one for part in report.sections for one in part.tables if "Administration" in one.columns
    ]
    named = {row[0] for one in matrix for row in one.rows}
    assert named == {f"Administration {place}" for place in PLACES[1:6]}


def test_numbers_stand_beside_the_name_of_who_may_be_named() -> None:
    story = Story().workshop("TFA")
    who = story.person("TFA", "FJ", "contact_point")
    story.answers(who, "NCP12", trained_still="2", permission="yes")
    report = result(story, "NCP12", "TFA")
    assert table(report, "part_1_trained_still").rows == (("Administration FJ", "2"),)


# Formats


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_result_comes_in_every_form(form: str) -> None:
    # Drawing a page takes up to a second.
    made = render(result(practice(), "FORENSICS", "STUDY"), form)
    assert made
    assert made == render(result(practice(), "FORENSICS", "STUDY"), form)
