"""The usual mistakes of authors, one form each: reported with their place and what to do."""

import pytest

from surveys.problems import Problem
from surveys.xlsform.reading import read_xlsform

SURVEY = """
| survey |
|        | type                 | name   | label        | relevant       | constraint | calculation |
|        | select_one yn        | used   | Used it?     |                |            |             |
|        | select_multiple topic | topics | Which ones? | ${used} = 'yes' |           |             |
|        | integer              | times  | How often?   |                | . >= 0     |             |
"""
CHOICES = """
| choices |
|         | list_name | name | label |
|         | yn        | yes  | Yes   |
|         | yn        | no   | No    |
|         | topic     | plan | Plan  |
|         | topic     | map  | Map   |
"""
SETTINGS = """
| settings |
|          | form_title | form_id |
|          | A trial    | trial   |
"""
SOUND = SURVEY + CHOICES + SETTINGS
LANGUAGES = """
| survey |
|        | type          | name  | label::English (en) | label::ไทย (th) |
|        | select_one yn | used  | Used it?            | ใช้ไหม          |
|        | text          | where | Where?              | ที่ไหน          |
| choices |
|         | list_name | name | label::English (en) | label::ไทย (th) |
|         | yn        | yes  | Yes                 | ใช่             |
|         | yn        | no   | No                  | ไม่             |
| settings |
|          | form_title | form_id | default_language |
|          | A trial    | trial   | English (en)     |
"""
FOURTH = "sheet 'survey', row 5"
"""Where an added row stands."""


def check(form: str) -> tuple[Problem, ...]:
    return read_xlsform(form.encode(), "trial.md")[1]


def added(*rows: str) -> str:
    """The sound form with rows after its last question."""
    return SURVEY + "".join(f"| | {row} |\n" for row in rows) + CHOICES + SETTINGS


def changed(old: str, new: str, form: str = SOUND) -> str:
    assert form.count(old) == 1
    return form.replace(old, new)


def condition(text: str) -> str:
    return added(f"text | why | Why? | {text} | |")


