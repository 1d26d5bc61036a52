"""Which card was shown is stored with the next message of the chat, or soon for all chats at once."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.messaging.messages import Reply, Say, Typed
from bot.participants import shown_cards
from storage.operations.inbox import inbox_state
from tests.bot.participants.test_twice import stored
from tests.bot.participants.test_unseen import QUESTIONS
from tests.bot.stage import Person, Stage


@pytest.fixture
async def people(stage: Stage) -> list[Person]:
    """Two people to whom the first question is shown."""
    await stage.publish(QUESTIONS)
    stage.at("2018-06-07 12:00")
    found = [await stage.joined(name) for name in ("Ada Vea", "Ben Tu")]
    for person in found:
        while not person.sees("Start"):
            await stage.until_next_message()
        await person.taps("Start")
    return found


async def hears(stage: Stage, text: Typed, ref: str = "9") -> Reply:
    """Deliver a text in a row of the inbox; its reply is shown as the message `ref`, and only noted."""
    stage.now += timedelta(seconds=30)
    reception, text = stage.application.reception, await stored(stage, text)
    reply = await reception.receive(text)
    await reception.answered(text.sender, [(say, ref) for say in reply.says])
    return reply


async def state(stage: Stage, person: Person) -> tuple[Any, int]:
    """Return the question that is stored as shown, and how many rows are not settled."""
    row = await stage.case(person, "M6")
    waiting = (await stage.application.transactions.read(inbox_state, stage.now)).waiting
    return row.shown_item, waiting


@contextmanager
def counted(stage: Stage) -> Iterator[list[str]]:
    """The statements and commits meanwhile."""
    seen: list[str] = []
    engine = stage.application.transactions.database.engine

    def statement(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
        seen.append(text)

    def commit(_connection: Any) -> None:
        seen.append("COMMIT")

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    yield seen
    event.remove(engine, "before_cursor_execute", statement)
    event.remove(engine, "commit", commit)


async def test_the_next_message_of_a_chat_is_decided_after_what_was_shown_before(
    stage: Stage, people: list[Person]
) -> None:
    ada, _ = people
    await hears(stage, Typed(ada.sender, "Risk"))
    assert await state(stage, ada) == ("first", 1)
    with counted(stage) as seen:
        reply = await hears(stage, Typed(ada.sender, "Profiles"), "10")
    # Storing the row of the text, and one transaction for its answer and the card before.
    assert seen.count("COMMIT") == 2
    assert reply.refused == ""
    assert await stage.answers(ada, "M6") == {"first": "Risk", "second": "Profiles"}
    assert await state(stage, ada) == ("second", 1)
    await stage.application.reception.flush()
    assert await state(stage, ada) == ("people", 0)


async def test_what_was_shown_to_many_is_stored_soon_in_one_transaction(
    stage: Stage, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_cards, "SOON", 0.01)
    for person in people:
        await hears(stage, Typed(person.sender, "Risk"))
    with counted(stage) as seen:
        while "COMMIT" not in seen:
            await asyncio.sleep(0.001)
    assert seen.count("COMMIT") == 1
    assert [await state(stage, person) for person in people] == [("second", 0)] * 2


async def test_a_message_that_is_refused_takes_what_was_shown_along(
    stage: Stage, people: list[Person]
) -> None:
    ada, _ = people
    await hears(stage, Typed(ada.sender, "Risk"))
    stage.now += timedelta(days=200)
    await stage.application.reception.receive(Typed(ada.sender, "Profiles"))
    assert await state(stage, ada) == ("second", 0)
    assert await stage.answers(ada, "M6") == {"first": "Risk"}


async def test_a_database_that_is_away_costs_no_note(
    stage: Stage, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = people
    transactions = stage.application.transactions
    write, locked = transactions.write, OperationalError("", {}, Exception("locked"))

    async def away(*_: Any, **__: Any) -> Any:
        raise locked

    for person in people:
        await hears(stage, Typed(person.sender, "Risk"))
    monkeypatch.setattr(transactions, "write", away)
    await stage.application.reception.flush()
    with pytest.raises(OperationalError):
        await stage.application.reception.receive(Typed(ada.sender, "Profiles"))
    monkeypatch.setattr(transactions, "write", write)
    await stage.application.reception.flush()
    assert [await state(stage, person) for person in (ada, ben)] == [("second", 0)] * 2


async def test_a_note_that_cannot_be_stored_holds_no_other_back(
    stage: Stage, people: list[Person], caplog: pytest.LogCaptureFixture
) -> None:
    ada, _ = people
    strange = await stored(stage, Typed(ada.sender, "hello"))
    await hears(stage, Typed(ada.sender, "Risk"))
    card = Say(ada.looks_at.card, "", 2**70)
    await stage.application.reception.answered(strange.sender, [(card, "9")])
    await stage.application.reception.flush()
    assert await state(stage, ada) == ("second", 1)
    assert "a reply was not noted: OverflowError" in caplog.text
