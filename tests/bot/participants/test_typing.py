"""Typed texts, stickers and edits: what is understood, what is asked again, where it belongs."""

import pytest

from bot.messaging.messages import Filled, Typed
from tests.bot.stage import KASHIWA, SUVA, Person, Stage

WORDS = """
spec: 1
key: M6
title: Six months after the workshop
choices:
  yes_no: [{name: yes, label: Yes}, {name: no, label: No}, {name: not_yet, label: Not yet}]
survey:
  - {type: text, name: first, label: "What did you learn?"}
  - {type: select_one yes_no, name: use, label: "Do you use it?"}
  - {type: integer, name: people, label: "How many people?"}
  - {type: date, name: since, label: "Since when?"}
  - {type: note, name: bye, label: Please read this.}
"""


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """Ada, to whom the first question is shown."""
    await stage.publish(WORDS)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    return ada


async def in_two_workshops(stage: Stage) -> Person:
    """Ada, who has a question of each of two workshops open; that of Suva was asked last."""
    await stage.publish(WORDS)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    await ada.joins(KASHIWA)
    await ada.taps("I agree")
    for _ in range(2):
        await stage.until_next_message()
        await ada.taps("Start", "Skip")
    return ada


async def test_i04_an_edited_message_answers_nothing_and_tells_how_to_change(
    stage: Stage, ada: Person
) -> None:
    await ada.types("yse")
    await ada.taps("Yes")
    await ada.edits_a_message()
    assert ada.text.startswith("What you just sent is not stored.\n\nTo change an answer, tap ⋯")
    assert ada.sees("How many people?")
    assert await stage.answers(ada, "M6") == {"first": "yse", "use": "yes"}


async def test_i04_an_edit_with_nothing_asked_is_told_not_to_be_stored(
    stage: Stage, ada: Person
) -> None:
    await ada.taps("Skip", "Skip", "Skip", "Skip", "Continue")
    await ada.edits_a_message()
    assert ada.text.startswith("What you just sent is not stored.")
    assert ada.sees("Thank you. That was the last question")
    assert "See or change my answers" in ada.labels


@pytest.mark.parametrize(
    ("typed", "stored"), [("yes", "yes"), (" YES. ", "yes"), ("2", "no"), ("not yet", "not_yet")]
)
async def test_i05_a_choice_can_be_typed(
    stage: Stage, ada: Person, typed: str, stored: str
) -> None:
    await ada.taps("Skip")
    await ada.types(typed)
    assert (await stage.answers(ada, "M6"))["use"] == stored
    assert ada.sees("How many people?")


@pytest.mark.parametrize("typed", ["maybe", "a sticker", "a file", "7"])
async def test_i05_what_is_no_choice_is_asked_again(stage: Stage, ada: Person, typed: str) -> None:
    await ada.taps("Skip")
    if typed == "a sticker":
        await ada.sends_sticker()
    elif typed == "a file":
        await ada.sends_file()
    else:
        await ada.types(typed)
    said = "This is not stored: only a button or a text that you type can be an answer.\n\n"
    shown = ada.text.removeprefix(said) if typed.startswith("a ") else ada.text
    assert shown.startswith("Please choose one of the buttons, or type its number.")
    assert ada.sees("Do you use it?")
    assert "Not yet" in ada.labels
    assert "use" not in await stage.answers(ada, "M6")


@pytest.mark.parametrize("word", ["/help", "help", " Help. ", "/anything"])
async def test_i14_help_at_a_free_text_is_help_and_the_question_comes_again(
    stage: Stage, ada: Person, word: str
) -> None:
    await ada.types(word)
    assert ada.screen[-2].card.text.startswith("In this chat we ask you")
    assert ada.sees("What did you learn?")
    await ada.types("Risk profiles")
    assert await stage.answers(ada, "M6") == {"first": "Risk profiles"}


async def test_i14_the_menu_at_a_free_text_leads_back_to_the_question(
    stage: Stage, ada: Person
) -> None:
    await ada.taps("⋯", "Language", "‹ Back to the question")
    assert ada.sees("What did you learn?")
    await ada.types("/language")
    assert ada.text == "This questionnaire is available in one language only: English."
    await ada.types("Risk profiles")
    assert await stage.answers(ada, "M6") == {"first": "Risk profiles"}


async def test_numbers_and_days_are_read_in_other_digits(stage: Stage, ada: Person) -> None:
    await ada.taps("Skip", "Skip")
    await ada.types("၁၂")
    await ada.types("९ February २०१८")
    assert ada.text.startswith("Understood: 9 February 2018.")
    stored = await stage.answers(ada, "M6")
    assert (stored["people"], stored["since"]) == ("12", "2018-02-09")


async def test_a_note_is_left_with_one_tap_and_is_no_answer_to_change(
    stage: Stage, ada: Person
) -> None:
    await ada.taps("Skip", "Skip", "Skip", "Skip")
    assert ada.labels == ["Continue", "‹ Back", "⋯"]
    await ada.taps("Continue", "See or change my answers")
    assert "Please read this" not in ada.text
    assert ada.text.count("skipped") == 4


