"""The bot under test: the real library over real HTTP, with an inbox that records."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from bot.channels.telegram import TelegramBot, TelegramChannel, Timing, build_telegram
from bot.inbox.protocol import Delivered
from bot.inbox.rows import Rows
from bot.inbox.work import Pauses
from bot.messaging.messages import Card, Inbound, Reply, Say, Sender, Typed
from bot.runtime.transactions import Transactions
from storage.database import Database
from storage.operations.inbox import settle
from storage.people.addresses import add_address
from storage.people.participants import NewParticipant, add_participant
from tests.patience import BRIEF, PATIENCE
from tests.standin.control import StandIn
from tests.standin.fixtures import telegram_standin

__all__ = ["telegram_standin"]

QUICK = Timing(
    connect=PATIENCE, answer=PATIENCE, connection=PATIENCE, poll=5, per_second=2000,
    between=0.001, patience=3, pauses=(0.01, 0.02), inbox=Pauses(first=0.01, longest=0.1),
)  # fmt: skip
IMPATIENT = replace(QUICK, answer=BRIEF)
"""For a messenger that never answers."""


NOW = datetime(2018, 6, 18, 12, tzinfo=UTC)
KNOWN = (7001, 7002)
"""Chats of participants."""


def echo(inbound: Inbound) -> Reply:
    """Return a reply that names the kind of the message."""
    return Reply(says=(Say(Card(type(inbound).__name__)),))


@dataclass
class Diary:
    """An inbox that records what it receives and replies as the test says."""

    transactions: Transactions
    answer: Callable[[Inbound], Reply] = lambda _: Reply()
    received: list[Inbound] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    finished: int = 0
    patient: set[str] = field(default_factory=set)
    """Chats that ask for long work."""
    open_door: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open_door.set()

    async def receive(self, inbound: Inbound) -> Reply:
        self.received.append(inbound)
        await self.open_door.wait()
        reply = self.answer(inbound)
        self.finished += 1
        return reply

    def opens(self, inbound: Inbound) -> bool:
        return isinstance(inbound, Typed) and inbound.text == "CODE"

    def is_long(self, inbound: Inbound) -> bool:
        return inbound.sender.identifier in self.patient

    async def answered(self, sender: Sender, delivered: Delivered) -> None:
        self.refs += [ref for _, ref in delivered]
        await self.transactions.write(settle, sender.row, NOW)

    async def flush(self) -> None:
        """All is stored at once."""


@pytest.fixture
def tg(telegram_standin: StandIn) -> StandIn:
    return telegram_standin


@pytest.fixture
def transactions(sqlite_database: Database) -> Iterator[Transactions]:
    """A database in which the chats of the tests belong to participants."""
    transactions = Transactions(sqlite_database)
    sqlite_database.run(enrol_chats)
    yield transactions
    transactions.close()


def enrol_chats(connection: Connection) -> None:
    for chat in KNOWN:
        person = add_participant(connection, NewParticipant(f"P-{chat}", "Ada", "en"))
        add_address(connection, person.id, "telegram", str(chat), NOW)


@pytest.fixture
def diary(transactions: Transactions) -> Diary:
    return Diary(transactions)


def build(tg: StandIn, diary: Diary, timing: Timing = QUICK) -> TelegramBot:
    return build_telegram(
        tg.token,
        diary,
        Rows(diary.transactions, lambda: NOW),
        base_url=tg.base_url,
        base_file_url=tg.base_file_url,
        timing=timing,
    )


@pytest.fixture
def timing() -> Timing:
    """How long the bot waits; a test with a messenger that never answers takes IMPATIENT."""
    return QUICK


@pytest.fixture
async def bot(tg: StandIn, diary: Diary, timing: Timing) -> AsyncIterator[TelegramBot]:
    """A bot that polls."""
    bot = build(tg, diary, timing)
    await bot.start()
    yield bot
    await bot.stop()


@pytest.fixture
async def channel(tg: StandIn, diary: Diary, timing: Timing) -> AsyncIterator[TelegramChannel]:
    """A bot that only sends."""
    bot = build(tg, diary, timing)
    await bot.start(poll=False)
    yield bot.channel
    await bot.stop()
