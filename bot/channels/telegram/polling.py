"""Polls for updates, and confirms an update only when it is settled.

The library confirms updates as soon as they are fetched: a process that is killed right after
that would lose them.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.inbox.settling import UpdateNumbers

_WAIT_SECONDS = 0.25
"""A slow update delays the next poll by at most this."""


class PollingBot(ExtBot[None]):
    """The library's bot, with polls that start at the first unsettled update.

    An update that is fetched again because of that is passed on only once.
    """

    def __init__(self, numbers: UpdateNumbers, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._numbers = numbers

    async def get_updates(
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: int | timedelta | None = None,  # noqa: ASYNC109 - the library's own name
        allowed_updates: Any = None,
        **more: Any,
    ) -> tuple[Update, ...]:
        """Return the new updates; `offset` is lowered to the first unsettled update."""
        await self._numbers.wait_until_settled(_WAIT_SECONDS)
        first = self._numbers.offset_of_poll(offset)
        found = await super().get_updates(first, limit, timeout, allowed_updates, **more)
        fresh = self._numbers.take(update.update_id for update in found)
        return tuple(update for update in found if update.update_id in fresh)

    async def confirm_settled(self) -> None:
        """At the end: confirm what was settled since the last poll, so that it does not come again."""
        offset = self._numbers.offset_at_end()
        with suppress(TelegramError):
            if offset:
                await super().get_updates(offset, limit=1, timeout=0)
