"""Real tables of answers, wide and long, are read as their expectations say."""

from collections import Counter

import pytest

from bot.importing.answers.targets import Finder
from surveys.authoring.packaged import packaged_questionnaire
from surveys.problems import BadInput
from tests.bot.importing.answers.tables import Table, expected, read, read_file

S1, S2, S3 = "s1_results_wide.csv", "s2_results_long.csv", "s3_results_two_headers.xlsx"
EVERYBODY = {"workshop": "all", "use_after: I have not used any": "none"}
CLEAN = {"conf: six": "missing", "question colour": "leave out"}


def up_same_down(table: Table, before: str, after: str, order: list[str]) -> tuple[int, ...]:
    steps = [
        (order.index(one.values[after]) > order.index(one.values[before]))
        - (order.index(one.values[after]) < order.index(one.values[before]))
        for one in table.found.told
        if before in one.values and after in one.values
    ]
    return steps.count(1), steps.count(0), steps.count(-1)


def test_s1_a_wide_table_with_several_ticks_in_a_cell() -> None:
    right = expected(S1)
    table = read_file(S1, "S1", EVERYBODY)
    assert not table.asked
    assert len(table.found.told) == right["respondents"]
    for item, one in right["likert"].items():
        given = [int(value) for value in table.given(item)]
        assert (len(given), sum(given)) == (one["n"], one["sum"])
    assert len(table.given("recommend")) == right["recommend"]["n"]
    assert len(table.given("used_for")) == right["used_for"]["answered"]
    options = right["used_for"]["by_option"]
    assert table.ticks("used_for") == {
        "survey": options["Planned a survey"],
        "alone": options["Cleaned data, alone"],
        "others": options["Cleaned data, with others"],
        "chart": options["Made a chart"],
        "not_used": options["Not used"],
        "other": options["Other: radio"],
    }
    assert table.given("used_for_other") == ["radio"]
    moved = up_same_down(table, "use_before", "use_after", ["none", "once", "month", "week"])
    assert moved == tuple(right["paired"][key] for key in ("up", "same", "down"))
    comments = {one.number: one.values.get("comment") for one in table.found.told}
    assert comments[7] == "n/a"
    assert len(table.given("comment")) == 40 - sum(text is None for text in comments.values())
    assert str(min(one.at for one in table.found.told)) == "2027-06-01 02:48:00+00:00"
    row = right["empty_not_na"]["row"]
    (empty,) = (one for one in table.found.told if one.number == row)
    assert "impact_job" not in empty.values


def test_s1_rows_of_another_workshop_and_a_word_without_an_option_are_not_guessed() -> None:
    table = read_file(S1, "S1")
    assert table.asked == ["use_after: I have not used any"]
    assert len(table.found.told) == expected(S1)["by_workshop"]["W-A"]
    assert "workshop W-A: 18 rows of other workshops left out." in table.found.notes


@pytest.mark.parametrize("wave", ["3", "6"])
def test_s2_a_long_table_with_one_answer_in_a_row(wave: str) -> None:
    right = expected(S2)
    table = read_file(S2, "S2", CLEAN | {"wave": wave})
    assert not table.asked
    known = [one for one in table.found.told if one.who["person"] != "P99"]
    assert len(known) == right["people_wave"][wave]
    conf = [int(one.values["conf"]) for one in known if "conf" in one.values]
    assert (len(conf), sum(conf)) == (right["conf"][wave]["n"], right["conf"][wave]["sum"])
    tools = right["tools"][wave]
    assert len(table.given("tools")) == tools["answered"]
    assert table.ticks("tools") == tools["by_option"]
    nps = [int(value) for one in known if (value := one.values.get("nps"))]
    assert len(nps) == right["nps"][wave]["n"]
    assert sum(value >= 9 for value in nps) == right["nps"][wave]["promoters"]


def test_s2_a_later_answer_counts_and_an_exact_repeat_is_told() -> None:
    right = expected(S2)
    table = read_file(S2, "S2", CLEAN | {"wave": "3"})
    person = next(one for one in table.found.told if one.who["person"] == "P02")
    assert person.values["conf"] == str(right["later_answer_wins"]["value"])
    assert [(one.item, one.value) for one in person.earlier] == [("conf", "4")]
    (repeat,) = (one for one in table.reading.problems if "repeats" in one.message)
    assert repeat.place == f"row {right['exact_repeat']['row']}"


def test_s2_what_nobody_can_tell_is_asked() -> None:
    assert read_file(S2, "S2").asked == ["wave", "conf: six", "question colour"]