IN_CONDITION = f"{FOURTH}, column 'relevant'"
PLANTED = {
    # Refused by other tools too, with a row.
    "unknown_reference": (
        condition("${usde} = 'yes'"),
        IN_CONDITION,
        "${usde}",
        "not the name",
        "Did you mean ${used}?",
    ),
    "unclosed_reference": (
        condition("${used = 'yes'"),
        IN_CONDITION,
        "${used = 'yes'",
        "with both braces",
        "",
    ),
    "list_not_in_choices": (
        added("select_one topics | best | Best? | | |"),
        f"{FOURTH}, column 'type'",
        "topics",
        "not a list of choices",
        "Did you mean 'topic'?",
    ),
    "duplicate_question": (
        added("text | used | Again? | | |"),
        f"{FOURTH}, column 'name'",
        "used",
        "row 2",
        "own name",
    ),
    "bad_name": (
        added("text | my name | Why? | | |"),
        f"{FOURTH}, column 'name'",
        "my name",
        "cannot be a name",
        "letters, digits",
    ),
    "duplicate_choice": (
        changed("| map  | Map", "| plan | Map"),
        "sheet 'choices', row 5, column 'name'",
        "plan",
        "twice in list topic",
        "its own code",
    ),
    "unnamed_choice": (
        changed("| map  | Map", "|      | Map"),
        "sheet 'choices', row 5, column 'name'",
        "",
        "list topic has no code",
        "not_yet",
    ),
    "unclosed_group": (
        added("begin group | more | More | | |", "text | why | Why? | | |"),
        f"{FOURTH}, column 'type'",
        "",
        "not closed",
        "end group",
    ),
    "end_without_begin": (
        added("end group | | | | |"),
        f"{FOURTH}, column 'type'",
        "end group",
        "does not begin",
        "begin group",
    ),
    "calculate_without_calculation": (
        added("calculate | sum | | | |"),
        f"{FOURTH}, column 'calculation'",
        "",
        "sum has no calculation",
        "Add one",
    ),
    "renamed_question_still_referenced": (
        changed("| used   |", "| usage  |"),
        "sheet 'survey', row 3, column 'relevant'",
        "${used}",
        "not the name",
        "Did you mean ${usage}?",
    ),
    # Refused by other tools without a row.
    "unknown_type": (
        added("interger | n | How many? | | |"),
        f"{FOURTH}, column 'type'",
        "interger",
        "not a type",
        "Did you mean 'integer'?",
    ),
    "missing_label": (
        added("text | why | | | |"),
        f"{FOURTH}, column 'label'",
        "",
        "why has no label",
        "Add its question.",
    ),
    "misnamed_sheet": (
        changed("| choices |", "| choises |"),
        "sheet 'choises'",
        "choises",
        "nearly called choices",
        "Call this sheet choices.",
    ),
    # Repaired silently by other tools.
    "smart_quotes": (
        condition("${used} = ‘yes’"),
        IN_CONDITION,
        "${used} = ‘yes’",
        "curly quotes",
        "",
    ),
    # Accepted silently by other tools.
    "unterminated_quote": (condition("${used} = 'yes"), IN_CONDITION, "", "no partner", ""),
    "missing_parenthesis": (
        condition("selected(${topics}, 'map'"),
        IN_CONDITION,
        "",
        "not closed",
        "",
    ),
    "double_equals": (condition("${used} == 'yes'"), IN_CONDITION, "", "Write one = sign", ""),
    "double_ampersand": (
        condition("${used} = 'yes' && ${times} > 1"),
        IN_CONDITION,
        "",
        "Write and",
        "",
    ),
    "unknown_function": (
        condition("selectd(${topics}, 'map')"),
        IN_CONDITION,
        "",
        "Did you mean selected()?",
        "",
    ),
    "wrong_argument_count": (
        condition("selected(${topics})"),
        IN_CONDITION,
        "",
        "takes 2 parts",
        "",
    ),
    "bare_name": (condition("used = 'yes'"), IN_CONDITION, "", "write ${used}", ""),
    "value_not_in_list": (
        condition("${used} = 'Yes'"),
        IN_CONDITION,
        "Yes",
        "not a choice of list yn",
        "Did you mean 'yes'?",
    ),
    "forward_reference": (
        added("text | why | Why? | ${late} = 'x' | |", "text | late | Late? | | |"),
        IN_CONDITION,
        "${late}",
        "comes later",
        "Move it before",
    ),
    "circular_relevance": (
        added("text | a | A? | ${b} != '' | |", "text | b | B? | ${a} != '' | |"),
        IN_CONDITION,
        "",
        "a needs b needs a",
        "earlier items only",
    ),
    "misspelt_column": (
        changed("| relevant       |", "| relevent |"),
        "sheet 'survey', row 1, column 'relevent'",
        "relevent",
        "in row 3 is not used",
        "Did you mean 'relevant'?",
    ),
    "unknown_column": (
        changed("| calculation |", "| mood |"),
        "sheet 'survey', row 1, column 'mood'",
        "mood",
        "not a column",
        "Remove it",
    ),
    "wrong_default_language": (
        changed("| English (en)     |", "| Englisch |", LANGUAGES),
        "sheet 'settings', row 2, column 'default_language'",
        "Englisch",
        "not a language",
        "en, th",
    ),
    "one_missing_translation": (
        changed("| ที่ไหน          |", "| |", LANGUAGES),
        "sheet 'survey', row 3, column 'label::ไทย (th)'",
        "",
        "no text in th",
        "en is shown",
    ),
}


def test_the_sound_forms_have_no_problems() -> None:
    assert check(SOUND) == ()
    assert check(LANGUAGES) == ()


def test_all_29_kinds_are_planted() -> None:
    assert len(PLANTED) == 29


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_told_once_with_its_place_and_a_way_out(name: str) -> None:
    form, place, value, message, fix = PLANTED[name]
    problems = check(form)
    assert [problem.place for problem in problems] == [place], [str(one) for one in problems]
    problem = problems[0]
    assert value in problem.value
    assert message in problem.message
    assert fix in problem.fix
    assert "\n" not in str(problem)


WARNINGS = {"smart_quotes", "misspelt_column", "unknown_column", "one_missing_translation"}


@pytest.mark.parametrize("name", PLANTED)
def test_a_form_with_an_error_is_never_accepted_in_part(name: str) -> None:
    questionnaire, problems = read_xlsform(PLANTED[name][0].encode(), "trial.md")
    assert (questionnaire is not None) == (name in WARNINGS)
    assert {one.severity for one in problems} == {"warning" if name in WARNINGS else "error"}
