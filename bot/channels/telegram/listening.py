"""Fetches updates, and lets the messenger forget one only when what it changed is committed.

The library has them forgotten as soon as they are fetched: a process that is killed just then
would lose a tap. Knows numbers of updates, not what they say.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

_LOOK_AGAIN = 0.25
"""Seconds: so long a slow update holds back the next question for updates, and no longer."""
_REMEMBERED = 1000
"""Updates that were brought, by number, so that one that is brought twice is decided once."""


class ListeningBot(ExtBot[None]):
    """The library's bot, whose questions for updates confirm only what is settled.

    An update that is fetched again meanwhile is passed on once.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fetched: set[int] = set()
        self._in_hand: set[int] = set()
        self._idle = asyncio.Event()
        self._brought: dict[int, asyncio.Event] = {}

    def settle(self, number: int) -> None:
        """The update needs to be kept no longer: what it changed is committed, or it is given up."""
        self._in_hand.discard(number)
        if not self._in_hand:
            self._idle.set()
        if number in self._brought:
            self._brought[number].set()

    def bring(self, number: int) -> tuple[asyncio.Event, bool]:
        """An update came by itself: what is set when it is settled, and whether it is new."""
        new = number not in self._brought
        settled = self._brought.setdefault(number, asyncio.Event())
        done = [one for one, event in self._brought.items() if event.is_set()]
        for one in done[:-_REMEMBERED]:
            del self._brought[one]
        return settled, new

    async def get_updates(
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: int | timedelta | None = None,  # noqa: ASYNC109 - the library's own name
        allowed_updates: Any = None,
        **more: Any,
    ) -> tuple[Update, ...]:
        """New updates; `offset` is lowered to the first update that is not settled yet."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wait_until_idle(), _LOOK_AGAIN)
        if not self._in_hand:
            self._fetched.clear()
        first = min(self._in_hand, default=offset)
        found = await super().get_updates(first, limit, timeout, allowed_updates, **more)
        new = tuple(update for update in found if update.update_id not in self._fetched)
        self._take(update.update_id for update in new)
        return new

    async def forget_settled(self) -> None:
        """At the end: the messenger may forget what was settled since the last question."""
        offset = min(self._in_hand, default=max(self._fetched, default=-1) + 1)
        with suppress(TelegramError):
            if offset:
                await super().get_updates(offset, limit=1, timeout=0)

    async def _wait_until_idle(self) -> None:
        if self._in_hand:
            self._idle.clear()
            await self._idle.wait()

    def _take(self, numbers: Iterable[int]) -> None:
        fresh = set(numbers)
        self._fetched |= fresh
        self._in_hand |= fresh
