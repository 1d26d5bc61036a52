"""Difficulties of real forms, each in a small one."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import xlrd  # type: ignore[import-untyped]

from surveys.authoring.burden import Trial
from surveys.interview.answers import Interview
from surveys.interview.interview import step
from surveys.interview.moves import Pick, Skip, Write
from surveys.interview.questions import current, question
from surveys.interview.route import choices_of
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire
from surveys.xlsform.reading import read_xlsform

Rows = Sequence[Sequence[object]]
DATA = Path(__file__).parent / "data"
NOW = datetime(2018, 6, 8, 10, tzinfo=UTC)
YN = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]


def workbook(**sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    with io.BytesIO() as file:
        book.save(file)
        return file.getvalue()


def as_xlsx(old: bytes) -> bytes:
    """An old workbook with the same cells in the newer kind of file."""
    book = xlrd.open_workbook(file_contents=old)
    return workbook(
        **{sheet.name: [sheet.row_values(row) for row in range(sheet.nrows)] for sheet in book}
    )


def read(**sheets: Rows) -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    return read_xlsform(workbook(**sheets), "form.xlsx")


def accepted(**sheets: Rows) -> Questionnaire:
    questionnaire, problems = read(**sheets)
    assert questionnaire is not None, [str(problem) for problem in problems]
    return questionnaire


def problems_of(**sheets: Rows) -> list[Problem]:
    return list(read(**sheets)[1])


def only(**sheets: Rows) -> Problem:
    problems = problems_of(**sheets)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def survey(*rows: Sequence[object], columns: str = "type name label relevant") -> Rows:
    return [columns.split(), *rows]


def test_m11_a_code_with_a_space_is_refused_with_sheet_and_row() -> None:
    problem = only(
        survey=survey(["select_multiple when", "when", "When?"]),
        choices=[
            ["list_name", "name", "label"],
            ["when", "on job", "On the job"],
            ["when", "on", "On"],
        ],
    )
    assert problem.place == "sheet 'choices', row 2, column 'name'"
    assert problem.fix == "Write on_job."


def test_m12_two_choices_with_one_code_are_refused_with_list_and_code() -> None:
    problem = only(
        survey=survey(["select_one yn", "used", "Used?"]),
        choices=[*YN, ["yn", "yes", "Yes, often"]],
    )
    assert (problem.value, problem.place) == ("yes", "sheet 'choices', row 4, column 'name'")
    assert "list yn" in problem.message
    assert "switch" not in str(problem)


def test_m13_two_spaces_in_a_type_are_one() -> None:
    form = accepted(
        survey=survey(["select_multiple yn  or_other", "topics", "Topics?"]), choices=YN
    )
    assert list(form.by_name) == ["topics", "topics_other"]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_f10_an_emoji_and_an_ellipsis_are_asked_as_written(mark: str) -> None:
    text = mark + "survey,,,\n,type,name,label\n,text,mood,How was it… 🙂?\n"
    questionnaire, problems = read_xlsform(text.encode(), "mood.csv")
    assert problems == ()
    assert questionnaire is not None
    assert questionnaire.by_name["mood"].label["en"] == "How was it… 🙂?"


def test_f11_a_formula_without_a_stored_result_is_told_and_not_read_as_empty() -> None:
    problems = problems_of(survey=survey(["text", "why", "=B2"]))
    assert problems[0].place == "sheet 'survey', row 2, column 'label'"
    assert "C2 holds a formula without a stored result" in problems[0].message


def test_f11_choices_that_are_earlier_answers_are_named_by_them_and_blank_ones_are_hidden() -> (
    None
):
    given = "name = 'p1' and ${name1} != '' or name = 'p2' and ${name2} != ''"
    form = accepted(
        survey=survey(
            ["text", "name1", "First name?", None],
            ["text", "name2", "Second name?", None],
            ["select_one people", "lead", "Who leads?", given],
            columns="type name label choice_filter",
        ),
        choices=[
            ["list_name", "name", "label"],
            ["people", "p1", "${name1}"],
            ["people", "p2", "${name2}"],
        ],
        changelog=[["when"], [43361]],
    )
    begun = Interview(form, NOW)
    for move in (Write("Mele"), Skip("name2")):
        begun = step(begun, move).interview
    shown = question(begun)
    assert shown is not None
    assert [(one.code, one.label) for one in shown.choices] == [("p1", "Mele")]


def test_f12_four_kinds_of_file_give_the_same_questionnaire() -> None:
    rows = [["TYPE", "Name", "LABEL"], ["integer", "days", "How many?"], ["text", "why", "Why?"]]
    csv = "survey,,,\n" + "".join(f",{','.join(row)}\n" for row in rows)
    table = "| survey |\n" + "".join(f"| | {' | '.join(row)} |\n" for row in rows)
    old = (DATA / "capitals.xls").read_bytes()
    forms = [
        read_xlsform(content, name, "T")[0]
        for content, name in (
            (workbook(survey=[list(row) for row in rows]), "form.xlsx"),
            (csv.encode(), "form.csv"),
            (table.encode(), "form.md"),
        )
    ]
    assert forms[0] is not None
    assert forms[0] == forms[1] == forms[2]
    new, _ = read_xlsform(as_xlsx(old), "capitals.xlsx")
    assert new is not None
    assert new == read_xlsform(old, "capitals.xls")[0]


def test_f12_headings_may_have_capitals_and_outer_spaces() -> None:
    form = accepted(
        survey=[["Type ", " NAME", "Label", "RELEVANCE"], ["text", "why", "Why?", None]],
        SETTINGS=[["Form_Title", "FORM_ID"], ["A title", "one"]],
    )
    assert (form.title["en"], form.key) == ("A title", "ONE")


def test_f13_two_columns_called_label_are_refused_with_both_cells() -> None:
    problem = only(
        survey=survey(["text", "why", "Why?", "Other"], columns="type name label label")
    )
    assert problem.place == "sheet 'survey', row 1, column 'label'"
    assert "C1 and D1" in problem.message


def test_f14_with_a_filter_the_other_choice_stays_open() -> None:
    form = accepted(
        survey=survey(
            ["select_one country", "country", "Where?", None],
            ["select_one city or_other", "city", "Town?", "country = ${country}"],
            columns="type name label choice_filter",
        ),
        choices=[
            ["list_name", "name", "label", "country"],
            ["country", "fj", "Fiji", None],
            ["city", "suva", "Suva", "fj"],
            ["city", "hue", "Hue", "vn"],
        ],
    )
    trial = Trial(form, {"country": "fj"})
    shown = choices_of(trial, {"country": "fj"}, form.by_name["city"])
    assert [choice.code for choice in shown] == ["suva", "other"]


def test_f15_each_cell_with_curly_quotes_is_named_and_still_works() -> None:
    questionnaire, problems = read(
        survey=survey(
            ["select_one yn", "used", "\nUsed?", None, "yes"],
            ["text", "why", "Why?", "${used} = ’no’", "${used} = ’no’"],
            ["text", "how", "How?", '${used}=“yes"', None],
            columns="type name label relevant required",
        ),
        choices=YN,
    )
    assert questionnaire is not None
    assert {(one.severity, one.place) for one in problems} == {
        ("warning", "sheet 'survey', row 3, column 'relevant'"),
        ("warning", "sheet 'survey', row 3, column 'required'"),
        ("warning", "sheet 'survey', row 4, column 'relevant'"),
    }
    assert questionnaire.by_name["why"].relevant == "${used} = 'no'"
    assert questionnaire.by_name["used"].label["en"] == "Used?"


def test_f15_years_as_numbers_equal_their_text_and_the_main_language_need_not_be_english() -> None:
    form = accepted(
        survey=[
            ["type", "name ", "label::Swahili (sw)", "relevant"],
            ["select_one years", "year", "Mwaka?", None],
            ["text", "why", "Kwa nini?", "${year} = '2022'"],
            ["text", "when", "Lini?", "${year} = 2021"],
        ],
        choices=[
            ["list_name", "name", "label::Swahili (sw)"],
            ["years", 2021, 2021],
            ["years", 2022, 2022.0],
        ],
        settings=[["form_id", "version", "default_language"], ["f", 43361, "Swahili (sw)"]],
    )
    assert [(one.name, one.label["sw"]) for one in form.choices["years"]] == [
        ("2021", "2021"),
        ("2022", "2022"),
    ]
    begun = Interview(form, NOW, "en")
    shown = question(begun)
    assert shown is not None
    assert (shown.text, shown.partly) == ("Mwaka?", True)
    for year, then in (("2021", "when"), ("2022", "why")):
        assert current(step(begun, Pick("year", year)).interview) == then


def test_f16_many_declared_rows_and_gaps_make_no_empty_questions() -> None:
    gap: list[list[object]] = [[None, None, None]] * 900
    form = accepted(survey=survey(["text", "a", "A?"], *gap, ["text", "b", "B?"]))
    assert list(form.by_name) == ["a", "b"]
    problem = only(survey=survey(["text", "a", "A?"], *gap, ["audio", "b", "B?"]))
    assert problem.place == "sheet 'survey', row 903, column 'type'"


def test_f17_older_headings_and_types_are_understood() -> None:
    form = accepted(
        survey=survey(
            ["select one from yn or specify other", "used", "Used?", None, None],
            ["integer", "age", "Age?", "${used} = 'no'", ". > 27"],
            columns="type name label bind:relevant bind:constraint",
        ),
        choices=[YN[0], [None] * 3, YN[1], [None] * 3, YN[2]],
    )
    assert form.by_name["age"].relevant == "${used} = 'no'"
    assert form.by_name["age"].constraint == ". > 27"
    assert list(form.by_name) == ["used", "used_other", "age"]


def test_f17_the_practice_form_runs_to_its_end_and_refuses_27() -> None:
    heads = "type name label bind:relevant bind:constraint"
    rows: Rows = [
        ["text", "q1", "1. Name?", None, None],
        ["integer", "q3", "3. How old?", None, ". < 27"],
        ["select one from yn or specify other", "q5", "5. Trained?", None, None],
        ["text", "q6", "6. Why not?", "${q5} = 'no'", None],
        ["date", "q9", "9. When?", None, None],
    ]
    form = accepted(survey=survey(*rows, columns=heads), choices=YN)
    begun = step(Interview(form, NOW), Write("Ada")).interview
    refused = step(begun, Write("27"))
    assert refused.remark is not None
    assert current(refused.interview) == "q3"
    ready = step(begun, Write("26")).interview
    assert current(step(ready, Pick("q5", "yes")).interview) == "q9"
    for move in (Pick("q5", "no"), Write("No time"), Write("2018-02-09")):
        ready = step(ready, move).interview
    assert current(ready) is None
    asked_too = [
        ["audio", "q7", "7. A recording", None, None],
        ["gps", "q8", "8. Where?", None, None],
    ]
    told = problems_of(survey=survey(*rows, *asked_too, columns=heads), choices=YN)
    assert [(one.place, one.value) for one in told] == [
        ("sheet 'survey', row 7, column 'type'", "audio"),
        ("sheet 'survey', row 8, column 'type'", "gps"),
    ]
    assert all("Remove" in one.fix for one in told)


def test_f18_the_number_zero_is_a_code_and_labels_lose_outer_spaces() -> None:
    form = accepted(
        survey=[
            ["type", "name", "label::English (en)", "label::Arabic"],
            ["select_one yn", "a", "A", "أ"],
        ],
        choices=[
            ["list_name", "name", "label::English (en)", "label::Arabic"],
            ["yn", 1, "Yes", "نعم "],
            ["yn", 0, "No", "لا"],
        ],
    )
    assert form.languages == ("en", "ar")
    assert [option.name for option in form.choices["yn"]] == ["1", "0"]
    assert form.choices["yn"][0].label["ar"] == "نعم"


def test_f19_a_missing_translation_is_a_warning_and_a_missing_default_an_error() -> None:
    heads = ["label::English (en)", "label::Swahili (sw)"]

    def form(english: str | None, swahili: str | None) -> dict[str, Rows]:
        return {
            "survey": [["type", "name", *heads], ["text", "a.b", english, swahili]],
            "settings": [["form_id", "default_language"], ["f", "Swahili (sw)"]],
        }

    warning = only(**form(None, "Kwa nini?"))
    assert (warning.severity, warning.place) == (
        "warning",
        "sheet 'survey', row 2, column 'label::English (en)'",
    )
    error = only(**form("Why?", None))
    assert (error.severity, error.place) == (
        "error",
        "sheet 'survey', row 2, column 'label::Swahili (sw)'",
    )


def test_f19_repeats_in_repeats_are_refused_each_with_its_rows() -> None:
    told = problems_of(
        survey=survey(
            ["begin repeat", "child", "Child"],
            ["begin repeat", "toy", "Toy"],
            ["text", "what", "What?"],
            ["end repeat", None, None],
            ["end repeat", None, None],
        )
    )
    assert [(one.place, one.value) for one in told] == [
        ("sheet 'survey', row 2, column 'type'", "child"),
        ("sheet 'survey', row 3, column 'type'", "toy"),
    ]


def test_f20_one_code_under_two_parents_is_refused_with_the_reason() -> None:
    problem = only(
        survey=survey(["select_one county", "county", "County?"]),
        choices=[
            ["list_name", "name", "label", "state"],
            ["county", "king", "King", "texas"],
            ["county", "king", "King", "washington"],
        ],
    )
    assert problem.value == "king"
    assert "filter does not tell" in problem.fix


def test_f22_and_f37_codes_that_stand_twice_are_refused_by_name_and_minus_99_is_a_code() -> None:
    lists = [
        YN[0],
        ["school", "-99", "No response"],
        ["school", "none", "None"],
        ["school", "-99", "?"],
    ]
    assert only(survey=survey(["select_one school", "s", "S?"]), choices=lists).value == "-99"
    form = accepted(survey=survey(["select_one school", "s", "S?"]), choices=lists[:3])
    assert form.choices["school"][0].non_answer is None


def test_f37_an_answer_that_is_none_is_marked_in_a_column() -> None:
    form = accepted(
        survey=survey(["select_multiple yn", "s", "S?"]),
        choices=[
            ["list_name", "name", "label", "exclusive", "non_answer"],
            ["yn", "yes", "Yes", None, None],
            ["yn", "-99", "No response", "yes", "declined"],
        ],
    )
    last = form.choices["yn"][1]
    assert (last.exclusive, last.non_answer) == (True, "declined")


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("<b>Online</b> & radio", "Online & radio"),
        ('<span style="color:red">Red</span> list', "Red list"),
        ("# Part 1", "Part 1"),
        ("**Very** _often_", "Very often"),
        ("one<br/>two", "one\ntwo"),
        ("a < b and c > d", "a < b and c > d"),
        ("under <5 years, R&amp;D", "under <5 years, R&D"),
        ("2 * 3 * 4 and my_own_name", "2 * 3 * 4 and my_own_name"),
        ("[the rules](https://example.org/a)", "the rules (https://example.org/a)"),
    ],
)
def test_f38_markup_becomes_plain_text(label: str, shown: str) -> None:
    assert accepted(survey=survey(["text", "a", label])).by_name["a"].label["en"] == shown


def test_f38_an_end_row_may_have_a_name_and_the_sheet_survey_is_used() -> None:
    form = accepted(
        examples=[["type", "name"], ["geopoint", "x"]],
        survey=survey(
            ["begin group", "g", "Group"], ["text", "a", "A?"], ["end group", "g", None]
        ),
    )
    assert form.by_name["a"].heading == {"en": "Group"}


def test_metadata_rows_are_left_out_with_a_warning() -> None:
    problem = only(survey=survey(["deviceid", "id", None], ["text", "a", "A?"]))
    assert (problem.severity, problem.value) == ("warning", "deviceid")


def test_grids_are_asked_one_by_one_with_a_warning() -> None:
    problem = only(
        survey=survey(
            ["begin_group", "g", "How sure?", "field-list"],
            ["text", "a", "A?", "multiline"],
            ["end_group", None, None, None],
            columns="type name label appearance",
        )
    )
    assert (problem.severity, "one by one" in problem.message) == ("warning", True)


@pytest.mark.parametrize(
    "kind",
    [
        *"geopoint gps geoshape audio video barcode time dateTime".split(),
        *("rank yn", "select_one_external yn", "select_one_from_file a.csv", "select_one ${a}"),
    ],
)
def test_types_that_a_chat_cannot_ask_are_refused_with_a_way_out(kind: str) -> None:
    problem = only(survey=survey(["text", "a", "A?"], [kind, "b", "B?"]))
    assert problem.place == "sheet 'survey', row 3, column 'type'"
    assert problem.severity == "error"
    assert problem.fix


@pytest.mark.parametrize(
    ("written", "kind"),
    [("image", "image"), ("photo", "image"), ("file", "file"), ("add file prompt", "file")],
)
def test_pictures_and_files_can_be_asked_for(written: str, kind: str) -> None:
    form = accepted(survey=survey(["text", "a", "A?"], [written, "b", "Can you show it?"]))
    assert form.by_name["b"].type == kind


def test_a_path_is_refused_with_what_to_write() -> None:
    problem = only(
        survey=survey(
            ["select_multiple yn or_other", "f", "F?"],
            ["text", "w", "W?", "selected(../f, 'other')"],
        ),
        choices=YN,
    )
    assert problem.place == "sheet 'survey', row 3, column 'relevant'"
    assert "Write ${question_name}" in problem.message


def test_a_range_without_parameters_goes_from_one_to_ten_as_in_other_tools() -> None:
    form = accepted(survey=survey(["range", "sure", "How sure?"]))
    assert form.by_name["sure"].parameters == {"start": "1", "end": "10", "step": "1"}


def test_pictures_and_defaults_are_told_and_not_lost_silently() -> None:
    problems = problems_of(
        survey=survey(
            ["text", "a", "A?", "map.png", "home"], columns="type name label media::image default"
        )
    )
    assert [(one.severity, one.value) for one in problems] == [
        ("warning", "media::image"),
        ("warning", "home"),
    ]


def test_a_cell_without_a_heading_and_a_row_without_a_type_are_told() -> None:
    rows: Rows = [["type", "name", "label"], ["text", "a", "A?", "lost"], [None, "b", "B?"]]
    assert [one.place for one in problems_of(survey=rows)] == [
        "sheet 'survey', row 2",
        "sheet 'survey', row 3, column 'type'",
    ]


def test_a_form_that_only_other_tools_refuse_is_refused_with_its_row() -> None:
    problem = only(survey=survey(["text", "a", "A?"], ["text", "meta", "B?"]))
    assert "Other tools refuse this form" in problem.message
    assert problem.place == "sheet 'survey', row 3"


@pytest.mark.parametrize(
    ("heading", "stated", "languages"),
    [
        ("label", None, ("en",)),
        ("label", "French (fr)", ("fr",)),
        ("label::Français (fr)", None, ("fr",)),
        ("label::Vietnamese", None, ("vi",)),
        ("label:ไทย", None, ("th",)),
        ("label::default", None, ("en",)),
    ],
)
def test_languages_are_known_by_code_or_name(
    heading: str, stated: str | None, languages: tuple[str, ...]
) -> None:
    form = accepted(
        survey=[["type", "name", heading], ["text", "a", "A?"]],
        settings=[["form_id", "default_language"], ["f", stated]],
    )
    assert form.languages == languages
    assert form.default_language == languages[0]


def test_a_language_that_is_not_known_is_refused_with_an_example() -> None:
    problem = only(
        survey=[["type", "name", "label", "label::Klingonese"], ["text", "a", "A?", "x"]]
    )
    assert "label::French (fr)" in problem.fix


@pytest.mark.parametrize(
    ("form_id", "key"),
    [("sample followup", "SAMPLE_FOLLOWUP"), ("2018-x", "FORM_2018-X"), (None, "FORM")],
)
def test_the_key_is_the_form_id_in_capitals(form_id: str | None, key: str) -> None:
    rows: Rows = [["form_title", "form_id", "minutes"], ["Title", form_id, 7]]
    form = accepted(survey=survey(["text", "a", "A?"]), settings=rows)
    assert (form.key, form.minutes) == (key, 7)


def test_the_caller_may_give_the_key() -> None:
    content = workbook(survey=survey(["text", "a", "A?"]))
    questionnaire, _ = read_xlsform(content, "form.xlsx", "M6")
    assert questionnaire is not None
    assert questionnaire.key == "M6"


def test_c07_braces_that_nothing_fills_are_refused_where_they_stand() -> None:
    problem = only(survey=survey(["text", "a", "Rate {workshop}"]))
    assert problem.place == "sheet 'survey', row 2, column 'label'"
    lists = [*YN[:2], ["yn", "no", "{0.__class__}"]]
    problem = only(survey=survey(["select_one yn", "a", "A?"]), choices=lists)
    assert problem.place == "sheet 'choices', row 3, column 'label'"


def test_a_list_without_a_sheet_of_choices_is_told_with_a_way_out() -> None:
    problem = only(survey=survey(["select_one yn", "a", "A?"]))
    assert problem.fix == "Add the list to the choices."
