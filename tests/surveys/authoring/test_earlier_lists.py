"""Items and codes looked up in earlier questionnaires are checked against these."""

import pytest

from surveys.authoring.earlier_lists import check_earlier
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.reading import read_questionnaire
from surveys.questionnaire import Questionnaire

FORM = """
spec: 1
key: M12
title: One year
survey:
  - {{type: calculate, name: before, calculation: "{look_up}"}}
  - {{type: text, name: why, label: "Why?", relevant: "${{before}} != ''"}}
"""


def packaged(key: str) -> Questionnaire | None:
    return packaged_questionnaire(key) if key in packaged_keys() else None


def told(look_up: str) -> list[tuple[str, str, str]]:
    questionnaire = read_questionnaire(FORM.format(look_up=look_up), "m12.yaml")
    problems = check_earlier(questionnaire, packaged)
    return [(one.value, one.message, one.fix) for one in problems]


@pytest.mark.parametrize("key", packaged_keys())
def test_the_packaged_ones_look_up_only_what_is_there(key: str) -> None:
    assert check_earlier(packaged_questionnaire(key), packaged) == ()


@pytest.mark.parametrize(
    ("look_up", "value", "message", "fix"),
    [
        ("pulldata('M6', 'sugestion')", "sugestion", "not an item of M6", "'suggestion'"),
        ("pulldata('M6', 'suggestion') = 'acepted'", "acepted", "a choice of sugg", "'accepted'"),
        ("selected(pulldata('END', 'changes'), 'nothing')", "nothing", "choice of changes", ""),
        ("if('Yes' = pulldata('PRE', 'attribution'), 1, 0)", "Yes", "never holds", "'yes'"),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest(
    look_up: str, value: str, message: str, fix: str
) -> None:
    ((found, said, way_out),) = told(look_up)
    assert (found, message in said, fix in way_out) == (value, True, True)


def test_what_is_there_or_not_known_is_passed_over() -> None:
    assert told("pulldata('M6', 'suggestion') = 'accepted'") == []
    assert told("pulldata('M6', 'answered_on') = ''") == []
    assert told("pulldata('OTHER', 'thing') = 'x'") == []
    assert told("pulldata('workshop', 'title')") == []