def test_s3_two_heading_rows_with_a_column_for_each_option() -> None:
    right = expected(S3)
    table = read_file(S3, "S3")
    assert not table.asked
    assert len(table.found.told) == right["respondents"]
    ticks = table.ticks("topics")
    topics = right["topics"]
    assert {"Planning": ticks["plan"], "Asking well": ticks["ask"]} | {
        "Counting, checking": ticks["check"]
    } == topics["by_option"]
    assert len(table.given("topics_other")) == topics["other_texts"]
    none = [one for one in table.found.told if one.values.get("topics") == ""]
    assert len(none) == topics["none_ticked"]
    sure = [int(value) for value in table.given("sure")]
    assert (len(sure), sum(sure)) == (right["sure"]["n"], right["sure"]["sum"])
    rooms = Counter(one.values.get("room", "") for one in table.found.told)
    assert rooms == {"good": 3, "fair": 5, "poor": 4, "na": 7, "": 5}
    assert table.ticks("trainer") == {"good": 15, "fair": 9}
    assert table.ticks("tongue") == {"th": 7, "zh": 3, "km": 7, "en": 7}
    at = {one.number: one.at.isoformat() for one in table.found.told}
    assert at[right["text_date"]["row"]] == "2028-03-03T07:00:00+00:00"  # 14:00 in Bangkok
    assert (min(at.values()), max(at.values())) == (
        "2028-03-01T02:00:00+00:00",
        "2028-03-12T07:00:00+00:00",
    )


def test_p4_scores_with_commas_and_a_row_with_a_cell_too_many() -> None:
    name = "../lists/p4_scores_semicolon.csv"
    right = expected(name)
    named = {"column date": "Date attended", "answered on": "2028-06-09"}
    table = read_file(name, "P4", named)
    assert table.asked == ["score: 1.234,5"]
    table = read_file(name, "P4", named | {"score: 1.234,5": "missing"})
    scores = {str(one.number): one.values.get("score") for one in table.found.told}
    told = {row: float(score) for row, score in scores.items() if score}
    assert told == right["score"]["values"]
    days = {str(one.number): f"{one.at:%Y-%m-%d}" for one in table.found.told}
    assert days == {
        row: day or "2028-06-09"
        for row, day in right["dates"].items()
        if row.isdigit() and row in days
    }
    assert table.found.told[0].who == {
        "person": "Somchai Jaidee-Test",
        "email": "somchai.t@example.org",
    }
    (beyond,) = (one for one in table.reading.warnings if "beyond" in one.message)
    assert (beyond.place, beyond.value) == ("row 10", "extra")


def test_numbers_beyond_the_bounds_of_a_question_are_asked_about() -> None:
    table = read("date,people\n2027-06-20,12\n2027-06-20,1200\n2027-06-20,many\n", "P4")
    assert table.asked == ["people: 1200", "people: many"]
    assert table.given("people") == ["12"]


def test_a_real_survey_of_87_people_moves_as_it_was_published() -> None:
    answers = {
        "other columns": "leave out",
        "answered on": "2027-06-28",
        "how_tools_help: not_using": "missing",
        "how_tools_help: not_helped": "none_helped",
        "how_tools_help: other": "missing",
        "use_before: 2_several_a_year": "2_yearly",
        "use_after: 2_several_a_year": "2_yearly",
    }
    table = read_file("../follow_up_87.csv", "F87", answers)
    assert not table.asked
    assert len(table.found.told) == 87
    often = [
        *("0_none", "1_less_than_yearly", "2_yearly", "3_monthly", "4_weekly", "5_daily"),
    ]
    assert up_same_down(table, "use_before", "use_after", often) == (43, 41, 3)


def test_without_a_column_for_any_question_the_options_are_named() -> None:
    with pytest.raises(BadInput, match=r"Name the columns, such as --column \"used=C\""):
        read("a,b\n1,2\n", "S2")


def test_a_table_without_any_heading_that_is_known_is_read_by_named_columns() -> None:
    named = {"column used": "B", "column conf": "Sure", "answered on": "2027-06-20"}
    table = read("Who,X,Sure\nAda,Yes,3\n", "S2", named)
    assert table.asked == ["column A"]
    (ada,) = read("Who,X,Sure\nAda,Yes,3\n", "S2", named | {"column name": "A"}).found.told
    assert (ada.who, ada.values) == ({"name": "Ada"}, {"used": "yes", "conf": "3"})


def test_a_heading_that_quotes_the_workshop_names_its_question_and_no_other_does() -> None:
    finder = Finder(packaged_questionnaire("M6"))
    asked = "Do you use what you learned in “Combating counterfeiting and piracy”?"
    assert finder.item_named(asked) == "use_any"
    assert finder.item_named("Are you still in the same job as in December 2017?") == "job"
    assert finder.item_named("Mood of the day") is None


def test_a_column_without_a_heading_is_asked_about_and_not_passed_over() -> None:
    table = read("date,,used\n2027-06-20,7,yes\n", "S2")
    assert table.asked == ["column B"]
    assert 'What is column B, "" (7)?' in table.found.questions[0].text
    table = read("date,,used\n2027-06-20,4,yes\n", "S2", {"column conf": "B"})
    assert table.given("conf") == ["4"]


