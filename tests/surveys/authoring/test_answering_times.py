"""How long questions take, by how they are answered."""

import pytest

from surveys.authoring.answering_times import in_minutes, seconds_of
from surveys.authoring.reading import read_questionnaire

ASKED = """
spec: 1
key: TIMES
title: {en: Times}
languages: [en]
choices:
  ways:
    - {name: mail, label: Mail}
    - {name: phone, label: Phone}
survey:
  - {type: select_one ways, name: one, label: "Which?"}
  - {type: select_multiple ways or_other, name: several, label: "Which?"}
  - {type: range, name: scale, label: "How much?", parameters: {start: 1, end: 4}}
  - {type: integer, name: number, label: "How many?"}
  - {type: date, name: day, label: "When?"}
  - {type: text, name: title, label: "Title?", parameters: {max: 200}}
  - {type: text, name: example, label: "Example?"}
  - {type: text, name: story, label: "Story?", parameters: {max: 201}}
  - {type: acknowledge, name: read, label: Please read this.}
  - {type: calculate, name: worked_out, calculation: "1 + 1"}
"""
QUESTIONNAIRE = read_questionnaire(ASKED, "times.yaml")


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("one", 10),
        ("several", 15),
        ("several_other", 30),
        ("scale", 10),
        ("number", 15),
        ("day", 15),
        ("title", 30),
        ("example", 45),
        ("story", 45),
        ("read", 10),
        ("worked_out", 0),
    ],
)
def test_a_question_takes_as_long_as_its_way_of_answering(name: str, seconds: int) -> None:
    assert seconds_of(QUESTIONNAIRE, [name]) == seconds


def test_the_times_of_several_questions_are_added_and_printed_in_minutes() -> None:
    assert in_minutes(seconds_of(QUESTIONNAIRE, ["one", "example", "title"])) == "1:25"
    assert in_minutes(65) == "1:05"
