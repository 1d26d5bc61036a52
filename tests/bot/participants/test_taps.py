"""Buttons: tapped twice, too late, together, on old messages, or made up."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messaging.messages import Tapped
from bot.messaging.tokens import MOST_BYTES, Action, read_token, token
from storage.schema import answers, cases
from tests.bot.stage import KASHIWA, Person, Stage

GAINS = """
spec: 1
key: M6
title: Six months after the workshop
choices:
  yes_no: [{name: yes, label: Yes}, {name: no, label: No}]
  gains: [{name: a, label: Time}, {name: b, label: Money}, {name: c, label: Staff}]
survey:
  - {type: select_one yes_no, name: use, label: "Do you use it?"}
  - {type: select_multiple gains, name: gains, label: "What is better?"}
  - {type: text, name: how, label: "How?", relevant: "selected(${gains}, 'a')"}
  - {type: select_one yes_no, name: more, label: "More?"}
"""
KHMER = "ការត្រួតពិនិត្យហានិភ័យ"
THAI = "ใช้งานเป็นประจำ"
LONG = """
spec: 1
key: M6
title: {{en: Six months, km: ប្រាំមួយខែ}}
languages: [en, km]
choices:
  many: [{many}]
survey:
  - {{type: select_multiple many, name: {name}, label: {{en: "Which?", km: "{km}"}}}}
  - {{type: select_one many, name: last, label: "And which one?"}}
