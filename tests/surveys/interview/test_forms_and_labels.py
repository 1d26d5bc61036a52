"""Forms of one question, what a question shows before it is answered, and labels in texts."""

from datetime import UTC, datetime

import pytest

from surveys.authoring.reading import read_questionnaire
from surveys.interview.answers import Interview
from surveys.interview.forms import CHOOSE_ANY, CHOOSE_ONE, NOT_OFFERED
from surveys.interview.interview import PASSED_BY_FORM, step
from surveys.interview.moves import Fill, Move, Pick, Tick, Write
from surveys.interview.questions import Question, current, question

NOW = datetime(2018, 6, 8, 10, tzinfo=UTC)
TEXT = """
spec: 1
key: T
title: Test
choices:
  ways: [{name: email, label: E-mail}, {name: phone, label: Phone}]
  gains:
    - {name: time, label: Saves time}
    - {name: money, label: Saves money}
    - {name: none, label: None of these, exclusive: true}
survey:
  - {type: select_one ways, name: way, label: "Which way?"}
  - {type: calculate, name: said, calculation: "jr:choice-name(${way}, '${way}')"}
  - {type: calculate, name: listed, calculation: "jr:choice-name('phone', 'ways')"}
  - {type: calculate, name: unknown, calculation: "jr:choice-name('fax', 'ways')"}
  - {type: select_multiple gains, name: gains, label: "What is better?"}
  - {type: text, name: last, label: "Anything else?"}
"""


def begun(*moves: Move) -> Interview:
    now = Interview(read_questionnaire(TEXT, "test.yaml"), NOW)
    for move in moves:
        now = step(now, move).interview
    return now


def shown(now: Interview) -> Question:
    asked = question(now)
    assert asked is not None
    return asked


# Forms


def test_a_form_answers_its_question_and_goes_on() -> None:
    done = step(begun(), Fill("way", ("phone",)))
    assert [(answer.item, answer.value) for answer in done.saved] == [("way", "phone")]
    done = step(done.interview, Fill("gains", ("money", "time")))
    assert done.interview.values["gains"] == "time money"
    done = step(done.interview, Fill("last", ("Thanks",)))
    assert done.interview.values["last"] == "Thanks"
    assert done.completed


@pytest.mark.parametrize(
    ("before", "form", "remark"),
    [
        ((), Fill("way", ()), CHOOSE_ONE),
        ((), Fill("way", ("fax",)), NOT_OFFERED),
        ((), Fill("way", ("email", "phone")), NOT_OFFERED),
        ((Pick("way", "email"),), Fill("gains", ()), CHOOSE_ANY),
        ((), Fill("gains", ("time",)), PASSED_BY_FORM),
    ],
)
def test_a_form_that_does_not_fit_stores_nothing_and_says_why(
    before: tuple[Move, ...], form: Fill, remark: object
) -> None:
    now = begun(*before)
    done = step(now, form)
    assert (done.interview, done.saved, done.remark) == (now, (), remark)


def test_an_answer_that_stands_alone_is_not_stored_with_others() -> None:
    now = begun(Pick("way", "email"))
    done = step(now, Fill("gains", ("time", "none")))
    assert done.saved == ()
    assert done.remark is not None
    assert done.remark.values == {"choice": "None of these"}
    assert step(now, Fill("gains", ("none",))).interview.values["gains"] == "none"


# What a question shows


def test_a_question_shows_its_place_and_nothing_chosen_before_it_is_answered() -> None:
    first = shown(begun())
    assert (first.item, first.number, first.about) == ("way", 1, 3)
    assert (first.value, first.state, first.partly) == ("", None, False)
    assert shown(begun(Pick("way", "email"))).number == 2


def test_a_question_shows_the_ticks_so_far() -> None:
    now = begun(Pick("way", "email"), Tick("gains", "money", True), Tick("gains", "time", True))
    assert (shown(now).item, shown(now).value) == ("gains", "time money")


# Labels


def test_the_label_of_a_code_is_found_by_question_and_by_list_and_an_unknown_code_stays() -> None:
    live = begun(Pick("way", "email")).route.live
    assert (live["said"], live["listed"], live["unknown"]) == ("E-mail", "Phone", "fax")


@pytest.mark.parametrize("typed", ["e-mail", "  e-mail ", "1"])
def test_what_was_understood_is_told_where_it_reads_otherwise(typed: str) -> None:
    done = step(begun(), Write(typed))
    assert done.interview.values["way"] == "email"
    assert done.remark is not None
    assert done.remark.values == {"answer": "E-mail"}


def test_what_was_typed_as_it_is_written_needs_no_remark() -> None:
    done = step(begun(), Write(" E-mail "))
    assert (done.remark, current(done.interview)) == (None, "gains")
