"""Questionnaires written as YAML, and the items made from them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.authoring.burden import Trial
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire, packaged_text
from surveys.authoring.reading import check_questionnaire, read_questionnaire
from surveys.authoring.stored_form import dump, load
from surveys.interview.route import choices_of
from surveys.problems import BadInput
from surveys.questionnaire import NonAnswer, Questionnaire

HEAD = """\
spec: 1
key: T1
title: {en: A trial}
languages: [en]
choices:
  tools:
    - {name: map, label: Map}
    - {name: plan, label: Plan}
    - {name: list, label: List}
    - {name: none, label: None yet, exclusive: true}
    - {name: dont_know, label: I do not know, exclusive: true, non_answer: dont_know}
  yes_no:
    - {name: yes, label: Yes}
    - {name: no, label: No}
survey:
"""


def read(survey: str) -> Questionnaire:
    return read_questionnaire(HEAD + survey, "trial.yaml")


def asked(questionnaire: Questionnaire, **values: str) -> tuple[str, ...]:
    return Trial(questionnaire, values).asked


def test_a_plain_text_is_in_the_default_language() -> None:
    item = read("  - {type: text, name: why, label: Why, hint: {en: In words}}\n").items[0]
    assert item.label == {"en": "Why"}
    assert item.hint == {"en": "In words"}


def test_codes_that_yaml_would_take_for_something_else_stay_as_written() -> None:
    questionnaire = read("  - {type: select_one yes_no, name: used, label: Used}\n")
    assert [option.name for option in questionnaire.choices["yes_no"]] == ["yes", "no"]


def test_options_keep_what_makes_them_special_and_their_columns() -> None:
    text = HEAD.replace("label: Map}", "label: Map, kind: paper}")
    survey = (
        "  - {type: select_one tools, name: tool, label: Which, choice_filter: kind = 'paper'}"
    )
    questionnaire = read_questionnaire(text + survey, "trial.yaml")
    options = {option.name: option for option in questionnaire.choices["tools"]}
    assert options["map"].extra == {"kind": "paper"}
    assert options["plan"].extra == {"kind": ""}
    assert options["none"].exclusive
    assert options["dont_know"].non_answer is NonAnswer.DONT_KNOW


def test_a_list_that_is_not_in_the_file_comes_from_the_shared_lists() -> None:
    questionnaire = read("  - {type: select_one job, name: job, label: Same job}\n")
    assert [option.name for option in questionnaire.choices["job"]] == [
        "same",
        "moved",
        "left",
        "leave",
    ]


def test_a_group_is_dissolved_into_its_items() -> None:
    questionnaire = read(
        """
  - {type: select_one yes_no, name: used, label: Used}
  - type: group
    label: Only for those who used it
    relevant: ${used} = 'yes'
    items:
      - {type: calculate, name: now, calculation: today()}
      - {type: text, name: how, label: How}
      - type: group
        label: And the tool
        relevant: ${how} != ''
        items:
          - {type: select_one tools, name: tool, label: Which, relevant: "${how} != 'x'"}
          - {type: text, name: why, label: Why}
"""
    )
    by_name = questionnaire.by_name
    assert by_name["how"].heading == {"en": "Only for those who used it"}
    assert by_name["tool"].heading == {"en": "And the tool"}
    assert by_name["why"].heading == {}
    assert by_name["tool"].relevant == "(${used} = 'yes') and (${how} != '') and (${how} != 'x')"
    assert asked(questionnaire, used="no") == ("used",)
    assert asked(questionnaire, used="yes", how="often") == ("used", "how", "tool", "why")


LOOP = """
  - {type: select_multiple tools, name: tools, label: Which tools}
  - type: loop
    over: tools
    ticked: ${tools}
    max: 2
    items:
      - {type: select_one yes_no, name: liked, label: "%(label)s: was it good?"}
      - {type: text, name: why, label: "%(label)s: why?", relevant: "${liked} = 'yes'"}
"""


def test_a_loop_is_asked_once_for_each_ticked_option_up_to_its_maximum() -> None:
    questionnaire = read(LOOP)
    copy = questionnaire.by_name["liked_plan"]
    assert copy.label == {"en": "Plan: was it good?"}
    assert copy.loop == "plan"
    assert asked(questionnaire, tools="plan list") == ("tools", "liked_plan", "liked_list")
    assert asked(questionnaire, tools="map plan list") == ("tools", "liked_map", "liked_plan")


def test_rows_of_a_loop_refer_to_the_copy_for_the_same_option() -> None:
    questionnaire = read(LOOP)
    way = asked(questionnaire, tools="map plan", liked_map="no", liked_plan="yes")
    assert way == ("tools", "liked_map", "liked_plan", "why_plan")


def test_none_and_do_not_know_are_not_looped_over() -> None:
    names = read(LOOP).by_name
    assert "liked_none" not in names
    assert "liked_dont_know" not in names


def test_a_loop_without_ticks_asks_about_every_option() -> None:
    questionnaire = read(
        """
  - type: loop
    over: tools
    items:
      - {type: select_one yes_no, name: has, label: "%(label)s: is there one?"}
