"""Floods: whatever strangers or one chat send, other people are answered soon.

At the pace of the real messenger; a flood is sent message by message, which takes a second or more.
"""

import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from bot.channels.telegram import TelegramBot
from bot.channels.telegram.calls import MOST
from bot.channels.telegram.channel import PAUSES
from bot.inbox.bounds import MOST_OF_KNOWN
from bot.messaging.messages import Odd, Oddity, Typed
from bot.web import WEBHOOK_PATH, webhook_route
from tests.bot.channels.telegram.conftest import QUICK, Diary, build, echo
from tests.bot.channels.telegram.test_webhook import HOOK, RIGHT, SECRET, update
from tests.standin.control import StandIn
from tests.standin.faults import Fault

REAL = replace(QUICK, per_second=29, between=1, patience=60, pauses=PAUSES)
SOON = 5.0
"""Seconds: who had to wait for answers to the shortest of the floods would wait for ten."""


@pytest.fixture
async def bot(tg: StandIn, diary: Diary) -> AsyncIterator[TelegramBot]:
    """A bot that polls at the pace of the real messenger."""
    diary.answer = echo
    bot = build(tg, diary, REAL)
    await bot.start()
    yield bot
    await bot.stop()


async def answered_after(tg: StandIn, chat: int) -> float:
    """Let somebody write; return the seconds until the answer is on the screen."""
    person = tg.person(chat, "Ada", started=True)
    begun = time.monotonic()
    person.sends("hello")
    await tg.until(lambda: tg.accepted(chat))
    return time.monotonic() - begun


async def test_a_thousand_texts_of_one_stranger_slow_nobody_down_and_get_one_answer(
    tg: StandIn, bot: TelegramBot, diary: Diary
) -> None:
    stranger = tg.person(9001, "Eve")
    for number in range(1000):
        stranger.sends(f"spam {'x ' * (number % 3)}spam")
    assert await answered_after(tg, 7001) < SOON
    await tg.until(lambda: tg.pending == 0)
    await bot.stop()
    assert len(tg.accepted(9001)) <= 1


async def test_many_strangers_at_once_slow_nobody_down_who_is_known(
    tg: StandIn, bot: TelegramBot, diary: Diary
) -> None:
    for number in range(300):
        tg.person(9000 + number).sends("hello there")
    assert await answered_after(tg, 7001) < SOON


async def test_of_strangers_one_is_handled_at_a_time_while_more_wait_at_the_messenger(
    tg: StandIn, diary: Diary
) -> None:
    for number in range(MOST - 1):
        tg.person(9000 + number).sends("hello there")
    tg.person(7001, "Ada").sends("hello")
    tg.faults.add(Fault.silent(method="getUpdates", skip=1))
    diary.open_door.clear()
    bot = build(tg, diary)
    await bot.start()
    await tg.until(lambda: len(diary.received) >= 2)
    assert sorted(one.sender.identifier for one in diary.received) == ["7001", "9000"]
    diary.open_door.set()
    await bot.stop()


async def test_too_many_texts_of_a_known_chat_are_answered_once_for_all_that_was_dropped(
    tg: StandIn, diary: Diary
) -> None:
    ada = tg.person(7001, "Ada")
    for number in range(200):
        ada.sends(str(number))
    diary.answer = echo
    bot = build(tg, diary)
    await bot.start()
    await tg.until(lambda: any(isinstance(one, Odd) for one in diary.received))
    texts = [one.text for one in diary.received if isinstance(one, Typed)]
    assert texts[:MOST_OF_KNOWN] == [str(number) for number in range(MOST_OF_KNOWN)]
    excess = diary.received[MOST_OF_KNOWN]
    assert isinstance(excess, Odd)
    assert (excess.sender.identifier, excess.kind) == ("7001", Oddity.TOO_MANY)
    await tg.until(lambda: tg.pending == 0)
    await bot.stop()
    # A batch of a poll has a hundred.
    assert len(diary.received) <= 3 * (MOST_OF_KNOWN + 1)


async def test_a_stranger_gets_one_answer_a_minute_and_a_code_is_taken_all_the_same(
    tg: StandIn, bot: TelegramBot, diary: Diary
) -> None:
    eve = tg.person(9001, "Eve")
    eve.blocks()
    eve.unblocks()
    for text in ("hello there", "is anybody there", "CODE"):
        eve.sends(text)
        await tg.until(lambda: tg.pending == 0)
    await tg.until(lambda: len(diary.refs) == 2)
    assert [one.text for one in diary.received if isinstance(one, Typed)] == [
        "hello there",
        "CODE",
    ]


async def test_a_flood_over_the_webhook_slows_nobody_down(tg: StandIn, diary: Diary) -> None:
    diary.answer = echo
    tg.person(7001, "Ada", started=True)
    bot = build(tg, diary, REAL)
    await bot.start(webhook=HOOK)
    app = Starlette(routes=[webhook_route(SECRET, bot.take)])
    async with AsyncClient(transport=ASGITransport(app), base_url="https://x") as client:
        for number in range(300):
            flood = update(10 + number, "spam spam")
            flood["message"]["chat"]["id"] = flood["message"]["from"]["id"] = 9001  # type: ignore[index]
            pushed = await client.post(WEBHOOK_PATH, json=flood, headers=RIGHT)
            assert pushed.status_code == 200
        begun = time.monotonic()
        await client.post(WEBHOOK_PATH, json=update(400), headers=RIGHT)
        await tg.until(lambda: tg.accepted(7001))
        assert time.monotonic() - begun < SOON
    await bot.stop()


async def test_texts_that_are_pushed_in_another_order_are_decided_in_their_own(
    tg: StandIn, diary: Diary
) -> None:
    tg.person(7001, "Ada", started=True)
    bot = build(tg, diary)
    await bot.start(webhook=HOOK)
    app = Starlette(routes=[webhook_route(SECRET, bot.take)])
    async with AsyncClient(transport=ASGITransport(app), base_url="https://x") as client:
        for number in (5, 7, 6, 9, 8):
            await client.post(WEBHOOK_PATH, json=update(number, str(number)), headers=RIGHT)
        await tg.until(lambda: diary.finished == 5)
    await bot.stop()
    texts = [one.text for one in diary.received if isinstance(one, Typed)]
    assert texts == ["5", "6", "7", "8", "9"]
