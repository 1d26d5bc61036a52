"""Interviews without a messenger: what taps, ticks and typed texts do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.reading import read_questionnaire
from surveys.interview.answers import Answer, AnswerState, Interview
from surveys.interview.interview import Step, step
from surveys.interview.moves import Back, Change, Done, Keep, Move, Pick, Skip, Tick, Write
from surveys.interview.questions import current, progress, question
from surveys.interview.route import EarlierResponse, find_route
from surveys.items.base import Shape
from surveys.questionnaire import Item, Option, Questionnaire
from surveys.wording import Words

NUKUALOFA = timezone(timedelta(hours=13))
NOW = datetime(2018, 6, 8, 10, 0, tzinfo=NUKUALOFA)
HEAD = "spec: 1\nkey: T\ntitle: Test\n"
MIXED = (
    HEAD
    + """
choices:
  yes_no: [{name: yes, label: Yes}, {name: no, label: No}, {name: not_yet, label: Not yet}]
  gains:
    - {name: time, label: Saves time}
    - {name: money, label: Saves money}
    - {name: none, label: None of these, exclusive: true}
survey:
  - {type: select_one yes_no, name: use, label: "Do you use it?"}
  - {type: select_multiple gains, name: gains, label: "What is better?"}
  - {type: text, name: how, label: "How much time?", relevant: "selected(${gains}, 'time')"}
  - {type: integer, name: days, label: "How many days?", constraint: ". >= 0 and . <= 31",
     constraint_message: Please send a number from 0 to 31.}
"""
)
OTHER = (
    HEAD
    + """
choices:
  ways: [{name: email, label: E-mail}, {name: phone, label: Phone}]
survey:
  - {type: select_one ways or_other, name: way, label: "Which way?"}
  - {type: text, name: last, label: "Anything else?"}
"""
)
CASCADE = (
    HEAD
    + """
choices:
  countries: [{name: FJ, label: Fiji}, {name: VN, label: Viet Nam}]
  cities:
    - {name: suva, label: Suva, country: FJ}
    - {name: nadi, label: Nadi, country: FJ}
    - {name: hanoi, label: Hanoi, country: VN}
    - {name: hue, label: Hue, country: VN}
survey:
  - {type: select_one countries, name: country, label: "Which country?"}
  - {type: select_one cities, name: city, label: "Which city?", choice_filter: "country = ${country}"}
  - {type: text, name: last, label: "Anything else?"}
"""
)
TWO_CHOICES = (
    HEAD
    + """
choices:
  needs: [{name: a, label: Advice}, {name: b, label: Books}, {name: c, label: Courses}]
survey:
  - {type: select_one needs, name: first, label: "What first?"}
  - {type: select_one needs, name: second, label: "What second?", constraint: ". != ${first}",
     constraint_message: Please choose something else than before.}
