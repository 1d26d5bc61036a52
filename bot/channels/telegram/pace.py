"""In which order and how fast: updates of one chat in turn, messages under the messenger's limits.

Knows no texts, no cards and no meaning of an update.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiolimiter import AsyncLimiter
from telegram import Update
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, BaseUpdateProcessor

from bot.channels.telegram.errors import wait_seconds
from bot.channels.telegram.turns import Turns
from bot.messaging.messages import Leave, check_time

log = logging.getLogger("bot.telegram")

_NEW_MESSAGES = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
_MOST_WAITS = 3
_MARGIN = 0.25
_MOST_WAITING = 1024
_MANY_CHATS = 512


class Pace(AIORateLimiter):
    """Spaces messages out, and keeps quiet for as long as the messenger asks.

    One message every 1/`per_second` seconds over all chats, without bursts; cards that are edited,
    which is what a tap waits for, go before new messages. One new message a chat every `between`
    seconds. After a 429, which means "not accepted", nothing is written to any chat for the stated
    time and the same call is made again; a wait above `patience` seconds is raised, so that the
    caller can plan it.
    """

    __slots__ = ("_all", "_between", "_patience", "_quiet_until", "_turns")

    def __init__(self, per_second: float, between: float, patience: float) -> None:
        # The library's own limit lets twice as many leave in the first second, or loses a few
        # percent by timers that come late: all chats take turns of ours instead.
        super().__init__(overall_max_rate=0, overall_time_period=0)
        self._all = Turns(per_second, time.monotonic)
        self._between = between
        self._patience = patience
        self._quiet_until = 0.0
        self._turns: dict[str, AsyncLimiter] = {}

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Any,
    ) -> Any:
        """One call to the Bot API, when it is its turn; see the library's base class.

        `rate_limit_args` is a `Leave` or None: whether the message may still leave is decided when
        its turn has come, because the machine may have slept while it waited.
        """
        leave: Leave | None = rate_limit_args

        async def call(*args: Any, **kwargs: Any) -> Any:
            await self._quiet()
            await self._all.turn(urgent=endpoint not in _NEW_MESSAGES)
            check_time(leave)
            return await callback(*args, **kwargs)

        if "chat_id" not in data:
            # An acknowledgement that waits is worth nothing.
            call = callback
        elif endpoint in _NEW_MESSAGES:
            await self._turn(str(data["chat_id"])).acquire()
        for _ in range(_MOST_WAITS):
            try:
                return await super().process_request(call, args, kwargs, endpoint, data, None)
            except RetryAfter as problem:
                seconds = wait_seconds(problem)
                if seconds > self._patience or "chat_id" not in data:
                    raise
                self._hold(seconds)
        return await super().process_request(call, args, kwargs, endpoint, data, None)

    def _hold(self, seconds: float) -> None:
        log.warning("the messenger asks for a pause of %g s", seconds)
        until = asyncio.get_running_loop().time() + seconds + _MARGIN
        self._quiet_until = max(self._quiet_until, until)

    async def _quiet(self) -> None:
        # The pause may grow while we wait.
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


@dataclass
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class ChatOrder(BaseUpdateProcessor):
    """Handles the updates of one chat one by one, in order, and `at_once` chats side by side.

    A chat that waits for its own earlier update takes no place from the others.
    """

    __slots__ = ("_places", "_queues")

    def __init__(self, at_once: int) -> None:
        super().__init__(_MOST_WAITING)
        self._places = asyncio.Semaphore(at_once)
        self._queues: dict[int, _Queue] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Awaits the handler when the chat and a place are free."""
        chat = update.effective_chat if isinstance(update, Update) else None
        # The library takes anything for a number.
        number = chat.id if chat and isinstance(chat.id, int) else 0
        async with self._turn(number), self._places:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    @asynccontextmanager
    async def _turn(self, chat: int) -> AsyncIterator[None]:
        queue = self._queues.setdefault(chat, _Queue())
        queue.length += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.length -= 1
            if not queue.length:
                del self._queues[chat]
