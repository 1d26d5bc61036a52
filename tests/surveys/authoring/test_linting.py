"""Linting reports all mistakes at once, each with its line, its value and what to do."""

import pytest

from surveys.authoring.reading import check_questionnaire
from surveys.problems import Problem

HEAD = """\
spec: 1
key: T1
title: A trial
languages: [en]
choices:
  topic:
    - {name: plan, label: Plan}
    - {name: map, label: Map}
  yn:
    - {name: yes, label: Yes}
    - {name: no, label: No}
survey:
  - {type: select_one yn, name: used, label: Used}
  - {type: select_multiple topic, name: topics, label: Which}
"""
FIRST_ROW = HEAD.count("\n") + 1


def problems_of(survey: str, head: str = HEAD) -> tuple[Problem, ...]:
    return check_questionnaire(head + survey, "trial.yaml")[1]


def only(survey: str, head: str = HEAD) -> Problem:
    problems = problems_of(survey, head)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def test_a_sound_questionnaire_has_no_problems() -> None:
    assert problems_of("") == ()


@pytest.mark.parametrize(
    ("row", "column", "value", "words", "fix"),
    [
        ("type: interger, name: n, label: N", "type", "interger", "not a type", "'integer'"),
        ("type: select_one topics, name: n, label: N", "type", "topics", "not a list", "'topic'"),
        ("type: select_one, name: n, label: N", "type", "select_one", "form", "name_of_a_list"),
        ("type: text topic, name: n, label: N", "type", "text topic", "form", "Write text."),
        ("type: text, name: used, label: N", "name", "used", "already the name", "own name"),
        ("type: text, name: my name, label: N", "name", "my name", "cannot be a name", "letter"),
        (
            "type: text, name: n, label: N, relevent: '1'",
            "relevent",
            "relevent",
            "key",
            "relevant",
        ),
        ("type: text, name: n, label: N, required: maybe", "required", "maybe", "true", "true"),
        (
            "type: calculate, name: n, calculation: '1', constraint: . > 0",
            "constraint",
            "",
            "no constraint",
            "",
        ),
        (
            "type: text, name: n, label: N, calculation: 1 + 1",
            "calculation",
            "",
            "no calculation",
            "calculate",
        ),
        (
            "type: text, name: n, label: N, choice_filter: name = 'a'",
            "choice_filter",
            "",
            "no choices",
            "",
        ),
        (
            "type: range, name: n, label: N, parameters: {start: one}",
            "parameters",
            "one",
            "not a number for start",
            "",
        ),
        (
            "type: range, name: n, label: N, parameters: {start: 5, end: 1}",
            "parameters",
            "start=5 end=1 step=1",
            "not a scale",
            "below the end",
        ),
        (
            "type: select_multiple topic, name: n, label: N, parameters: {max: two}",
            "parameters",
            "two",
            "not a number",
            "",
        ),
        (
            "type: text, name: n, label: N, parameters: {maxi: 3}",
            "parameters",
            "maxi",
            "not a parameter",
            "'max'",
        ),
    ],
)
def test_each_mistake_is_named_with_its_line_its_value_and_a_way_out(
    row: str, column: str, value: str, words: str, fix: str
) -> None:
    problem = only(f"  - {{{row}}}\n")
    assert problem.severity == "error"
    assert problem.place == f"line {FIRST_ROW}, survey[3].{column}"
    assert problem.value == value
    assert words in problem.message
    assert fix in problem.fix


@pytest.mark.parametrize(
    ("relevant", "value", "words", "fix"),
    [
        ("${used} == 'yes'", "${used} == 'yes'", "character 9", ""),
        ("used = 'yes'", "used = 'yes'", "character 1: 'used' is not understood here", ""),
        ("(${used} = 'yes'", "(${used} = 'yes'", "not closed", ""),
        ("${usde} = 'yes'", "${usde}", "is not the name of an item", "Did you mean ${used}?"),
        ("${late} = 'x'", "${late}", "comes later", "Move it before"),
        ("${used} = 'Yes'", "Yes", "is not a choice of list yn", "Did you mean 'yes'?"),
        ("${used} != 'maybe'", "maybe", "is not a choice of list yn", "Known here: yes, no."),
        ("selected(${topics}, 'maps')", "maps", "of list topic", "Did you mean 'map'?"),
        (". = 'yes'", ". = 'yes'", "constraint only", "${name}"),
        ("pulldata('workshop', 'titel') = ''", "titel", "of a workshop", "'title'"),
        ("pulldata('worksop', 'title') = ''", "worksop", "earlier questionnaire", "'workshop'"),
    ],
)
def test_conditions_are_read_against_the_items_before_them(
    relevant: str, value: str, words: str, fix: str
) -> None:
    problem = only(
        f"""\
  - type: text
    name: n
    label: N
    relevant: "{relevant}"
  - {{type: text, name: late, label: Late}}
"""
    )
    assert problem.place == f"line {FIRST_ROW + 3}, survey[3].relevant"
    assert problem.value == value
    assert words in problem.message
    assert fix in problem.fix


