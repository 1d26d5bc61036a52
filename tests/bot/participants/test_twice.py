"""Messages that are handled again, because the process was killed before it had replied."""

from dataclasses import replace
from itertools import count
from typing import TypeVar

import pytest

from bot.messaging.messages import Commanded, Odd, Oddity, Sender, Tapped, Typed
from bot.participants.interrupted import service_messages
from bot.staff_chat.dispatch import LOOK
from storage.operations.inbox import Arrival, insert_rows
from storage.schema import audit
from tests.bot.participants.test_typing import WORDS
from tests.bot.stage import CHAT, Person, Stage

NUMBERS = count(1)
Heard = TypeVar("Heard", Tapped, Typed, Commanded)


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """Ada, to whom the first question is shown: a text, a choice, a number, a date."""
    await stage.publish(WORDS.partition("  - {type: note")[0])
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    return ada


async def stored(stage: Stage, inbound: Heard) -> Heard:
    """The message with a row of the inbox in which it lies."""
    arrival = Arrival(next(NUMBERS), inbound.sender.identifier, "message", "{}")
    rows = await stage.application.transactions.write(insert_rows, 1, 1, [arrival], stage.now)
    return replace(inbound, sender=replace(inbound.sender, row=rows[arrival.number]))


async def typed(stage: Stage, person: Person, text: str) -> Typed:
    return await stored(stage, Typed(person.sender, text))


async def test_a_text_that_is_handled_again_shows_the_question_and_answers_nothing(
    stage: Stage, ada: Person
) -> None:
    text = await typed(stage, ada, "1")
    await ada.sends(text)
    assert ada.sees("Do you use it?")
    await ada.sends(text)
    assert ada.sees("Do you use it?")
    assert await stage.answers(ada, "M6") == {"first": "1"}
    # The same words in another message are another answer.
    await ada.sends(await typed(stage, ada, "1"))
    assert await stage.answers(ada, "M6") == {"first": "1", "use": "yes"}


async def test_the_last_text_that_is_handled_again_brings_the_thanks_again(
    stage: Stage, ada: Person
) -> None:
    for text in ("risk", "yes", "4"):
        await ada.types(text)
    last = await typed(stage, ada, "2018-03-01")
    await ada.sends(last)
    thanks = ada.text.removeprefix("Understood: 1 March 2018.\n\n")
    assert "Question" not in thanks
    answers = await stage.answers(ada, "M6")
    await ada.sends(last)
    assert ada.text == thanks
    assert await stage.answers(ada, "M6") == answers


async def test_a_tap_that_is_handled_again_after_others_changes_no_answer(
    stage: Stage, ada: Person
) -> None:
    await ada.types("risk")
    yes = await stored(stage, ada.tap_on("Yes"))
    await ada.sends(yes)
    await ada.types("7")
    await ada.sends(yes)
    assert ada.sees("Since when?")
    answers = {"first": "risk", "use": "yes", "people": "7"}
    assert await stage.answers(ada, "M6") == answers
    assert await stage.history(ada, "M6") == []


async def test_a_stop_that_is_handled_again_says_that_it_holds(stage: Stage, ada: Person) -> None:
    stop = await stored(stage, Commanded(ada.sender, "stop"))
    await ada.sends(stop)
    said = ada.text
    await ada.sends(stop)
    assert ada.text == said


async def test_an_act_of_staff_is_begun_once_and_they_are_asked_to_look(stage: Stage) -> None:
    eva = stage.visitor("Eva", "901")
    help_ = await stored(stage, Commanded(eva.sender, "help"))
    await eva.sends(help_)
    await eva.sends(help_)
    assert eva.text == LOOK
    tap = await stored(stage, Tapped(eva.sender, "1U1", ""))
    await eva.sends(tap)
    acts = len(await stage.rows(audit.select()))
    await eva.sends(tap)
    assert eva.text == LOOK
    assert len(await stage.rows(audit.select())) == acts


async def test_a_stranger_is_asked_to_send_it_again(stage: Stage) -> None:
    sender = Sender(CHAT, "777")
    hello = await stored(stage, Typed(sender, "hello"))
    await stage.application.reception.receive(hello)
    again = await stage.application.reception.receive(hello)
    assert [say.card.text for say in again.says] == [service_messages.INTERRUPTED]


async def test_who_sends_too_much_is_told_so_and_sees_the_question(
    stage: Stage, ada: Person
) -> None:
    await ada.sends(Odd(ada.sender, Oddity.TOO_MANY))
    assert [m.card.text for m in ada.screen][-2] == service_messages.TOO_MANY
    assert ada.sees("Question 1")
    reply = await stage.application.reception.receive(Odd(Sender(CHAT, "901"), Oddity.TOO_MANY))
    assert [say.card.text for say in reply.says] == [service_messages.TOO_MANY]
