"""The bot under test: the real library over real HTTP, with an inbox that records."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest

from bot.channels.telegram import TelegramBot, TelegramChannel, Timing, build_telegram
from bot.messaging.messages import Card, Inbound, Reply, Say, Sender
from tests.standin.control import StandIn
from tests.standin.fixtures import telegram_standin

__all__ = ["telegram_standin"]

QUICK = Timing(
    connect=2, answer=0.4, connection=2, poll=5, per_second=2000, between=0.001, patience=3,
    pauses=(0.01, 0.02),
)  # fmt: skip


def echo(inbound: Inbound) -> Reply:
    """Return a reply that names the kind of the message."""
    return Reply(says=(Say(Card(type(inbound).__name__)),))


@dataclass
class Diary:
    """An inbox that records what it receives and replies as the test says."""

    answer: Callable[[Inbound], Reply] = lambda _: Reply()
    received: list[Inbound] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    finished: int = 0
    open_door: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open_door.set()

    async def receive(self, inbound: Inbound) -> Reply:
        self.received.append(inbound)
        await self.open_door.wait()
        reply = self.answer(inbound)
        self.finished += 1
        return reply

    async def shown(self, sender: Sender, say: Say, ref: str) -> None:
        self.refs.append(ref)


@pytest.fixture
def tg(telegram_standin: StandIn) -> StandIn:
    return telegram_standin


@pytest.fixture
def diary() -> Diary:
    return Diary()


def build(tg: StandIn, diary: Diary, timing: Timing = QUICK) -> TelegramBot:
    return build_telegram(
        tg.token, diary, base_url=tg.base_url, base_file_url=tg.base_file_url, timing=timing
    )


@pytest.fixture
async def bot(tg: StandIn, diary: Diary) -> AsyncIterator[TelegramBot]:
    """A bot that polls."""
    bot = build(tg, diary)
    await bot.start()
    yield bot
    await bot.stop()


@pytest.fixture
async def channel(tg: StandIn, diary: Diary) -> AsyncIterator[TelegramChannel]:
    """A bot that only sends."""
    bot = build(tg, diary)
    await bot.start(poll=False)
    yield bot.channel
    await bot.stop()
