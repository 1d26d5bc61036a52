"""The order of messages: a conversation in turn, conversations side by side, and not too many."""

import asyncio

import pytest

from bot.inbox.order import Conversations


class Desk:
    """Handles messages when the test lets it, and writes down what happens."""

    def __init__(self, limit: int) -> None:
        self.conversations = Conversations(limit)
        self.began: list[str] = []
        self.ended: list[str] = []
        self._doors: dict[str, asyncio.Event] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def hand_in(self, *messages: str) -> None:
        """Hand in messages such as "ada 1", one after the other; each waits for its door."""
        for message in messages:
            self._doors[message] = asyncio.Event()
            self._tasks.append(asyncio.create_task(self._handle(message)))
            await settle()

    async def finish(self, *messages: str) -> None:
        for message in messages:
            self._doors[message].set()
            await settle()

    async def all_ended(self) -> None:
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cancel(self, number: int) -> None:
        self._tasks[number].cancel()

    async def _handle(self, message: str) -> None:
        async with self.conversations.turn(message.split(maxsplit=1)[0]):
            self.began.append(message)
            await self._doors[message].wait()
            self.ended.append(message)


async def settle() -> None:
    """Let every task come as far as it can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_messages_of_one_conversation_are_handled_one_after_the_other() -> None:
    desk = Desk(limit=4)
    await desk.hand_in("ada 1", "ada 2", "ada 3")
    assert desk.began == ["ada 1"]
    await desk.finish("ada 3", "ada 1")
    assert desk.began == ["ada 1", "ada 2"]
    await desk.finish("ada 2")
    await desk.all_ended()
    assert desk.ended == ["ada 1", "ada 2", "ada 3"]


async def test_a_slow_conversation_does_not_hold_back_another_one() -> None:
    desk = Desk(limit=4)
    await desk.hand_in("ada 1", "ben 1")
    await desk.finish("ben 1")
    assert desk.ended == ["ben 1"]
    await desk.finish("ada 1")
    await desk.all_ended()


async def test_no_more_conversations_than_the_limit_are_handled_at_a_time() -> None:
    desk = Desk(limit=2)
    await desk.hand_in("ada 1", "ben 1", "cy 1")
    assert desk.began == ["ada 1", "ben 1"]
    await desk.finish("ben 1")
    assert desk.began == ["ada 1", "ben 1", "cy 1"]
    await desk.finish("ada 1", "cy 1")
    await desk.all_ended()


async def test_a_message_that_waits_for_its_own_conversation_takes_no_place_from_others() -> None:
    desk = Desk(limit=2)
    await desk.hand_in("ada 1", "ada 2", "ada 3", "ben 1")
    assert desk.began == ["ada 1", "ben 1"]
    await desk.finish("ada 1", "ada 2", "ada 3", "ben 1")
    await desk.all_ended()


async def test_the_next_message_has_its_turn_although_the_one_before_failed_or_was_cut_off() -> (
    None
):
    conversations = Conversations(1)
    with pytest.raises(ValueError, match="broken"):
        async with conversations.turn("ada"):
            raise ValueError("broken")
    desk = Desk(limit=1)
    await desk.hand_in("ada 1", "ada 2", "ada 3")
    desk.cancel(0)
    desk.cancel(1)
    await settle()
    assert desk.began == ["ada 1", "ada 3"]
    await desk.finish("ada 3")
    await desk.all_ended()
    async with asyncio.timeout(1), conversations.turn("ada"):
        pass
