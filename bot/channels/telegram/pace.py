"""The pace of outgoing messages, below the limits of the messenger. Knows no texts and no cards."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter

from bot.channels.telegram.errors import wait_seconds
from bot.channels.telegram.turns import Turns, Window
from bot.messaging.messages import Leave, check_time

log = logging.getLogger("bot.telegram")

_NEW_MESSAGES = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
_MESSAGES = _NEW_MESSAGES | {"editMessageText"}
_MOST_WAITS = 3
_MARGIN = 0.25
_MANY_CHATS = 512


class Pace(AIORateLimiter):
    """Spaces messages out, and pauses for as long as the messenger asks.

    One message each 1/`per_second` seconds over all chats, without bursts, and one new message each
    `between` seconds to the same chat. Edits, which a tap waits for, go before new messages. After a
    429, which means that the message was not accepted, nothing is sent to any chat for the given
    time, then the call is repeated. A pause above `patience` seconds is raised instead, and any pause
    asked for a message of the outbox, which plans the message for later.
    """

    __slots__ = ("_all", "_between", "_departures", "_patience", "_quiet_until", "_turns")

    def __init__(self, per_second: float, between: float, patience: float) -> None:
        # The library's own limiter allows twice the rate in the first second, or loses some percent
        # because timers are late, so `Turns` takes its place.
        super().__init__(overall_max_rate=0, overall_time_period=0)
        self._all = Turns(per_second, time.monotonic)
        self._departures = Window(int(per_second), time.monotonic)
        self._between = between
        self._patience = patience
        self._quiet_until = 0.0
        self._turns: dict[str, AsyncLimiter] = {}

    async def depart(self, method: str) -> None:
        """Wait until a call may leave over its connection.

        After its turn a call is stored as leaving, and connects. If all that stands still for a moment,
        those whose turns came one after the other would leave together.
        """
        if method in _MESSAGES:
            await self._departures.pass_through()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Any,
    ) -> Any:
        """Make one call to the Bot API when it is its turn; see the library's base class.

        `rate_limit_args` is a `Leave` or None. It is called when the turn has come, because the
        machine may have slept in the meantime.
        """
        leave: Leave | None = rate_limit_args

        async def call(*args: Any, **kwargs: Any) -> Any:
            await self._quiet()
            await self._all.turn(urgent=endpoint not in _NEW_MESSAGES)
            await check_time(leave)
            return await callback(*args, **kwargs)

        if "chat_id" not in data:
            # Acknowledgements of taps never wait: a late one is useless.
            call = callback
        elif endpoint in _NEW_MESSAGES:
            await self._turn(str(data["chat_id"])).acquire()
        for _ in range(_MOST_WAITS):
            try:
                return await super().process_request(call, args, kwargs, endpoint, data, None)
            except RetryAfter as problem:
                seconds = wait_seconds(problem)
                if "chat_id" not in data:
                    raise
                if seconds <= self._patience:
                    self._hold(seconds)
                if seconds > self._patience or leave is not None:
                    raise
        return await super().process_request(call, args, kwargs, endpoint, data, None)

    def _hold(self, seconds: float) -> None:
        log.warning("the messenger asks for a pause of %g s", seconds)
        until = asyncio.get_running_loop().time() + seconds + _MARGIN
        self._quiet_until = max(self._quiet_until, until)

    async def _quiet(self) -> None:
        # The pause may be extended in the meantime.
        left = self._quiet_left()
        while left > 0:
            await asyncio.sleep(left)
            left = self._quiet_left()

    def _quiet_left(self) -> float:
        return self._quiet_until - asyncio.get_running_loop().time()

    def _turn(self, chat: str) -> AsyncLimiter:
        if len(self._turns) > _MANY_CHATS:
            rested = [key for key, turn in self._turns.items() if turn.has_capacity()]
            for key in rested:
                del self._turns[key]
        return self._turns.setdefault(chat, AsyncLimiter(1, self._between))
