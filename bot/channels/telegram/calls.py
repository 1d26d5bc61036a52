"""Calls to the messenger that take and return plain values.

The library makes objects of all that is sent and answered. For a tap these cost more than its decision,
and the bot reads one number of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.messaging.messages import Leave

MOST = 100
"""Updates of one poll: the most that the messenger gives."""


class PlainBot(ExtBot[Any]):
    """The library's bot, with calls whose parameters and results are as the Bot API has them."""

    async def updates(
        self, offset: int, seconds: float, kinds: Sequence[str], limit: int = MOST
    ) -> list[Any]:
        """Return the updates from `offset` on; waits for some seconds if there are none."""
        wanted = {
            "offset": offset,
            "limit": limit,
            "timeout": int(seconds),
            "allowed_updates": list(kinds),
        }
        patience = (self._request[0].read_timeout or 0) + seconds
        found = await self._post("getUpdates", wanted, read_timeout=patience)
        return found if isinstance(found, list) else []

    async def call(
        self, method: str, parameters: Mapping[str, Any], leave: Leave | None = None
    ) -> Any:
        """Make a call at its pace; return the result. Raises the library's errors."""
        try:
            return await self._post(
                method, dict(parameters), api_kwargs=self._merge_api_rl_kwargs(None, leave)
            )
        except (KeyError, TypeError) as error:
            raise TelegramError("the answer has no result") from error

    async def show(
        self, method: str, parameters: Mapping[str, Any], leave: Leave | None = None
    ) -> str:
        """Make a call that sends a message; return the number of the message in its chat."""
        sent = await self.call(method, parameters, leave)
        if not isinstance(sent, dict) or type(sent.get("message_id")) is not int:
            raise TelegramError("the answer names no message")
        return str(sent["message_id"])
