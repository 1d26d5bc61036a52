"""Messages that are delivered again, because the process was killed before it confirmed them."""

from dataclasses import replace

import pytest

from bot.messaging.messages import Typed
from tests.bot.participants.test_typing import WORDS
from tests.bot.stage import Person, Stage


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """Ada, to whom the first question is shown: a text, a choice, a number, a date."""
    await stage.publish(WORDS.partition("  - {type: note")[0])
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    return ada


def numbered(person: Person, text: str, number: int) -> Typed:
    return Typed(replace(person.sender, number=number), text)


async def test_a_text_that_comes_again_shows_the_question_and_answers_nothing(
    stage: Stage, ada: Person
) -> None:
    await ada.sends(numbered(ada, "1", 11))
    assert ada.sees("Do you use it?")
    await ada.sends(numbered(ada, "1", 11))
    assert ada.sees("Do you use it?")
    assert await stage.answers(ada, "M6") == {"first": "1"}
    # The same words in another message are another answer.
    await ada.sends(numbered(ada, "1", 12))
    assert await stage.answers(ada, "M6") == {"first": "1", "use": "yes"}


async def test_a_messenger_that_begins_to_count_anew_is_still_heard(
    stage: Stage, ada: Person
) -> None:
    await ada.sends(numbered(ada, "risk", 900))
    stage.at("2018-06-15 12:00")
    await ada.sends(numbered(ada, "yes", 3))
    assert await stage.answers(ada, "M6") == {"first": "risk", "use": "yes"}


async def test_the_last_text_that_comes_again_brings_the_thanks_again(
    stage: Stage, ada: Person
) -> None:
    for number, text in enumerate(("risk", "yes", "4", "2018-03-01"), 21):
        await ada.sends(numbered(ada, text, number))
    thanks = ada.text.removeprefix("Understood: 1 March 2018.\n\n")
    assert "Question" not in thanks
    stored = await stage.answers(ada, "M6")
    await ada.sends(numbered(ada, "2018-03-01", 24))
    assert ada.text == thanks
    assert await stage.answers(ada, "M6") == stored


async def test_a_whole_row_of_taps_and_texts_that_comes_again_changes_no_answer(
    stage: Stage, ada: Person
) -> None:
    row = [numbered(ada, "risk", 31)]
    await ada.sends(row[0])
    yes = ada.tap_on("Yes")
    await ada.sends(yes)
    row += [numbered(ada, "7", 32)]
    await ada.sends(row[1])
    stored, question = await stage.answers(ada, "M6"), "Since when?"
    assert ada.sees(question)
    for inbound in (row[0], yes, row[1]):
        await ada.sends(inbound)
    assert ada.sees(question)
    assert (
        await stage.answers(ada, "M6") == stored == {"first": "risk", "use": "yes", "people": "7"}
    )
    assert await stage.history(ada, "M6") == []


async def test_a_text_that_failed_and_comes_again_after_the_next_one_answers_nothing(
    stage: Stage, ada: Person
) -> None:
    # Number 41 met a full disk, the bot was sorry, and Ada wrote again.
    await ada.sends(numbered(ada, "risk", 42))
    await ada.sends(numbered(ada, "1", 41))
    assert ada.sees("Do you use it?")
    assert await stage.answers(ada, "M6") == {"first": "risk"}