"""
)


def interview(text: str) -> Interview:
    return Interview(read_questionnaire(text, "test.yaml"), NOW)


def after(begun: Interview, *moves: Move) -> Step:
    """The last step of some moves."""
    done = Step(begun)
    for move in moves:
        done = step(done.interview, move)
    return done


def said(done: Step) -> str:
    return Words("en").remark(done.remark) if done.remark else ""


def test_i01_the_same_tap_twice_is_one_answer() -> None:
    once = step(interview(MIXED), Pick("use", "yes"))
    twice = step(once.interview, Pick("use", "yes"))
    assert [answer.value for answer in once.saved] == ["yes"]
    assert twice == Step(once.interview)
    assert current(twice.interview) == "gains"


def test_i02_choosing_again_what_is_chosen_changes_nothing_and_goes_on() -> None:
    done = after(interview(MIXED), Pick("use", "yes"), Back("gains"), Pick("use", "yes"))
    assert (done.saved, done.cleared, done.remark) == ((), (), None)
    assert current(done.interview) == "gains"


def test_i06_an_unticked_option_stays_off_and_its_question_is_not_asked() -> None:
    ticks = [Tick("gains", "time", True), Tick("gains", "money", True)]
    done = after(
        interview(MIXED), Skip("use"), *ticks, Tick("gains", "time", False), Done("gains")
    )
    assert done.interview.values["gains"] == "money"
    assert current(done.interview) == "days"


def test_i06_a_change_of_ticks_takes_away_what_hung_on_them() -> None:
    asked = after(interview(MIXED), Skip("use"), Write("1"), Write("An hour a day"))
    assert asked.interview.values["how"] == "An hour a day"
    done = after(asked.interview, Change("gains"), Write("2"))
    assert done.cleared == ("how",)
    assert current(done.interview) == "days"


def test_i07_an_exclusive_option_clears_the_others_and_the_others_clear_it() -> None:
    begun = after(interview(MIXED), Skip("use"), Tick("gains", "time", True)).interview
    none = after(begun, Tick("gains", "none", True))
    assert none.interview.draft == "none"
    assert after(none.interview, Tick("gains", "money", True)).interview.draft == "money"
    assert after(none.interview, Done("gains")).interview.values["gains"] == "none"


def test_i07_done_with_nothing_ticked_is_asked_again_and_skipping_is_something_else() -> None:
    begun = after(interview(MIXED), Skip("use")).interview
    empty = step(begun, Done("gains"))
    assert said(empty) == "Please choose at least one, or tap Skip."
    assert "gains" not in empty.interview.answers
    skipped = step(begun, Skip("gains")).interview
    assert skipped.answers["gains"].state is AnswerState.SKIPPED
    assert "gains" not in skipped.values


def test_i10_the_text_of_other_goes_when_another_option_is_chosen() -> None:
    other = after(interview(OTHER), Pick("way", "other"), Write("Radio"))
    assert other.interview.values == {"way": "other", "way_other": "Radio"}
    done = after(other.interview, Back("last"), Back("way_other"), Pick("way", "email"))
    assert done.interview.values == {"way": "email"}
    assert done.cleared == ("way_other",)
    typed = after(other.interview, Change("way"), Write("e-mail"))
    assert typed.interview.values == {"way": "email"}


def test_i11_a_city_of_another_country_is_cleared_and_asked_again() -> None:
    there = after(interview(CASCADE), Pick("country", "FJ"), Pick("city", "suva"))
    done = after(there.interview, Back("last"), Back("city"), Pick("country", "VN"))
    assert done.cleared == ("city",)
    asked = question(done.interview)
    assert asked is not None
    assert (asked.item, [choice.code for choice in asked.choices]) == ("city", ["hanoi", "hue"])


def test_i11_a_button_of_the_old_list_is_not_an_answer() -> None:
    begun = step(interview(CASCADE), Pick("country", "VN")).interview
    stale = step(begun, Pick("city", "suva"))
    assert "city" not in stale.interview.answers


def test_i12_two_answers_can_be_exchanged_without_getting_stuck() -> None:
    chosen = after(interview(TWO_CHOICES), Pick("first", "a"), Pick("second", "b"))
    first = after(chosen.interview, Change("first"), Pick("first", "b"))
    assert first.cleared == ()
    assert said(first) == "This may not fit your answer to question 2. Both are stored."
    done = after(first.interview, Change("second"), Pick("second", "a"))
    assert done.interview.values == {"first": "b", "second": "a"}
    assert current(done.interview) is None


def test_i12_the_check_is_on_what_is_stored_now() -> None:
    refused = after(interview(TWO_CHOICES), Pick("first", "a"), Pick("second", "a"))
    assert said(refused) == "Please choose something else than before."
    assert refused.interview.values == {"first": "a"}


def test_i13_a_refused_value_leaves_the_stored_one_alone() -> None:
    given = after(interview(MIXED), Skip("use"), Skip("gains"), Write("12")).interview
    refused = after(given, Change("days"), Write("40"))
    assert said(refused) == "Please send a number from 0 to 31."
    assert refused.interview.values["days"] == "12"
    misread = after(given, Change("days"), Write("many"))
    assert misread.interview.values["days"] == "12"


def test_an_old_button_says_when_its_question_was_answered_in_local_time() -> None:
    late = datetime(2018, 6, 11, 22, 0, tzinfo=UTC)
    stored = {"use": Answer("use", "no", AnswerState.ANSWERED, "en", late)}
    done = step(replace(interview(MIXED), answers=stored), Pick("use", "yes"))
    assert said(done) == "You answered that question on 12 June."
    assert done.changeable == "use"
    assert done.interview.values == {"use": "no"}


def test_a_second_tap_on_back_does_not_go_back_twice_or_complain() -> None:
    third = after(interview(MIXED), Pick("use", "yes"), Skip("gains")).interview
    back = after(third, Back("days"), Back("days"))
    assert current(back.interview) == "gains"
    assert back.remark is None
    assert back.changeable is None


def test_back_at_the_first_question_stays_there() -> None:
    done = step(interview(MIXED), Back("use"))
    assert said(done) == "This is the first question."
    assert current(done.interview) == "use"


def test_keep_leaves_the_answer_and_goes_on() -> None:
    done = after(interview(MIXED), Pick("use", "yes"), Back("gains"), Keep("use"))
    assert done.interview.values == {"use": "yes"}
    assert (done.saved, current(done.interview)) == ((), "gains")


def test_keep_throws_away_ticks_that_were_not_confirmed() -> None:
    given = after(interview(MIXED), Skip("use"), Write("2")).interview
    done = after(given, Change("gains"), Tick("gains", "time", True), Keep("gains"))
    assert done.interview.values["gains"] == "money"
    assert done.interview.draft is None


def test_a_late_second_change_keeps_the_ticks_made_meanwhile() -> None:
    given = after(interview(MIXED), Skip("use"), Write("2")).interview
    done = after(given, Change("gains"), Tick("gains", "time", True), Change("gains"))
    assert done.interview.draft == "time money"


def test_a_skipped_question_can_be_skipped_again_without_a_trace() -> None:
    done = after(interview(MIXED), Skip("use"), Back("gains"), Skip("use"))
    assert done.saved == ()
    assert current(done.interview) == "gains"


def test_a_required_question_cannot_be_skipped_or_left_empty() -> None:
    text = (
        HEAD
        + """
