"""Whole forms as authors send them, with their expected questionnaires."""

from pathlib import Path

import pytest

from surveys.authoring.burden import Trial
from surveys.interview.route import choices_of, find_route, refusal
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire
from surveys.xlsform.reading import read_xlsform

DATA = Path(__file__).parent / "data"


def read(name: str) -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    return read_xlsform((DATA / name).read_bytes(), name)


def accepted(name: str) -> Questionnaire:
    questionnaire, problems = read(name)
    assert problems == ()
    assert questionnaire is not None
    return questionnaire


def told(name: str) -> list[tuple[str, str]]:
    questionnaire, problems = read(name)
    assert questionnaire is None
    return [(problem.place, problem.value) for problem in problems]


FOLLOWUP = accepted("three_languages.xlsx")


def asked(questionnaire: Questionnaire, **values: str) -> list[str]:
    return list(find_route(Trial(questionnaire, values)).asked)


def refused(questionnaire: Questionnaire, name: str, value: str, **values: str) -> bool:
    trial = Trial(questionnaire, values)
    return bool(refusal(trial, find_route(trial), questionnaire.by_name[name], value))


def test_a_form_in_three_languages_is_read_whole() -> None:
    assert FOLLOWUP.key == "SAMPLE_FOLLOWUP"
    assert (FOLLOWUP.languages, FOLLOWUP.default_language) == (("en", "th", "km"), "en")
    assert FOLLOWUP.by_name["used"].heading["th"] == "การใช้ในงาน"
    assert FOLLOWUP.by_name["nps"].constraint_message["km"] == "០ ដល់ ១០"
    assert {name: len(options) for name, options in FOLLOWUP.choices.items()} == {
        "yn": 2,
        "tools": 4,
        "barrier": 3,
        "agree5": 6,
    }


def test_numbers_in_cells_are_codes_as_they_look() -> None:
    assert [option.name for option in FOLLOWUP.choices["agree5"]] == ["1", "2", "3", "4", "5", "0"]
    assert [one.extra.get("score") for one in FOLLOWUP.choices["agree5"]][:2] == ["1", "2"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"used": "no", "barrier": "time"}, "intro used barrier conf nps"),
        ({"used": "no", "barrier": "other"}, "intro used barrier barrier_text conf nps"),
        (
            {"used": "yes", "tools": "map talk", "times": "12"},
            "intro used tools times conf nps last_use",
        ),
        ({"used": "yes", "tools": "form", "times": "0"}, "intro used tools times conf nps"),
    ],
)
def test_the_way_through_it_follows_the_conditions(values: dict[str, str], expected: str) -> None:
    assert asked(FOLLOWUP, **values) == expected.split()


def test_what_the_bot_fills_is_not_asked_and_can_be_quoted_from_the_start() -> None:
    live = find_route(Trial(FOLLOWUP, {"used": "yes", "times": "12"})).live
    assert (live["ws"], live["heavy"], live["today"]) == ("sample workshop", "1", "2018-06-08")


def test_its_constraints_refuse_what_they_should() -> None:
    assert refused(FOLLOWUP, "nps", "11")
    assert refused(FOLLOWUP, "tools", "map none", used="yes")
    assert not refused(FOLLOWUP, "nps", "10")


def test_f11_a_formula_counts_as_its_result_and_other_sheets_are_ignored() -> None:
    form = accepted("other_and_filter.xlsx")
    assert form.by_name["bye"].label["en"] == "bye_label"
    assert form.choices["country"][0].label["en"] == "Fiji"


def test_f14_or_other_adds_a_choice_and_a_text_that_is_asked_only_then() -> None:
    form = accepted("other_and_filter.xlsx")
    before = asked(form, contact="mail")
    assert before == ["country", "city", "topics", "contact", "bye"]
    assert asked(form, contact="other", topics="plan other") == [
        *("country", "city", "topics", "topics_other", "contact", "contact_other", "bye")
    ]
    assert [option.name for option in form.options(form.by_name["topics"])][-1] == "other"


@pytest.mark.parametrize(
    ("country", "towns"), [("fj", ["679", "680"]), ("vn", ["24", "28"]), ("nz", ["4"])]
)
def test_i11_only_towns_of_the_chosen_country_are_offered(country: str, towns: list[str]) -> None:
    form = accepted("other_and_filter.xlsx")
    shown = choices_of(
        Trial(form, {"country": country}), {"country": country}, form.by_name["city"]
    )
    assert [choice.code for choice in shown] == towns


def test_a_comma_in_a_label_is_part_of_one_choice() -> None:
    labels = [
        one.label["en"] for one in accepted("other_and_filter.xlsx").choices["topic_or_other"]
    ]
    assert "Counting, and checking" in labels


def test_eight_mistakes_are_told_together_from_above_to_below() -> None:
    assert told("eight_mistakes.xlsx") == [
        ("sheet 'survey', row 1, column 'relevent'", "relevent"),
        ("sheet 'survey', row 3, column 'type'", "interger"),
        ("sheet 'survey', row 4, column 'relevant'", "No"),
        ("sheet 'survey', row 5, column 'relevant'", "used = 'yes'"),
        ("sheet 'survey', row 6, column 'type'", "topics"),
        ("sheet 'survey', row 7, column 'relevant'", "${bset}"),
        ("sheet 'survey', row 8, column 'name'", "times"),
        ("sheet 'choices', row 5, column 'name'", "on job"),
    ]


def test_the_corrected_form_is_accepted() -> None:
    form = accepted("eight_corrected.xlsx")
    assert len([item for item in form.items if item.type != "calculate"]) == 7


def test_what_a_chat_cannot_ask_is_refused_with_its_rows_and_a_way_out() -> None:
    assert told("repeat_and_location.xlsx") == [
        ("sheet 'survey', row 4, column 'type'", "session"),
        ("sheet 'survey', row 6, column 'type'", "geopoint"),
        ("sheet 'survey', row 9, column 'type'", "geotrace"),
    ]
    problems = read("repeat_and_location.xlsx")[1]
    assert "in rows 4 to 8 is a repeated section" in problems[0].message
    assert "three copies" in problems[0].fix
    assert "asks for a location" in problems[1].message
    assert all(problem.fix for problem in problems)


def test_a_markdown_table_is_a_form_too() -> None:
    form = accepted("plain_table.md")
    assert form.key == "MD_SAMPLE"
    assert list(form.by_name) == ["used", "ways", "hours", "sure", "mail"]
    assert form.by_name["sure"].parameters == {"start": "0", "end": "10", "step": "1"}
    assert form.choices["way"][2].label["en"] == "Online & radio"
    assert [refused(form, "hours", value, ways="w1") for value in ("60.5", "60.51", "0")] == [
        *(False, True, True)
    ]


def test_f12_an_old_workbook_with_headings_in_capitals_is_read() -> None:
    form = accepted("capitals.xls")
    assert list(form.by_name) == ["used", "times", "why"]
    assert asked(form, used="0") == ["used", "why"]
