"""Ordinary follow-up forms of trainings: nearly every row can be asked in a chat.

The forms have the shape of published training follow-ups, in words of our own: grids of statements,
"choose all" with "other", 0 to 10, a text that depends on an answer, a code with a pattern.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from surveys.interview.interview import Done, Interview, Move, Question, Write, question, step
from surveys.items.base import Shape
from surveys.xlsform.reading import read_xlsform

NOW = datetime(2018, 6, 8, tzinfo=UTC)
LISTS = """
| choices |
| | list_name | name | label |
| | agree | 1 | Strongly disagree |
| | agree | 2 | Disagree |
| | agree | 3 | Neither |
| | agree | 4 | Agree |
| | agree | 5 | Strongly agree |
| | role  | officer | Officer |
| | role  | head | Head of a unit |
| | role  | trainer | Trainer |
| | use   | daily | Every day |
| | use   | weekly | Every week |
| | use   | never | Not yet |
| | way   | colleague | From a colleague |
| | way   | site | On a web site |
| | way   | chief | From my chief |
| | yn    | yes | Yes |
| | yn    | no | No |
"""
BEFORE = """
| survey |
| | type | name | label | hint | required | relevant | constraint | appearance | parameters |
| | start | start | | | | | | | |
| | note | hello | Thank you for coming. This takes five minutes. | | | | | | |
| | text | code | Your code | Such as AB1234 | yes | | regex(., '[A-Z]{2}[0-9]{4}') | | |
| | select_one role | role | What is your work? | | yes | | | | |
| | select_multiple way or_other | heard | How did you hear of the training? | | | | | | |
| | begin group | grid | How far do you agree? | | | | | table-list | |
| | select_one agree | g1 | I can find the data that I need. | | | | | | |
| | select_one agree | g2 | I can read a risk profile. | | | | | | |
| | select_one agree | g3 | I can explain it to others. | | | | | | |
| | end group | | | | | | | | |
| | range | sure | How sure are you, from 0 to 10? | | | | | | start=0 end=10 step=1 |
| | text | wish | What do you hope to learn? | | | | | multiline | |
"""
AFTER = """
| survey |
| | type | name | label | hint | required | relevant | constraint | appearance | parameters |
| | today | today | | | | | | | |
| | text | code | The code that you chose before | | yes | | regex(., '[A-Z]{2}[0-9]{4}') | | |
| | begin group | likert | The training | | | | | field-list | |
| | select_one agree | t1 | The pace was right. | | | | | likert | |
| | select_one agree | t2 | I could ask questions. | | | | | likert | |
| | select_one agree | t3 | The exercises were like my work. | | | | | likert | |
| | select_one agree | t4 | I would come again. | | | | | likert | |
| | end group | | | | | | | | |
| | range | recommend | Would you recommend it, from 0 to 10? | | | | | | start=0 end=10 step=1 |
| | text | why | What is the main reason? | | | ${recommend} < 7 | | | |
| | select_one yn | problem | Was anything in your way? | | | | | | |
| | text | which | What was it? | | | ${problem} = 'yes' | | | |
| | acknowledge | thanks | We keep your answers under your code. | | | | | | |
"""
LATER = """
| survey |
| | type | name | label | hint | required | relevant | constraint | appearance | parameters |
| | deviceid | device | | | | | | | |
| | text | code | The code that you chose before | | yes | | regex(., '[A-Z]{2}[0-9]{4}') | | |
| | select_one use | use | How often do you use what you learned? | | yes | | | | |
| | select_multiple way or_other | where | Where did you get help? | | | ${use} != 'never' | | | |
| | text | hinder | What is in the way? | | | ${use} = 'never' | | | |
| | integer | taught | How many colleagues did you teach? | | | | . >= 0 and . <= 500 | | |
| | date | last | When did you use it last? | | | ${use} != 'never' | . <= today() | | |
| | begin group | now | And today? | | | | | table-list | |
| | select_one agree | n1 | I work faster. | | | | | | |
| | select_one agree | n2 | My unit works differently. | | | | | | |
| | select_one agree | n3 | I have shown others. | | | | | | |
| | end group | | | | | | | | |
| | range | worth | Was it worth your time, from 0 to 10? | | | | | | start=0 end=10 step=1 |
| | text | story | One example, please. | | | | | | |
"""
FORMS = {"before": BEFORE, "after": AFTER, "later": LATER}
TYPED = {"code": "AB1234", "last": "2018-05-02"}
WALKS = (
    {"recommend": "3", "problem": "Yes", "use": "Every day", "heard": "Other", "where": "Other"},
    {"recommend": "9", "problem": "No", "use": "Not yet"},
)
NO_QUESTIONS = {"begin", "end", "start", "today", "deviceid", "type"}


def rows_of(form: str) -> set[str]:
    """The names of the rows of a form that ask or tell something."""
    cells = [[cell.strip() for cell in line.split("|")[2:]] for line in form.splitlines()[2:]]
    return {row[1] for row in cells if row[0].split()[0] not in NO_QUESTIONS}


def asked_in(form: str, name: str) -> set[str]:
    """The names of the rows that people are shown, over two different sets of answers."""
    questionnaire, problems = read_xlsform((form + LISTS).encode(), f"{name}.md")
    assert questionnaire is not None, [str(problem) for problem in problems]
    met = set()
    for given in WALKS:
        now = Interview(questionnaire, NOW, "en")
        while (shown := question(now)) is not None:
            met.add(shown.item)
            done = step(replace(now, now=now.now + timedelta(seconds=1)), answer_to(shown, given))
            assert question(done.interview) != shown, (shown.item, done.remark)
            now = done.interview
    return met


def answer_to(shown: Question, given: Mapping[str, str]) -> Move:
    if shown.shape is Shape.NOTE:
        return Done(shown.item)
    usual = "A few words" if shown.shape is Shape.TEXT else "1"
    return Write({**TYPED, **given}.get(shown.item, usual))


@pytest.mark.parametrize("name", FORMS)
def test_nine_of_ten_rows_of_a_training_form_are_asked(name: str) -> None:
    wanted, met = rows_of(FORMS[name]), asked_in(FORMS[name], name)
    asked = len(wanted & met)
    assert asked / len(wanted) >= 0.9, (asked, len(wanted), sorted(wanted - met))


def test_a_row_that_a_chat_cannot_ask_is_the_only_one_that_is_named() -> None:
    form = LATER + "| | geopoint | place | Where do you use it? | | | | | | |\n"
    questionnaire, problems = read_xlsform((form + LISTS).encode(), "later.md")
    assert questionnaire is None
    named = [problem for problem in problems if problem.severity == "error"]
    assert [problem.value for problem in named] == ["geopoint"]
    assert 1 - len(named) / len(rows_of(form)) >= 0.9