def test_two_columns_for_one_question_are_asked_about_and_days_to_come_refused() -> None:
    text = "used,Used?,date\nyes,no,2027-06-20\n"
    (question,) = read(text, "S2").found.questions
    assert [one.label for one in question.choices] == ["A 'used': yes", "B 'Used?': no"]
    assert read(text, "S2", {"column used": "B"}).given("used") == ["no"]
    table = read("date,used\n2031-01-01,yes\n", "S2")
    assert "is a day to come." in str(table.reading.problems[0])


def test_days_that_may_be_read_in_two_ways_are_asked_about() -> None:
    text = "date,used\n03/04/2027 10:00,yes\n05/06/2027 10:00,no\n"
    assert read(text, "S2").asked == ["order of day and month"]
    (first, _) = read(text, "S2", {"order of day and month": "day first"}).found.told
    assert first.at.isoformat() == "2027-04-03T03:00:00+00:00"


# What would be stored wrongly


def test_a_first_row_of_answers_is_no_heading() -> None:
    text = "ada@example.org,2027-06-20,yes,4\nben@example.org,2027-06-21,no,2\n"
    columns = {"email": "A", "date": "B", "used": "C", "conf": "D"}
    table = read(text, "S2", {f"column {name}": at for name, at in columns.items()})
    assert [one.who["email"] for one in table.found.told] == ["ada@example.org", "ben@example.org"]
    assert "No heading: 2 respondents." in table.found.notes[0]


def test_a_column_that_is_chosen_takes_the_place_of_the_one_found() -> None:
    text = "date,used,conf,sure\n2027-06-20,yes,4,2\n"
    table = read(text, "S2", {"column conf": "sure"})
    assert (table.given("conf"), table.asked) == (["2"], [])
    assert "These columns are not read: conf." in str(table.reading.problems[0])


def test_the_only_workshop_or_wave_of_a_table_must_be_the_one_that_is_meant() -> None:
    text = "workshop,wave,date,used\nW-Z,M6,2027-06-20,yes\n"
    table = read(text, "S2")
    assert table.asked == ["workshop", "wave"]
    assert table.found.questions[1].text == "The table is of the wave 'M6'. Is that M3?"
    assert read(text, "S2", {"workshop": "W-Z", "wave": "M6"}).asked == []
    own = "workshop,wave,date,used\nRISK MANAGEMENT,3 months after,2027-06-20,yes\n"
    assert read(own, "S2").asked == []


@pytest.mark.parametrize("day", ["1927-09-20", "2020-01-01", "2027-02-20"])
def test_answers_from_before_the_workshop_are_asked_about(day: str) -> None:
    text = f"date,used\n{day},yes\n2027-06-20,no\n"
    table = read(text, "S2")
    assert table.asked == ["before the workshop"]
    assert "1 response would be from before the workshop began" in table.found.questions[0].text
    assert read(text, "S2", {"before the workshop": "leave out"}).given("used") == ["no"]
    assert read(text, "S2", {"before the workshop": "keep"}).given("used") == ["yes", "no"]


@pytest.mark.parametrize("day", ["20 June 2027", "2027-06-20", "20/6/2027"])
def test_any_day_is_an_answer_for_answers_without_one(day: str) -> None:
    (one,) = read("used\nyes\n", "S2", {"answered on": day}).found.told
    assert one.at.isoformat() == "2027-06-20T05:00:00+00:00"


def test_a_day_to_come_or_of_two_readings_is_no_answer_for_those_without_one() -> None:
    assert "is a day to come." in str(
        read("used\nyes\n", "S2", {"answered on": "2031-06-20"}).reading.problems[0]
    )
    assert read("used\nyes\n", "S2", {"answered on": "5/6/2027"}).asked == ["answered on"]


def test_lines_of_own_words_stay() -> None:
    table = read('date,why\n2027-06-20,"one\ntwo"\n', "S2")
    assert table.given("why") == ["one\ntwo"]


def test_numbers_of_options_are_asked_about_one_by_one() -> None:
    text = "date,tools\n2027-06-20,1 2\n2027-06-21,2 3\n"
    assert read(text, "S2").asked == ["tools: 1", "tools: 2", "tools: 3"]
    meant = {"tools: 1": "form", "tools: 2": "map", "tools: 3": "Talk"}
    assert read(text, "S2", meant).given("tools") == ["form map", "map talk"]
    both = {"tools: both": "form map"}
    assert read("date,tools\n2027-06-20,both\n", "S2", both).given("tools") == ["form map"]


def test_a_day_as_spreadsheets_show_it_is_read() -> None:
    (one,) = read("date,used\n20-Jun-27,yes\n", "S2").found.told
    assert one.at.isoformat() == "2027-06-20T05:00:00+00:00"
    assert "is not a day" in str(read("date,used\nJun-27,yes\n", "S2").reading.problems[0])


def test_a_heading_that_is_an_option_is_offered_as_one() -> None:
    table = read("date,Form,conf\n2027-06-20,x,4\n", "S2")
    (question,) = table.found.questions
    assert question.choices[0].value == "tools/form"
    chosen = read("date,Form,conf\n2027-06-20,x,4\n", "S2", {question.key: "tools/form"})
    assert chosen.given("tools") == ["form"]
