"""Texts that were written before their question was seen: split by a messenger, or sent in haste."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.messaging.messages import Commanded, Odd, Oddity, Tapped, Typed
from bot.messaging.tokens import Action, token
from tests.bot.participants.test_twice import stored
from tests.bot.stage import Person, Stage

QUESTIONS = """
spec: 1
key: M6
title: Six months after the workshop
choices:
  yes_no: [{name: yes, label: Yes}, {name: no, label: No}]
survey:
  - {type: text, name: first, label: "What did you learn?", parameters: {max: 4000}}
  - {type: text, name: second, label: "What else?"}
  - {type: integer, name: people, label: "How many people?"}
  - {type: select_one yes_no, name: again, label: "Will you use it next year?"}
"""
WHOLE = 4096
"""Longer texts are sent in parts by the messenger."""


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """Ada, to whom the first question is shown."""
    await stage.publish(QUESTIONS)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    return ada


class Phone:
    """Writes texts as a messenger numbers and dates them; its clock is not ours."""

    def __init__(self, ada: Person) -> None:
        self.ada = ada
        self.at = ada.stage.now + timedelta(minutes=7)

    async def types(self, text: str, after: float, received: datetime | None = None) -> None:
        """Type a text so many seconds after the one before."""
        self.at += timedelta(seconds=after)
        # Steps at the same moment do not exist outside of tests.
        self.ada.stage.now += timedelta(seconds=1)
        sender = replace(self.ada.sender, received_at=received)
        await self.ada.sends(Typed(sender, text, "", "", self.at))


async def test_the_parts_of_a_split_text_answer_one_question(stage: Stage, ada: Person) -> None:
    phone = Phone(ada)
    await phone.types("🙂" * (WHOLE // 2), 60)
    for _ in range(2):
        await phone.types("the end", 1)
        assert ada.text.startswith("We have saved your earlier answer, but not this message.")
        assert ada.sees("What did you learn?")
        assert ada.sees("Change my earlier answer")
        assert ada.sees("What else?")
    assert await stage.answers(ada, "M6") == {"first": "🙂" * (WHOLE // 2)}
    await phone.types("Profiles", 4)
    assert (await stage.answers(ada, "M6"))["second"] == "Profiles"


async def test_the_end_of_a_text_that_is_too_long_is_not_stored_alone(
    stage: Stage, ada: Person
) -> None:
    phone = Phone(ada)
    await phone.types("Risk", 60)
    await phone.types("🙂" * (WHOLE // 2), 60)
    assert ada.text.startswith("Please send no more than 300 characters")
    await phone.types("the end", 1)
    assert ada.sees("but not this message")
    assert ada.sees("What else?")
    assert await stage.answers(ada, "M6") == {"first": "Risk"}


async def test_the_second_of_two_bubbles_answers_no_question_that_was_not_seen(
    stage: Stage, ada: Person
) -> None:
    phone = Phone(ada)
    await phone.types("Risk", 60)
    await phone.types("and audit", 3)
    assert ada.text.startswith("We have saved your earlier answer, but not this message.")
    assert await stage.answers(ada, "M6") == {"first": "Risk"}
    await ada.taps("Change my earlier answer")
    await phone.types("Risk and audit", 20)
    assert await stage.answers(ada, "M6") == {"first": "Risk and audit"}


async def test_a_quick_second_try_at_the_same_question_is_an_answer(
    stage: Stage, ada: Person
) -> None:
    phone = Phone(ada)
    await phone.types("Risk", 60)
    await phone.types("Profiles", 60)
    await phone.types("about", 60)
    await phone.types("5", 2)
    assert (await stage.answers(ada, "M6"))["people"] == "5"


async def test_what_follows_the_last_answer_at_once_is_told_not_to_be_stored(
    stage: Stage, ada: Person
) -> None:
    phone = Phone(ada)
    for text in ("Risk", "Profiles", "5", "yes"):
        await phone.types(text, 60)
    await phone.types("no", 1)
    assert ada.text.startswith("What you just sent is not stored.")
    assert ada.sees("See or change my answers")
    assert (await stage.answers(ada, "M6"))["again"] == "yes"


async def test_a_text_that_was_taken_in_before_its_question_was_asked_is_not_its_answer(
    stage: Stage, ada: Person
) -> None:
    phone, received = Phone(ada), stage.now
    # Both wait while the bot is down: a button of the first question, and a text for it.
    stage.now += timedelta(hours=1)
    await ada.taps("Skip")
    await phone.types("Risk", 3600, received)
    assert ada.text.startswith("We have saved your earlier answer, but not this message.")
    assert ada.sees("Your answer: skipped")
    assert await stage.answers(ada, "M6") == {"first": ""}
    await phone.types("Profiles", 30, stage.now)
    assert (await stage.answers(ada, "M6"))["second"] == "Profiles"


async def test_a_clock_that_was_wrong_costs_no_answer(stage: Stage, ada: Person) -> None:
    phone = Phone(ada)
    stage.now += timedelta(days=10)
    await ada.taps("Skip")
    stage.now -= timedelta(days=10)
    await phone.types("Profiles", 3600, stage.now)
    assert (await stage.answers(ada, "M6"))["second"] == "Profiles"


async def test_a_text_above_its_question_in_the_chat_is_not_its_answer(
    stage: Stage, ada: Person
) -> None:
    stage.now += timedelta(minutes=1)
    reply = await stage.application.reception.receive(Typed(ada.sender, "Risk", "", "7"))
    # The reply is message 9 of the chat; what stands above it was written before.
    await stage.application.reception.shown(ada.sender, reply.says[0], "9")
    stage.now += timedelta(minutes=1)
    for place in ("8", "10"):
        await ada.sends(Typed(ada.sender, f"text {place}", "", place))
    assert await stage.answers(ada, "M6") == {"first": "Risk", "second": "text 10"}


async def test_a_text_that_comes_after_a_later_one_is_said_not_to_be_used(
    stage: Stage, ada: Person
) -> None:
    await ada.sends(Typed(ada.sender, "Profiles", "", "8", stage.now))
    await ada.sends(Typed(ada.sender, "Risk", "", "7", stage.now - timedelta(seconds=1)))
    assert ada.text.startswith("A text of yours came twice or in the wrong order")
    assert ada.sees("Your answer: Profiles")
    assert ada.sees("Change my earlier answer")
    assert await stage.answers(ada, "M6") == {"first": "Profiles"}


async def test_another_bot_that_numbers_from_one_is_heard(stage: Stage, ada: Person) -> None:
    await ada.sends(Typed(ada.sender, "Risk", "", "800", stage.now))
    stage.now += timedelta(minutes=1)
    await ada.sends(Typed(ada.sender, "Profiles", "", "8", stage.now))
    assert await stage.answers(ada, "M6") == {"first": "Risk", "second": "Profiles"}


@pytest.mark.parametrize("repeated", ["the same tap", "/continue"])
async def test_a_text_that_waited_behind_a_tap_is_no_answer_whatever_repeats_the_question(
    stage: Stage, ada: Person, repeated: str
) -> None:
    phone, skips = Phone(ada), ada.tap_on("Skip")
    received = stage.now
    stage.now += timedelta(hours=1)
    await ada.sends(skips)
    stage.now += timedelta(seconds=1)
    again = Commanded(ada.sender, "continue") if repeated == "/continue" else skips
    await ada.sends(again)
    await phone.types("Risk", 3600, received)
    assert ada.text.startswith("We have saved your earlier answer, but not this message.")
    assert ada.sees("Your answer: skipped")
    assert ada.sees("Change my earlier answer")
    assert await stage.answers(ada, "M6") == {"first": ""}


async def test_a_text_that_waited_behind_a_kept_answer_is_no_answer(
    stage: Stage, ada: Person
) -> None:
    await ada.types("Risk")
    await ada.taps("‹ Back")
    phone, keeps, received = Phone(ada), ada.tap_on("Keep my answer"), stage.now
    stage.now += timedelta(hours=1)
    await ada.sends(keeps)
    await phone.types("Risk and audit", 3600, received)
    assert ada.text.startswith("We have saved your earlier answer, but not this message.")
    assert await stage.answers(ada, "M6") == {"first": "Risk"}


async def test_a_text_that_came_before_a_slow_reply_is_no_answer(
    stage: Stage, ada: Person
) -> None:
    reception = stage.application.reception
    reply = await reception.receive(ada.tap_on("Skip"))
    received = stage.now = stage.now + timedelta(seconds=20)
    stage.now += timedelta(seconds=20)
    await reception.shown(ada.sender, reply.says[0], ada.looks_at.ref)
    await Phone(ada).types("Risk", 60, received)
    assert ada.text.startswith("We have saved your earlier answer, but not this message.")
    assert await stage.answers(ada, "M6") == {"first": ""}


async def test_a_text_that_came_before_its_question_was_shown_again_is_no_answer(
    stage: Stage, ada: Person
) -> None:
    await stage.application.reception.receive(ada.tap_on("Skip"))
    received = stage.now = stage.now + timedelta(seconds=20)
    stage.now += timedelta(hours=1)
    await ada.sends(Odd(ada.sender, Oddity.STICKER))
    await Phone(ada).types("Risk", 60, received)
    assert ada.text.startswith("We have saved your earlier answer, but not this message.")
    assert await stage.answers(ada, "M6") == {"first": ""}


async def test_texts_that_waited_for_a_question_seen_long_ago_answer_it(
    stage: Stage, ada: Person
) -> None:
    for text in ("Risk", "Profiles"):
        await ada.types(text)
    phone, received = Phone(ada), stage.now + timedelta(minutes=1)
    stage.now += timedelta(hours=1)
    await ada.types("/continue")
    for text in ("about", "5"):
        await phone.types(text, 60, received)
    assert (await stage.answers(ada, "M6"))["people"] == "5"


def goes_on(ada: Person) -> Tapped:
    return Tapped(ada.sender, token(Action.CHANNEL, 0), "")


@pytest.mark.parametrize("taps", [lambda ada: ada.tap_on("Skip"), goes_on])
async def test_a_tap_on_an_upper_card_shows_the_question_at_the_end_of_the_chat(
    stage: Stage, ada: Person, taps: Callable[[Person], Tapped]
) -> None:
    reception, tap = stage.application.reception, taps(ada)
    reply = await reception.receive(Odd(ada.sender, Oddity.STICKER))
    await reception.shown(ada.sender, reply.says[0], "9")
    upper = replace((await stored(stage, tap)), ref="8")
    # The reply to the first is lost, and the tap is handled again.
    for inbound in (upper, upper, replace(tap, ref="8")):
        shown = await reception.receive(inbound)
        assert "Question " in shown.says[0].card.text
        assert shown.says[0].replace == ""
    last = await reception.receive(replace(tap, ref="9"))
    assert last.says[0].replace == "9"


async def test_a_reply_to_the_card_of_an_earlier_question_does_not_answer_the_one_below(
    stage: Stage, ada: Person
) -> None:
    reception = stage.application.reception
    reply = await reception.receive(Typed(ada.sender, "Risk"))
    await reception.shown(ada.sender, reply.says[0], "9")
    told = await reception.receive(Typed(ada.sender, "Risk and audit", "7", "10"))
    assert told.says[0].card.text.startswith("We have saved your earlier answer, but not this")
    assert "Your answer: Risk" in told.says[0].card.text
    assert await stage.answers(ada, "M6") == {"first": "Risk"}
    await reception.receive(Typed(ada.sender, "Profiles", "9", "11"))
    assert (await stage.answers(ada, "M6"))["second"] == "Profiles"


async def test_a_question_above_a_reminder_goes_on_in_its_place(stage: Stage, ada: Person) -> None:
    await ada.types("Risk")
    card = ada.looks_at.ref
    await stage.until_next_message()
    assert ada.sees("short reminder")
    assert (await stage.case(ada, "M6")).card_ref == card
    skips = ada.tap_on("Skip")
    assert skips.ref == card
    await ada.sends(skips)
    assert ada.looks_at.ref == card
    assert ada.sees("How many people?")