choices:
  gains: [{name: time, label: Time}, {name: money, label: Money}]
survey:
  - {type: select_multiple gains, name: gains, label: "What?", required: true}
"""
    )
    begun = interview(text)
    assert said(step(begun, Skip("gains"))).startswith("Please answer this question")
    assert said(step(begun, Done("gains"))) == "Please choose at least one."


def test_typed_texts_fit_the_question_asked_and_say_how_they_were_read() -> None:
    begun = interview(MIXED)
    assert said(step(begun, Write(" YES. "))) == "Understood: Yes."
    assert said(step(begun, Write("Yes"))) == ""
    assert step(begun, Write("2")).interview.values == {"use": "no"}
    maybe = step(begun, Write("maybe"))
    assert said(maybe) == "Please choose one of the buttons, or type its number."
    assert maybe.interview == begun


def test_the_labels_of_the_other_buttons_can_be_typed_too() -> None:
    begun = after(interview(MIXED), Write("Skip")).interview
    assert begun.answers["use"].state is AnswerState.SKIPPED
    assert current(after(begun, Write("back")).interview) == "use"
    ticked = after(begun, Tick("gains", "time", True), Write("done")).interview
    assert ticked.values["gains"] == "time"


def test_a_typed_text_replaces_ticks_that_were_not_confirmed() -> None:
    done = after(interview(MIXED), Skip("use"), Tick("gains", "time", True), Write("2"))
    assert done.interview.values["gains"] == "money"
    assert done.interview.draft is None


def test_a_text_after_the_last_answer_changes_nothing() -> None:
    done = after(interview(MIXED), Skip("use"), Skip("gains"), Skip("days"), Write("thank you"))
    assert current(done.interview) is None
    assert (done.saved, done.remark) == ((), None)


def test_completion_is_told_once_and_stays_when_a_change_opens_new_questions() -> None:
    last = after(interview(MIXED), Skip("use"), Write("2"), Write("3"))
    assert last.completed
    opened = after(last.interview, Change("gains"), Write("1"))
    assert current(opened.interview) == "how"
    assert opened.interview.completed_at == NOW
    again = step(opened.interview, Write("Much"))
    assert current(again.interview) is None
    assert not again.completed


def test_moves_that_do_not_fit_the_kind_of_question_store_nothing() -> None:
    begun = interview(MIXED)
    strange: list[Move] = [
        Tick("use", "yes", True), Done("use"), Pick("use", "perhaps"), Pick("nowhere", "x"),
        Change("nowhere"), Change("how"), Pick("gains", "time"), Keep("days"), Skip("days"),
    ]  # fmt: skip
    for move in strange:
        done = step(begun, move)
        assert done.interview.answers == {}, move
        assert done.interview.draft is None, move
    assert after(begun, Skip("use"), Pick("gains", "time")).interview.values == {}


def test_a_note_is_read_with_one_tap_or_any_text() -> None:
    text = HEAD + "survey:\n  - {type: note, name: hello, label: Please read this.}\n"
    for move in (Done("hello"), Write("ok")):
        done = step(interview(text), move)
        assert done.interview.values == {"hello": "OK"}
        assert done.completed


NAMES = tuple(f"q{number}" for number in range(6))
CODES = ("a", "b", "c", "none")


@st.composite
def items(draw: st.DrawFn, number: int) -> Item:
    """An item that may depend on the ones before it."""
    name = NAMES[number]
    before = draw(st.sampled_from(NAMES[:number])) if number else ""
    kind = draw(st.sampled_from(("select_one", "select_multiple", "integer", "text", "note")))
    relevant = f"${{{before}}} != 'a'" if before and draw(st.booleans()) else ""
    constraint = f". != ${{{before}}}" if before and draw(st.booleans()) else ""
    listed = kind.startswith("select")
    chosen = f"not(selected(${{{before}}}, name))" if before and draw(st.booleans()) else ""
    return Item(
        name=name,
        type=kind,
        list_name="l" if listed else None,
        label={"en": f"Question {number} ${{{before}}}" if before else "First"},
        relevant=relevant,
        constraint=constraint,
        choice_filter=chosen if listed else "",
        required=draw(st.booleans()) and kind != "select_one",
    )


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    options = tuple(
        Option(name=code, label={"en": f"Label {code}"}, exclusive=code == "none")
        for code in CODES
    )
    many = tuple(draw(items(number)) for number in range(draw(st.integers(1, len(NAMES)))))
    return Questionnaire(key="T", title={"en": "T"}, choices={"l": options}, items=many)


NAMED = st.sampled_from(NAMES)
TAPS = st.one_of(
    st.builds(Pick, NAMED, st.sampled_from(CODES)),
    st.builds(Tick, NAMED, st.sampled_from(CODES), st.booleans()),
    *(st.builds(kind, NAMED) for kind in (Done, Skip, Keep, Back, Change)),
)
TEXTS = st.one_of(st.sampled_from(("1", "a", "label b", "1, 3", "skip", "-7", "")), st.text())
MOVES = st.one_of(TAPS, st.builds(Write, TEXTS))


@settings(max_examples=150)
@given(questionnaires(), st.lists(MOVES, max_size=25))
def test_no_moves_can_break_an_interview(instrument: Questionnaire, moves: list[Move]) -> None:
    now = Interview(instrument, NOW)
    completions = 0
    for move in moves:
        done = step(now, move)
        completions += done.completed
        now = done.interview
        assert set(now.answers) <= set(find_route(now).asked)
        assert not set(find_route(now).gone)
        assert progress(now)[0] <= progress(now)[1]
        assert not set(done.cleared) & {answer.item for answer in done.saved}
        question(now)
    assert completions <= 1


@settings(max_examples=150)
@given(questionnaires(), st.lists(MOVES, max_size=15), TAPS)
def test_any_tap_delivered_twice_is_one_tap(
    instrument: Questionnaire, moves: list[Move], tap: Move
) -> None:
    before = after(Interview(instrument, NOW), *moves).interview
    once = step(before, tap)
    twice = step(once.interview, tap)
    assert twice.interview == once.interview
    assert (twice.saved, twice.cleared, twice.completed) == ((), (), False)


def earlier_of(key: str, draw: st.DataObject) -> dict[str, EarlierResponse]:
    """Earlier waves of the same person, answered at random or not at all."""
    found = {}
    for wave in ("END", "M3", "M6"):
        if key in ("M3", "M6", "M12") and wave < key and draw.draw(st.booleans(), f"has {wave}"):
            told = walked(Interview(packaged_questionnaire(wave), NOW), draw)
            found[wave] = EarlierResponse(told.questionnaire, told.values, NOW.date())
    return found


def walked(now: Interview, draw: st.DataObject) -> Interview:
    """The interview after answering whatever is asked, once each."""
    for _ in now.questionnaire.items:
        asked = question(now)
        if asked is None:
            break
        assert asked.number <= asked.about
        assert "${" not in asked.text + asked.hint + asked.heading
        codes = [choice.code for choice in asked.choices]
        if asked.shape is Shape.PICK_ONE:
            move: Move = Pick(asked.item, draw.draw(st.sampled_from(codes)))
        elif asked.shape is Shape.PICK_MANY:
            code = draw.draw(st.sampled_from(codes))
            now = step(now, Tick(asked.item, code, True)).interview
            move = Done(asked.item)
        elif asked.shape is Shape.NOTE:
            move = Done(asked.item)
        else:
            move = Write("3")
        done = step(now, draw.draw(st.sampled_from((move, move, Skip(asked.item)))))
        assert done.saved, (asked.item, done.remark)
        assert progress(done.interview)[0] <= progress(done.interview)[1]
        now = done.interview
    return now


@pytest.mark.parametrize("key", packaged_keys())
@settings(max_examples=15)
@given(data=st.data())
def test_each_packaged_questionnaire_ends_whatever_is_answered(
    key: str, data: st.DataObject
) -> None:
    now = Interview(packaged_questionnaire(key), NOW, earlier=earlier_of(key, data))
    done = walked(now, data)
    assert current(done) is None
    assert done.completed_at == NOW
