"""Which message shows an interview, and that its row of the inbox is answered.

Stored with the next message of the same chat, or a second later for all chats at once: a transaction for
each reply would cost as much as the answer. After a kill within this second, the next process shows
the present card of the chat again, as after a kill before the reply.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.messaging.messages import Say, Sender
from bot.runtime.transactions import Transactions
from bot.settings.logs import place_of
from storage.database import is_passing
from storage.fieldwork.cases import CardShown, set_cards
from storage.operations.inbox import settle_all

log = logging.getLogger("bot.inbox")

SOON = 1.0
"""Seconds until it is stored."""


@dataclass(frozen=True)
class Shown:
    """The cards of a reply that were delivered, with their refs, and when."""

    sender: Sender
    cards: tuple[tuple[Say, str], ...]
    at: datetime

    @property
    def chat(self) -> tuple[str, str]:
        """The channel and the chat."""
        return self.sender.channel, self.sender.identifier


class ShownCards:
    """What was shown and is not stored yet, in order."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._waiting: list[Shown] = []
        self._storing = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def note(self, shown: Shown) -> None:
        """Store this soon."""
        self._waiting.append(shown)
        self._wait()

    def put_back(self, shown: Sequence[Shown]) -> None:
        """Store soon what was taken and could not be stored."""
        self._waiting = [*shown, *self._waiting]
        self._wait()

    def _wait(self) -> None:
        if self._waiting and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(SOON, self._begin)

    async def take(self, sender: Sender) -> list[Shown]:
        """Return what was shown in a chat; the caller stores it before anything else of this chat."""
        chat = sender.channel, sender.identifier
        if self._storing.locked():
            # It may be among what is being stored.
            async with self._storing:
                pass
        mine = [one for one in self._waiting if one.chat == chat]
        if mine:
            self._waiting = [one for one in self._waiting if one.chat != chat]
        return mine

    async def store(self) -> None:
        """Store all now. What the database cannot take now is stored later."""
        async with self._storing:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            waiting, self._waiting = self._waiting, []
            try:
                await self._store(waiting)
            except (DBAPIError, PoolTimeout):
                self.put_back(waiting)

    async def _store(self, waiting: Sequence[Shown]) -> None:
        try:
            if waiting:
                await self._transactions.write(store, waiting)
        except Exception as error:
            if is_passing(error):
                raise
            if len(waiting) == 1:
                log.error("a reply was not noted: %s at %s", type(error).__name__, place_of(error))
                return
            for one in waiting:
                await self._store([one])

    def _begin(self) -> None:
        self._timer = None
        self._task = asyncio.create_task(self.store())


def store(connection: Connection, shown: Sequence[Shown]) -> None:
    """Store in which messages the cards of interviews were shown, and settle the rows."""
    settle_all(connection, [(one.sender.row, one.at) for one in shown if one.sender.row])
    cards = [
        CardShown(say.case_id, one.chat, ref, say.item, one.at)
        for one in shown
        for say, ref in one.cards
        if say.case_id is not None
    ]
    set_cards(connection, cards)