@pytest.mark.parametrize("compared", ["${used} = ''", "${used} = 'no' or ${used} = 'yes'"])
def test_an_empty_text_and_known_codes_may_be_compared(compared: str) -> None:
    assert problems_of(f'  - {{type: text, name: n, label: N, relevant: "{compared}"}}\n') == ()


def test_f23_a_condition_on_codes_that_were_renamed_is_refused() -> None:
    head = HEAD.replace("{name: yes,", "{name: '1',").replace("{name: no,", "{name: '0',")
    problem = only("""  - {type: text, name: n, label: N, relevant: "${used} = 'yes'"}\n""", head)
    assert problem.value == "yes"
    assert "never holds" in problem.message


def test_f34_a_circle_of_conditions_is_named_once() -> None:
    problem = only(
        """\
  - {type: text, name: item1, label: A, relevant: "${item3} != ''"}
  - {type: text, name: item2, label: B, relevant: "${item1} != ''"}
  - {type: text, name: item3, label: C, relevant: "${item2} != ''"}
"""
    )
    assert problem.place == f"line {FIRST_ROW}, survey[3].relevant"
    assert "item1 needs item3 needs item2 needs item1" in problem.message


def test_a_calculation_that_needs_itself_is_a_circle_too() -> None:
    problem = only("  - {type: calculate, name: n, calculation: '${n} + 1'}\n")
    assert "n needs n" in problem.message


def test_a_mistake_in_the_condition_of_a_group_is_told_once_where_it_stands() -> None:
    problem = only(
        """\
  - type: group
    relevant: ${usde} = 'yes'
    items:
      - {type: text, name: a, label: A}
      - {type: text, name: b, label: B}
"""
    )
    assert problem.place == f"line {FIRST_ROW + 1}, survey[3].relevant"


@pytest.mark.parametrize(
    ("label", "left"),
    [
        ("Rate {workshop}", "{workshop}"),
        ("Rate {0.__class__}", "{0.__class__}"),
        ("Rate ${workshop}", "${workshop}"),
        ("Rate ${used", "${used"),
        ("Rate ${ used }", "${ used }"),
        ("Rate %(label)s", "%(label)s"),
        ("Rate ${later}", "${later}"),
    ],
)
def test_c07_labels_quote_earlier_items_and_nothing_else(label: str, left: str) -> None:
    problem = only(
        f"""\
  - {{type: text, name: n, label: "{label}"}}
  - {{type: text, name: later, label: Later}}
"""
    )
    assert problem.severity == "error"
    assert problem.value == left


def test_c07_known_quotes_and_lone_braces_are_fine() -> None:
    assert (
        problems_of('  - {type: text, name: n, label: "You said ${used} :-{ and { 5 % }"}\n') == ()
    )


def test_f04_choices_that_differ_by_an_apostrophe_or_a_stop_only_are_reported() -> None:
    told = "label: Plan}", 'label: "I don’t remember"}'
    problem = only("", HEAD.replace(*told).replace("label: Map}", "label: I don't remember.}"))
    assert (problem.severity, problem.value) == ("warning", "I don't remember.")
    assert "reads like the choice plan of list topic" in problem.message


def test_m11_spaces_in_a_code_are_refused_with_list_and_line() -> None:
    problem = only("", HEAD.replace("name: map,", "name: on job,"))
    assert problem.place == "line 8, choices.topic[2]"
    assert problem.value == "on job"
    assert "list topic" in problem.message
    assert problem.fix == "Write on_job."


def test_a_code_that_stands_twice_is_named_with_its_list() -> None:
    problem = only("", HEAD.replace("name: map,", "name: plan,"))
    assert problem.value == "plan"
    assert problem.message == "stands twice in list topic."


def test_an_unknown_kind_of_non_answer_is_refused() -> None:
    problem = only("", HEAD.replace("label: No}", "label: No, non_answer: dontknow}"))
    assert problem.fix == "Did you mean 'dont_know'?"


