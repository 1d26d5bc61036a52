"""More mistakes of authors, one form each: each is reported with its place and what to do."""

import pytest

from surveys.xlsform.reading import read_xlsform
from tests.surveys.xlsform.test_planted_mistakes import (
    CHOICES,
    IN_CONDITION,
    LANGUAGES,
    PLANTED,
    SETTINGS,
    added,
    changed,
    check,
    condition,
)

TYPE = "sheet 'survey', row 5, column 'type'"
NAME = "sheet 'survey', row 5, column 'name'"
LABEL = "sheet 'survey', row 5, column 'label'"
RULE = "sheet 'survey', row 5, column 'constraint'"
MAP = "sheet 'choices', row 5, column"
# What a chat cannot ask.
CANNOT_BE_ASKED = {
    "begin repeat | visit | Visits | | |": "rows 5 to 6 is a repeated section|How many?",
    "geopoint | where | Where? | | |": "asks for a location|place name as text",
    "geotrace | way | Way? | | |": "a line or an area|place name as text",
    "geoshape | area | Area? | | |": "a line or an area|place name as text",
    "audio | voice | Say? | | |": "asks for a recording|a description as text",
    "barcode | code | Scan? | | |": "asks for a barcode|the number as text",
    "select_one_external x | far | Far? | | |": "takes its choices from elsewhere|select_one",
    "select_one | best | Best? | | |": "not the right form|select_one name_of_a_list",
    "select_one yn again | best | Best? | | |": "not the right form|select_one name_of_a_list",
    "| why | Why? | | |": "This row has no type|such as text or note",
}
# What stands in a condition, and what is said of it.
CONDITIONS = {
    "selected(../topics, 'map')": "paths such as '../' are not supported. Write ${question_name}",
    "/data/used = 'yes'": "paths such as '../' are not supported. Write ${question_name}",
    "instance('yn')/root/item = 'x'": "paths such as '../' are not supported",
    "${used} != null": "'null' is not understood here. To ask whether an answer is missing",
    "${used} = TRUE": "'TRUE' is not understood here. Write true()",
    r"${used} = 'yes' \|\| ${times} > 1": "Write or",
    "!${used}": "'!' is not understood here. Write not(...)",
    "${times} <> 1": "'<>' is not understood. Write !=",
    "if(${times} > 1, 'a')": "if() takes 3 parts",
    "${times} > 1)": "has no ( before it. Remove it",
    "selected(${topics}, )": "something is missing before ')'",
    "indexed-repeat(${times}, ${used}, 1) > 1": "there is no function indexed-repeat()",
    ". > 1": "the answer itself, which is known in a constraint only|Write ${name}",
    "pulldata('workshop', 'colour') = 'x'": "not known of a workshop|title, city",
    "pulldata('people', 'name') = 'x'": "neither an earlier questionnaire|participant",
    "${used} = 1": "not a choice of list yn, so this comparison never holds|yes, no",
}
# Everything else: the form, where it is told, what is said, and the way out.
OTHERS = {
    "itself_in_constraint": (
        added("integer | n | How many? | | ${n} > 1 |"), RULE, "is this item itself|Write . for",
    ),
    "nested_pattern": (
        added("text | n | Code? | | regex(., '(a+)+b') |"), RULE, "repeats something that itself",
    ),
    "bad_pattern": (added("text | n | Code? | | regex(., '[a') |"), RULE, "cannot be read"),
    "constraint_on_note": (
        added("note | hello | Hello | | . > 1 |"), RULE, "has no effect|Put it on a question",
    ),
    "calculation_on_question": (
        added("text | why | Why? | | | 1 + 1"),
        "sheet 'survey', row 5, column 'calculation'",
        "answered by people|Add a row of type calculate",
    ),
    "name_missing": (
        added("text |  | Why? | | |"), "sheet 'survey', row 5", "has no name|such as job",
    ),
    "name_too_long": (
        added(f"text | {'n' * 65} | Why? | | |"), NAME, "too long a name|at most 64",
    ),
    "empty_group": (
        added("begin group | more | More | | |", "end group | | | | |"),
        "sheet 'survey', row 5",
        "This group has no items|Put items into it",
    ),
    "space_in_code": (
        changed("| map  | Map", "| my map | Map"), f"{MAP} 'name'", "no spaces|Write my_map",
    ),
    "choice_without_label": (
        changed("| map  | Map  ", "| map  |   "), f"{MAP} 'label'", "has no label|the button",
    ),
    "choice_too_long": (
        changed("| map  | Map  ", f"| map  | {'Map ' * 20}"), f"{MAP} 'label'", "82|shows 32",
    ),
    "choice_of_no_list": (
        changed("|         | topic     | map", "|         |           | map"),
        f"{MAP} 'list_name'",
        "belongs to no list|Write the name of its list",
    ),
    "unknown_name_quoted": (
        added("text | why | Why ${usde}? | | |"), LABEL, "not the name|Did you mean ${used}?",
    ),
    "later_name_quoted": (
        added("text | why | Why ${late}? | | |", "text | late | Late? | | |"),
        LABEL,
        "comes later|Move it before",
    ),
    "braces_left_over": (added("text | why | Why {used}? | | |"), LABEL, "not filled in|${name"),
    "label_too_long": (added(f"text | why | {'x' * 1_100} | | |"), LABEL, "1,100|at most 1,024"),
    "column_twice": (
        changed("| constraint |", "| label |"),
        "sheet 'survey', row 1, column 'label'",
        "stands twice, in C1 and E1|Keep one",
    ),
    "unknown_language": (
        changed("| where | Where?              | ที่ไหน          |", "| where | Where? | |", LANGUAGES)
        .replace("ไทย (th)", "Thaiish").replace("| ใช้ไหม          |", "| |")
        .replace("| ใช่             |", "| |").replace("| ไม่             |", "| |"),
        "sheet 'survey', row 1, column 'label::Thaiish'",
        "not a language|label::French (fr)",
    ),
    "default_language_missing": (
        changed("| Where?              |", "| |", LANGUAGES),
        "sheet 'survey', row 3, column 'label::English (en)'",
        "no text in en, the default language|Add it",
    ),
    "no_survey_sheet": (CHOICES + SETTINGS, "", "no sheet 'survey'|Put the questions on a sheet"),
    "nothing_asked": (
        f"| survey |\n| | type | name | label |\n{SETTINGS}", "sheet 'survey'", "asks nothing|Add",
    ),
}  # fmt: skip
ENDED = {"begin repeat | visit | Visits | | |": ("end repeat | | | | |",)}
TABLE = {
    **{
        row: (added(row, *ENDED.get(row, ())), TYPE, said) for row, said in CANNOT_BE_ASKED.items()
    },
    **{text: (condition(text), IN_CONDITION, said) for text, said in CONDITIONS.items()},
    **OTHERS,
}


def test_with_the_planted_ones_there_are_more_than_66_kinds() -> None:
    assert len(TABLE) + len(PLANTED) >= 66


@pytest.mark.parametrize("kind", TABLE)
def test_a_mistake_is_told_where_it_stands_with_a_way_out(kind: str) -> None:
    form, place, said = TABLE[kind]
    told = [problem for problem in check(form) if problem.place == place]
    assert len(told) == 1, [str(one) for one in check(form)]
    message, _, fix = said.partition("|")
    assert message in told[0].message, str(told[0])
    assert fix in told[0].fix, str(told[0])
    assert fix or "Write" in told[0].message or told[0].message.endswith(".")


@pytest.mark.parametrize("kind", TABLE)
def test_only_what_is_no_error_lets_a_form_pass(kind: str) -> None:
    questionnaire, problems = read_xlsform(TABLE[kind][0].encode(), "trial.md")
    assert (questionnaire is None) == any(one.severity == "error" for one in problems)
    assert (questionnaire is not None) == (kind in ("constraint_on_note", "choice_too_long"))