async def test_a_text_after_the_last_answer_brings_the_thanks_again(
    stage: Stage, ada: Person
) -> None:
    await ada.taps("Skip", "Skip", "Skip", "Skip", "Continue")
    stored = await stage.answers(ada, "M6")
    await ada.types("thank you")
    assert ada.text.startswith("What you just sent is not stored.")
    assert ada.sees("Thank you. That was the last question. Your answers are saved.")
    await ada.types("/continue")
    assert ada.text.startswith("Thank you. That was the last question. Your answers are saved.")
    assert await stage.answers(ada, "M6") == stored


async def test_what_was_typed_before_is_shown_in_words_when_it_is_changed(ada: Person) -> None:
    await ada.taps("Skip", "Skip", "Skip")
    await ada.types("2018-02-09")
    await ada.taps("‹ Back")
    assert ada.sees("Your answer so far: 9 February 2018")


async def test_a_text_before_the_start_is_no_answer_and_does_not_begin(stage: Stage) -> None:
    await stage.publish(WORDS)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.types("I am on mission until Monday")
    await ada.types("Which workshop?", reply_to=ada.screen[-2])
    await ada.sends_sticker()
    assert ada.labels == ["Start", "Later", "Stop these messages"]
    assert (await stage.case(ada, "M6")).started_at is None
    assert await stage.answers(ada, "M6") == {}


async def test_continue_starts_what_is_open(stage: Stage) -> None:
    await stage.publish(WORDS)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.types("/continue")
    assert ada.sees("What did you learn?")


async def test_i20_a_reply_answers_the_message_it_replies_to(stage: Stage) -> None:
    ada = await in_two_workshops(stage)
    card = (await stage.case(ada, "M6", KASHIWA)).card_ref
    older = next(message for message in ada.screen if message.ref == card)
    await ada.types("no", reply_to=older)
    assert (await stage.answers(ada, "M6", KASHIWA))["use"] == "no"
    assert "use" not in await stage.answers(ada, "M6", SUVA)


async def test_i20_without_a_reply_the_question_asked_last_is_meant_and_named(
    stage: Stage,
) -> None:
    ada = await in_two_workshops(stage)
    await ada.types("no")
    assert (await stage.answers(ada, "M6", SUVA))["use"] == "no"
    assert "use" not in await stage.answers(ada, "M6", KASHIWA)
    assert f"\n{SUVA.title}\n" in ada.text


async def test_i20_the_thanks_name_their_workshop_too(stage: Stage) -> None:
    ada = await in_two_workshops(stage)
    await ada.taps("Skip", "Skip", "Skip", "Continue")
    assert ada.text.startswith(f"{SUVA.title}\nThank you.")


async def test_d15_an_invitation_in_between_takes_no_answer_away(stage: Stage) -> None:
    await stage.publish(WORDS)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    await ada.joins(KASHIWA)
    await ada.taps("I agree")
    await stage.until_next_message()
    await ada.taps("Start", "Skip", "Yes")
    await stage.until_next_message()
    assert ada.labels == ["Start", "Later", "Stop these messages"]
    await ada.types("7")
    assert await stage.answers(ada, "M6", KASHIWA) == {"first": "", "use": "yes", "people": "7"}
    assert (await stage.case(ada, "M6", SUVA)).started_at is None
    await ada.taps("Start")
    assert ada.sees("What did you learn?")
    await ada.types("/continue")
    assert len(ada.labels) == 2


async def test_a_reply_to_an_unknown_message_answers_the_question_asked_last(
    stage: Stage, ada: Person
) -> None:
    await ada.sends(Typed(ada.sender, "Risk profiles", "a message nobody knows"))
    assert await stage.answers(ada, "M6") == {"first": "Risk profiles"}


@pytest.mark.parametrize("lost", ["typed", "tapped"])
async def test_i20_words_typed_under_an_old_question_never_answer_one_that_was_not_shown(
    stage: Stage, ada: Person, lost: str
) -> None:
    await ada.types("audit")
    said = Typed(ada.sender, "yes") if lost == "typed" else ada.tap_on("Yes")
    # Stored, but the reply with the next question never arrives: killed, or no network.
    await stage.application.reception.receive(said)
    assert ada.sees("Do you use it?")
    await ada.types("2")
    assert ada.text.startswith("We have saved your earlier answer, but not this message.")
    assert ada.sees("How many people?")
    assert await stage.answers(ada, "M6") == {"first": "audit", "use": "yes"}
    await ada.types("2")
    assert (await stage.answers(ada, "M6"))["people"] == "2"
    assert ada.sees("Since when?")


async def test_i20_words_typed_in_the_chat_after_answers_on_the_page_see_the_question_first(
    stage: Stage, ada: Person
) -> None:
    case = await stage.case(ada, "M6")
    page = Filled(ada.sender, case.id, 0, ("audit",))
    await stage.application.reception.receive(page)
    await ada.types("yes")
    assert ada.sees("Do you use it?")
    assert await stage.answers(ada, "M6") == {"first": "audit"}
    await ada.types("yes")
    assert (await stage.answers(ada, "M6"))["use"] == "yes"
