"""Questions that ask for a file: answered by a file alone, asked only where it is wished."""

from dataclasses import replace
from datetime import UTC, datetime

from surveys.authoring.reading import check_questionnaire, read_questionnaire
from surveys.interview.interview import (
    AnswerState,
    Back,
    Fill,
    Interview,
    Show,
    Skip,
    Write,
    current,
    progress,
    question,
    step,
)
from surveys.items.base import Shape
from surveys.items.file_shown import SEND, SHOWN

FORM = read_questionnaire(
    """
spec: 1
key: TRIAL
title: A trial
choices:
  yes_no: [{name: yes, label: Yes}, {name: no, label: No}]
survey:
  - {type: select_one yes_no, name: new, label: "Is there an order?"}
  - {type: file, name: order, label: "Can you show it?", relevant: "${new} = 'yes'", required: "yes"}
  - {type: text, name: more, label: "More?", relevant: "${order} = 'shown'"}
""",
    "test.yaml",
)
NOW = datetime(2018, 6, 8, 10, tzinfo=UTC)
ASKING = Interview(FORM, NOW, asks_files=True)


def at_the_file(interview: Interview = ASKING) -> Interview:
    return step(interview, Write("Yes")).interview


def test_a_file_is_an_answer_that_says_only_that_it_was_shown() -> None:
    there = at_the_file()
    asked = question(there)
    assert asked is not None
    assert (asked.shape, asked.required) == (Shape.FILE, False)
    done = step(there, Show("order"))
    (saved,) = done.saved
    assert (saved.item, saved.value, saved.state) == ("order", SHOWN, AnswerState.ANSWERED)
    assert current(done.interview) == "more"


def test_words_and_forms_are_no_file_and_the_question_stays() -> None:
    there = at_the_file()
    for move in (Write("shown"), Write("yes"), Fill("order", ("shown",)), Fill("order", ())):
        done = step(there, move)
        assert (done.saved, done.remark) == ((), SEND)
        assert current(done.interview) == "order"


def test_it_can_always_be_skipped() -> None:
    done = step(at_the_file(), Skip("order"))
    assert done.saved[0].state is AnswerState.SKIPPED
    assert done.completed


def test_a_file_answers_no_other_question() -> None:
    for shown in (Show(), Show("new"), Show("order")):
        done = step(ASKING, shown)
        assert (done.saved, current(done.interview)) == ((), "new")
    assert step(at_the_file(), Show("new")).saved == ()


def test_a_second_file_takes_the_place_of_the_first() -> None:
    shown = step(at_the_file(), Show()).interview
    back = step(shown, Back("more")).interview
    again = step(back, Show())
    assert (again.saved[0].value, again.replaced) == (SHOWN, ("order",))


def test_where_files_are_not_asked_for_the_question_is_not_on_the_way() -> None:
    silent = at_the_file(replace(ASKING, asks_files=False))
    assert progress(silent) == (1, 1)
    assert current(silent) is None


def test_what_was_shown_before_files_were_not_asked_for_any_more_stays() -> None:
    shown = replace(step(at_the_file(), Show()).interview, asks_files=False)
    assert shown.route.asked == ("new", "order", "more")
    assert shown.route.gone == ()


def test_an_author_hears_that_required_has_no_effect_on_a_file() -> None:
    form = """
spec: 1
key: TRIAL
title: A trial
survey:
  - {type: image, name: photo, label: Show it, required: "yes"}
"""
    found, problems = check_questionnaire(form, "test.yaml")
    assert found is not None
    (one,) = (one for one in problems if "required" in one.message)
    assert one.severity == "warning"