"""
    )
    assert asked(questionnaire) == ("has_map", "has_plan", "has_list")


def test_i10_other_adds_a_choice_before_the_last_ones_and_a_text_for_it() -> None:
    questionnaire = read("  - {type: select_multiple tools or_other, name: tools, label: Which}\n")
    codes = [option.name for option in questionnaire.options(questionnaire.by_name["tools"])]
    assert codes == ["map", "plan", "list", "other", "none", "dont_know"]
    assert asked(questionnaire, tools="map other") == ("tools", "tools_other")
    assert asked(questionnaire, tools="map") == ("tools",)


def test_other_in_the_list_of_the_author_is_kept() -> None:
    text = HEAD.replace("{name: list, label: List}", "{name: other, label: Something else}")
    survey = "  - {type: select_one tools or_other, name: tool, label: Which}\n"
    questionnaire = read_questionnaire(text + survey, "trial.yaml")
    labels = {o.name: o.label for o in questionnaire.choices["tools"]}
    assert labels["other"] == {"en": "Something else"}
    assert asked(questionnaire, tool="other") == ("tool", "tool_other")


def test_a_maximum_of_ticks_becomes_a_constraint_with_a_message() -> None:
    item = read(
        "  - {type: select_multiple tools, name: tools, label: Which, parameters: {max: 2}}\n"
    ).items[0]
    assert item.constraint == "count-selected(.) <= 2"
    assert item.constraint_message == {"en": "Please choose no more than 2."}


def test_the_stored_form_comes_back_as_it_went_and_is_always_the_same() -> None:
    for key in packaged_keys():
        questionnaire = packaged_questionnaire(key)
        text = dump(questionnaire)
        assert load(text) == questionnaire
        assert dump(load(text)) == text
        assert list(json.loads(text)) == sorted(json.loads(text))


def test_reading_refuses_with_all_errors_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        read(
            """
  - {type: interger, name: times, label: How often}
  - {type: text, name: why}
"""
        )
    assert len(refused.value.problems) == 2


def test_warnings_alone_do_not_stop_a_questionnaire() -> None:
    text = HEAD.replace("[en]", "[en, fr]") + "  - {type: text, name: why, label: Why}\n"
    questionnaire, problems = check_questionnaire(text, "trial.yaml")
    assert questionnaire is not None
    assert {problem.severity for problem in problems} == {"warning"}
    assert read_questionnaire(text, "trial.yaml") == questionnaire


def test_a_key_that_the_library_does_not_have_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        packaged_questionnaire("M99")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("key: T1\n  title: x\n", "line 2, column 8", "not YAML"),
        ("survey: [1, 2\n", "line 2, column 1", "not YAML"),
        ("- a\n- b\n", "line 1", "keys and values"),
        ("", "line 1", "keys and values"),
        ("key: T1\nkey: T2\n", "line 2, key", "already in line 1"),
        ("key: &a T1\ntitle: *a\n", "line 2", "not supported"),
        ("key: " + "[" * 500, "line 1", "nested too deeply"),
        ("key: T1\nsurvey: yes\n", "line 2, survey", "must be a list"),
        ("key: \x00\n", "", "not YAML"),
        ("spec: 9\nkey: T1\n", "line 1, spec", "spec 1"),
    ],
)
def test_files_of_the_wrong_form_are_refused_with_line_and_column(
    text: str, place: str, words: str
) -> None:
    questionnaire, problems = check_questionnaire(text, "trial.yaml")
    assert questionnaire is None
    assert any(p.place == place and words in p.message for p in problems), list(map(str, problems))


@settings(max_examples=60)
@given(data=st.data())
def test_no_damage_to_a_file_makes_the_reading_fail_otherwise(data: st.DataObject) -> None:
    """A piece is cut out, doubled or replaced by signs that mean something in YAML."""
    text = packaged_text("M6")
    start = data.draw(st.integers(0, len(text)))
    end = min(len(text), start + data.draw(st.integers(0, 60)))
    signs = data.draw(st.text(alphabet="\n -:{}[]'\"${}%()#&*!|>,.abc01é", max_size=12))
    damaged = text[:start] + signs + text[end:]
    questionnaire, problems = check_questionnaire(damaged, "M6.yaml")
    assert (questionnaire is None) == any(p.severity == "error" for p in problems)


def test_a_filter_may_use_a_column_that_only_some_choices_have() -> None:
    text = HEAD.replace("label: Map}", "label: Map, kind: paper}")
    survey = (
        "  - {type: select_one tools, name: tool, label: Which, choice_filter: kind = 'paper'}\n"
    )
    questionnaire = read_questionnaire(text + survey, "trial.yaml")
    trial = Trial(questionnaire)
    offered = choices_of(trial, {}, questionnaire.by_name["tool"])
    assert [choice.code for choice in offered] == ["map"]


def test_a_comma_in_a_label_without_quotes_does_not_become_a_column() -> None:
    text = (
        "spec: 1\nkey: X\ntitle: X\nchoices:\n  often:\n"
        "    - {name: yes, label: Yes, often}\n    - {name: no, label: No}\n"
        "survey:\n  - {type: select_one often, name: a, label: Do it}\n"
    )
    _, problems = check_questionnaire(text, "x.yaml")
    assert [(one.place, one.value) for one in problems] == [
        ("line 6, choices.often[1].often", "often")
    ]