"""


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """Ada, to whom a short questionnaire is shown."""
    await stage.publish(GAINS)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    return ada


async def test_i01_two_equal_taps_at_once_are_one_answer(stage: Stage, ada: Person) -> None:
    tap = ada.tap_on("Yes")
    messages = len(ada.screen)
    await ada.together(tap, tap)
    assert await stage.answers(ada, "M6") == {"use": "yes"}
    assert await stage.history(ada, "M6") == []
    assert ada.text.startswith("Question 2 of about 3")
    assert len(ada.screen) == messages
    assert ada.notices == []


async def test_i02_tapping_the_chosen_option_again_shows_no_fault(
    stage: Stage, ada: Person
) -> None:
    await ada.taps("Yes", "‹ Back")
    assert ada.sees("✓ 1. Yes")
    await ada.taps("Yes")
    assert ada.text.startswith("Question 2 of about 3")
    assert ada.notices == []
    assert await stage.history(ada, "M6") == []


async def test_i03_an_answer_is_saved_before_anything_is_acknowledged(
    stage: Stage, ada: Person
) -> None:
    tap = ada.tap_on("Yes")
    stage.now += timedelta(minutes=10)
    await stage.application.reception.receive(tap)
    assert await stage.answers(ada, "M6") == {"use": "yes"}


async def test_i06_ticks_of_the_chat_are_stored_as_they_stand_at_done(
    stage: Stage, ada: Person
) -> None:
    await ada.taps("Skip", "Time", "Money", "Time")
    assert ada.sees("Done (1)")
    await ada.taps("Done")
    assert await stage.answers(ada, "M6") == {"use": "", "gains": "b"}
    assert ada.sees("More?")


async def test_i10_the_text_of_other_is_nowhere_once_something_else_is_chosen(
    stage: Stage,
) -> None:
    await stage.publish(
        GAINS.replace("select_one yes_no, name: use", "select_one gains or_other, name: use")
    )
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start", "Other, please say")
    await ada.types("Radio")
    assert await stage.answers(ada, "M6") == {"use": "other", "use_other": "Radio"}
    await ada.taps("‹ Back", "‹ Back", "Money")
    assert await stage.answers(ada, "M6") == {"use": "b"}
    assert ("use_other", "Radio", "cleared") in await stage.history(ada, "M6")


async def test_i08_two_ticks_delivered_together_are_both_kept(stage: Stage, ada: Person) -> None:
    await ada.taps("Skip")
    await ada.together(ada.tap_on("Time"), ada.tap_on("Money"))
    await ada.types("/continue")
    assert [label for label in ada.labels if label.startswith("Done")] == ["Done (2)"]
    await ada.taps("Done")
    assert (await stage.answers(ada, "M6"))["gains"] == "a b"


async def test_i09_buttons_stay_short_whatever_the_options_are_called(stage: Stage) -> None:
    labels = [KHMER, THAI, *(f"ជម្រើស {number}" for number in range(60))]
    many = ", ".join(f'{{name: {"o" * 55}{n}, label: "{one}"}}' for n, one in enumerate(labels))
    await stage.publish(LONG.format(many=many, name="n" * 64, km=KHMER))
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    for message in ada.screen:
        assert all(len(button.token.encode()) <= MOST_BYTES for button in message.buttons)
    await ada.taps(THAI, "More choices", "ជម្រើស 20")
    assert ada.sees("✓ ជម្រើស 20")
    await ada.taps("Done", KHMER)
    assert await stage.answers(ada, "M6") == {
        "n" * 64: f"{'o' * 55}1 {'o' * 55}22",
        "last": f"{'o' * 55}0",
    }


async def test_i18_two_screens_of_one_account_make_one_response(stage: Stage, ada: Person) -> None:
    await ada.types("/continue")
    phone, desktop = ada.screen[-1], ada.screen[-2]
    by_label = {message.ref: message.buttons[0].token for message in (phone, desktop)}
    await ada.sends(Tapped(ada.sender, by_label[phone.ref], phone.ref))
    await ada.sends(Tapped(ada.sender, desktop.buttons[1].token, desktop.ref))
    assert desktop.card.text.startswith("You answered that question on 8 June.")
    await ada.taps("‹ Back to the question", "Skip")
    await ada.taps("Yes")
    last = ada.tap_on("See or change my answers")
    await ada.sends(Tapped(ada.sender, by_label[desktop.ref], phone.ref))
    assert ada.sees("Thank you. That was the last question")
    assert last.ref in {phone.ref, desktop.ref}
    numbers = await stage.rows(cases.select())
    assert len(numbers) == 1
    assert numbers[0].completed_at is not None
    assert (await stage.answers(ada, "M6"))["use"] == "yes"


async def test_an_old_button_offers_to_change_the_answer(stage: Stage, ada: Person) -> None:
    old = ada.tap_on("No")
    await ada.taps("Yes")
    await ada.types("1")
    await ada.sends(old)
    assert "Your answer: Yes" in ada.screen[1].card.text
    await ada.taps("Change it", "No")
    assert (await stage.answers(ada, "M6"))["use"] == "no"
    assert await stage.history(ada, "M6") == [("use", "yes", "changed")]


async def test_a_change_after_the_last_answer_may_open_a_new_question(
    stage: Stage, ada: Person
) -> None:
    await ada.taps("Yes", "Money", "Done", "No")
    finished = (await stage.case(ada, "M6")).completed_at
    await ada.taps("See or change my answers", "2", "Time", "Done")
    assert ada.sees("How?")
    await ada.types("An hour a day")
    assert ada.sees("Thank you. That was the last question")
    assert (await stage.answers(ada, "M6"))["how"] == "An hour a day"
    assert (await stage.case(ada, "M6")).completed_at == finished


async def test_continue_finds_a_question_that_a_change_has_opened(
    stage: Stage, ada: Person
) -> None:
    await ada.taps("Yes", "Money", "Done", "No")
    await ada.taps("See or change my answers", "2", "Time", "Done")
    await ada.types("/continue")
    assert ada.sees("How?")


async def test_the_card_of_one_interview_is_one_message(stage: Stage, ada: Person) -> None:
    before = len(ada.screen)
    await ada.taps("Yes", "Time", "Done", "⋯", "See or change my answers", "‹ Back")
    assert len(ada.screen) == before


async def test_a_button_of_another_person_shows_and_changes_nothing(
    stage: Stage, ada: Person
) -> None:
    ben = await stage.joined("Ben Qalo", "FJ")
    for button in ada.screen[-1].buttons:
        await ben.sends(Tapped(ben.sender, button.token, ""))
        assert ben.notice == "This button belongs to somebody else's questionnaire."
    consent = token(Action.DECLINE, ada.enrolments["IPR-OC-2017"].id, 1)
    await ben.sends(Tapped(ben.sender, consent, ""))
    assert ben.notice.startswith("This button does not work any more.")
    assert (await stage.enrolment(ada)).declined_once_at is None
    assert await stage.answers(ada, "M6") == {}


@pytest.mark.parametrize("text", ["", "1", "2p1.2.3", "1?1", "1p", "1pzzzzzzzzzzzz", "x" * 64])
async def test_a_button_that_means_nothing_gets_a_polite_note(ada: Person, text: str) -> None:
    await ada.sends(Tapped(ada.sender, text, ""))
    assert ada.notice == "This button does not work any more. Please send /continue."


FEW = st.lists(st.one_of(st.integers(0, 8), st.integers(0, 36**12 - 1)), max_size=4)
FIVE = st.lists(st.one_of(st.integers(0, 8), st.integers(0, 36**11 - 1)), min_size=5, max_size=5)
NUMBERS = st.one_of(FEW, FIVE)
"""As many digits as 64 bytes hold: a longer button is refused before it is shown."""


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(action=st.sampled_from(sorted(Action)), numbers=NUMBERS)
async def test_no_made_up_button_is_a_fault_or_writes_for_somebody_else(
    stage: Stage, action: Action, numbers: list[int]
) -> None:
    """Ada's case is 1; whatever Ben's buttons say, it keeps no answer."""
    if "Ada" not in stage.people:
        await stage.publish(GAINS)
        stage.at("2018-06-07 12:00")
        await stage.joined("Ada Vea")
        await stage.joined("Ben Qalo", "FJ")
        stage.at("2018-06-08 11:20", "Pacific/Fiji")
        await stage.fieldwork_round()
    ben = stage.people["Ben"]
    made_up = str(token(action, *numbers))
    assert read_token(made_up) is not None
    await ben.sends(Tapped(ben.sender, made_up, ""))
    mine = await stage.case_of(ben, "M6")
    rows = await stage.rows(answers.select().where(answers.c.case_id != mine))
    assert rows == []


async def test_i20_cards_say_whose_they_are_when_two_are_on_the_screen(stage: Stage) -> None:
    await stage.publish(GAINS)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    await ada.joins(KASHIWA)
    await ada.taps("I agree")
    await stage.until_next_message()
    await stage.until_next_message()
    await ada.taps("Start")
    assert ada.text.startswith("Combating counterfeiting and piracy for Oceania\nQuestion 1")