def test_items_that_are_asked_need_a_label_and_calculations_do_not() -> None:
    problem = only(
        """\
  - {type: calculate, name: a, calculation: 1 + 1}
  - {type: text, name: b}
"""
    )
    assert problem.message == "The item b has no label."


def test_a_label_of_more_than_1024_characters_is_refused() -> None:
    assert problems_of(f"  - {{type: text, name: n, label: {'x' * 1024}}}\n") == ()
    assert (
        "1,025 characters" in only(f"  - {{type: text, name: n, label: {'x' * 1025}}}\n").message
    )


def test_long_choices_and_long_lists_are_warned_about() -> None:
    assert problems_of("", HEAD.replace("label: Plan", f"label: {'x' * 29}")) == ()
    long = only("", HEAD.replace("label: Plan", f"label: {'x' * 30}"))
    assert (long.severity, "33 letters wide" in long.message) == ("warning", True)
    many = "".join(f"    - {{name: m{n}, label: M{n}}}\n" for n in range(19))
    crowd = only("", HEAD.replace("  yn:\n", many + "  yn:\n"))
    assert (crowd.severity, "21 choices" in crowd.message) == ("warning", True)


def test_more_than_five_minutes_on_one_way_are_warned_about() -> None:
    rows = "".join(f"  - {{type: text, name: t{n}, label: T}}\n" for n in range(6))
    assert problems_of(rows) == ()
    told = only(rows + "  - {type: integer, name: last, label: N}\n").message
    assert "One person may need 5:10 minutes for 9 questions" in told


def test_branches_that_exclude_each_other_are_not_counted_together() -> None:
    branch = """\
  - type: group
    relevant: ${{used}} = '{code}'
    items:
"""
    rows = "".join(
        branch.format(code=code)
        + "".join(f"      - {{type: text, name: {code}{n}, label: T}}\n" for n in range(5))
        for code in ("yes", "no")
    )
    assert problems_of(rows) == ()


def test_missing_translations_are_warnings_and_unknown_languages_errors() -> None:
    head = HEAD.replace("[en]", "[en, fr]").replace("A trial", "{en: A trial, fr: Un essai}")
    problems = problems_of("  - {type: text, name: n, label: {en: Why, th: ทำไม}}\n", head)
    told = {(p.severity, p.place.split(", ")[1]) for p in problems}
    assert ("error", "survey[3].label") in told
    assert ("warning", "survey[1].label") in told
    assert ("warning", "choices.yn[1]") in told


def test_the_default_language_must_be_one_of_the_languages() -> None:
    french = HEAD.replace("languages: [en]", "default_language: fr\nlanguages: [fr]")
    assert problems_of("", french) == ()
    problem = problems_of("", french.replace("[fr]", "[en]"))[0]
    assert (problem.severity, problem.value) == ("error", "fr")
    assert problem.place == "line 4, default_language"


def test_names_leave_room_for_the_codes_and_texts_that_are_added_to_them() -> None:
    row = f"  - {{type: select_one topic or_other, name: {'n' * 60}, label: N}}\n"
    assert only(row).fix == "Write at most 58 characters."
    assert problems_of(row.replace("n" * 60, "n" * 58)) == ()


def test_a_loop_needs_a_list_that_exists_and_no_loop_around_it() -> None:
    rows = """\
  - type: loop
    over: topik
    items:
      - {type: text, name: n, label: N}
"""
    assert only(rows).fix == "Did you mean 'topic'?"
    nested = """\
  - type: loop
    over: topic
    items:
      - type: loop
        over: yn
        items:
          - {type: text, name: n, label: N}
"""
    assert only(nested).message == "A loop cannot stand inside a loop."


def test_eight_mistakes_give_eight_problems() -> None:
    """One file with every usual slip: all are told together and nothing else is."""
    survey = """\
  - {type: interger, name: times, label: How often}
  - {type: text, name: a, label: A, relevant: "${used} = 'No'"}
  - {type: text, name: b, label: B, relevant: "used = 'yes'"}
  - {type: select_one topics, name: c, label: C}
  - {type: text, name: d, label: D, relevant: "${topcis} = 'plan'"}
  - {type: text, name: times, label: Again}
  - {type: text, name: e, label: E, relevent: "${used} = 'yes'"}
"""
    problems = problems_of(survey, HEAD.replace("name: map,", "name: on job,"))
    assert len(problems) == 8, [str(problem) for problem in problems]
    assert all(problem.place.startswith("line ") for problem in problems)
