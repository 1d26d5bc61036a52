"""What saving an answer does to others: cleared, kept though in doubt, said; and bounds that are met."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.authoring.reading import read_questionnaire
from surveys.interview.answers import Interview
from surveys.interview.interview import Step, step
from surveys.interview.moves import Change, Fill, Move, Pick, Skip, Write
from surveys.interview.questions import current, question
from surveys.interview.saving import beyond_of
from surveys.questionnaire import Item, Option, Questionnaire
from surveys.wording import Words

NOW = datetime(2018, 6, 8, 10, 0, tzinfo=UTC)
DAYS = """
spec: 1
key: T
title: Test
choices:
  yes_no: [{name: yes, label: Yes}, {name: no, label: No}]
survey:
  - {type: date, name: day, label: "Which day?", constraint: ". >= RULE"}
  - {type: select_one yes_no, name: more, label: "More?"}
  - {type: text, name: what, label: "What?", relevant: "${more} = 'yes'"}
  - {type: integer, name: all, label: "How many?"}
  - {type: integer, name: some, label: "How many of these?", constraint: ". <= ${all}"}
"""
RULES = ("today()", "now() - 1", "date('2018-06-08')", "today() + 0")


def after(begun: Interview, *moves: Move) -> Step:
    done = Step(begun)
    for move in moves:
        done = step(done.interview, move)
    return done


def said(done: Step) -> str:
    return Words("en").remark(done.remark) if done.remark else ""


def days(rule: str = "today()") -> Interview:
    return Interview(read_questionnaire(DAYS.replace("RULE", rule), "test.yaml"), NOW)


@pytest.mark.parametrize("rule", RULES)
def test_a_later_day_takes_no_answer_away(rule: str) -> None:
    given = after(days(rule), Write("2018-06-08")).interview
    later = replace(given, now=NOW + timedelta(days=30))
    done = step(later, Pick("more", "no"))
    assert (done.cleared, done.remark) == ((), None)
    assert done.interview.values["day"] == "2018-06-08"
    assert current(done.interview) == "all"


def test_an_answer_sent_again_as_it_is_stored_is_not_judged_again() -> None:
    given = after(days(), Write("2018-06-08")).interview
    later = after(replace(given, now=NOW + timedelta(days=30)), Change("day")).interview
    again = step(later, Fill("day", ("2018-06-08",)))
    assert (again.saved, again.remark) == ((), None)
    assert current(again.interview) == "more"
    other = step(later, Fill("day", ("2018-06-07",)))
    assert said(other) == "We could not use that answer. Please check it and send it again."


def test_the_person_is_told_how_many_answers_were_removed() -> None:
    given = after(days(), Write("2018-06-08"), Pick("more", "yes"), Write("Training")).interview
    done = after(given, Change("more"), Pick("more", "no"))
    assert done.cleared == ("what",)
    assert said(done) == "Earlier answers that do not fit any more were removed: 1."
    assert after(given, Change("more"), Pick("more", "yes")).remark is None


def test_an_answer_that_another_one_puts_in_doubt_is_kept_and_named() -> None:
    given = after(
        days(), Write("2018-06-08"), Pick("more", "no"), Write("10"), Write("8")
    ).interview
    done = after(given, Change("all"), Write("5"))
    assert done.interview.values["some"] == "8"
    assert said(done) == "This may not fit your answer to question 4. Both are stored."
    assert after(done.interview, Change("all"), Write("4")).remark is None
    assert current(done.interview) is None


def doubling(**columns: str) -> Questionnaire:
    """Return a questionnaire as one published without the check: each row doubles the text."""
    first = Item(name="q0", type="text", label={"en": "Q"})
    rows = [
        Item(name=f"q{n}", type="calculate", calculation=f"concat(${{q{n - 1}}}, ${{q{n - 1}}})")
        for n in range(1, 32)
    ]
    row = {"name": "last", "type": "text", "label": {"en": "Last ${q13} ${q13}?"}}
    last = Item.model_validate(row | columns)
    options = tuple(Option(name=code, label={"en": code}) for code in ("a", "b"))
    items = (first, *rows, last)
    return Questionnaire(key="T", title={"en": "T"}, choices={"many": options}, items=items)


def test_doubled_texts_are_empty_beyond_the_bound_and_the_interview_goes_on() -> None:
    done = step(Interview(doubling(), NOW), Write("x"))
    assert beyond_of(done) == ("q14",)
    live = done.interview.route.live
    assert (len(live["q13"]), live["q14"], live["q31"]) == (8_192, "", "")
    asked = question(done.interview)
    assert asked is not None
    assert asked.text.endswith("…?")
    assert len(asked.text) < 10_000
    assert after(done.interview, Write("y")).completed


LONG = "concat(${q13}, ${q13}) = 'x'"


@pytest.mark.parametrize(
    "columns",
    [
        {"constraint": LONG},
        {"type": "select_one", "list_name": "many", "choice_filter": LONG},
    ],
)
def test_a_constraint_or_filter_beyond_the_bound_refuses_nothing(columns: dict[str, str]) -> None:
    begun = step(Interview(doubling(**columns), NOW), Write("x")).interview
    answer: Move = Pick("last", "b") if "list_name" in columns else Write("y")
    done = step(begun, answer)
    assert done.completed
    assert "last" in beyond_of(done)


def test_a_condition_beyond_the_bound_asks_nothing_and_loses_no_answer() -> None:
    begun = step(Interview(doubling(relevant=f"{LONG} or ${{q0}} != ''"), NOW), Write("x"))
    assert begun.completed
    assert "last" in beyond_of(begun)
    short = step(Interview(doubling(relevant="${q13} != ''"), NOW), Write("x")).interview
    stored = after(short, Write("kept")).interview
    changed = replace(stored, questionnaire=doubling(relevant=LONG))
    done = after(changed, Change("q0"), Write("z"))
    assert done.cleared == ()
    assert done.interview.values["last"] == "kept"


@settings(max_examples=60)
@given(st.lists(st.one_of(st.text(max_size=300), st.just("x" * 300)), max_size=6))
def test_no_answers_make_more_than_the_bound(texts: list[str]) -> None:
    now = Interview(doubling(), NOW)
    for text in texts:
        now = after(now, Change("q0"), Write(text)).interview
        assert all(len(value) <= 10_000 for value in now.route.live.values())
    assert step(now, Skip("last")) is not None
