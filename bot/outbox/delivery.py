"""One claimed message on its way: whether it has left, and what came of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.messaging.messages import TOO_LATE, Card, Channel, DeliveryError
from bot.outbox.breaker import Breaker
from bot.outbox.sending import SendResult, result_of
from surveys.planning.dispositions import Outcome

CLAIM_LIFETIME = timedelta(minutes=1)
"""A claim older than this does not leave: the machine slept, so the contact is planned again."""
SECONDS_TO_SEND = 240
"""No message takes longer, also where each of several steps has a time limit of its own."""
UNANSWERED = frozenset({"network", "timed_out", "server", "login"})
"""Reasons that say something about the channel, not about one address."""

Mark = Callable[[], Awaitable[bool]]
"""Stores that a message leaves; False if somebody else has taken it."""
log = structlog.get_logger("outbox")


class Outgoing(Protocol):
    """A message to an identifier of a channel; `at` is the time of its claim."""

    @property
    def identifier(self) -> str: ...
    @property
    def card(self) -> Card: ...
    @property
    def at(self) -> datetime: ...


class Delivery:
    """Sends one message through a channel. `left` is true from just before its first byte.

    `may_have_left` is true once the channel was allowed to send: if storing that fails, it is not.
    """

    def __init__(self, channel: Channel, breaker: Breaker, clock: Callable[[], datetime]) -> None:
        self.left = self.may_have_left = False
        self.stopped = False
        self._channel = channel
        self._breaker = breaker
        self._clock = clock

    async def send(self, message: Outgoing, mark: Mark) -> SendResult | None:
        """Send once; if the chat has moved, once more to its new identifier.

        Return None if it has not left, because it waited too long or the process stops.
        """

        def in_time() -> bool:
            return not self.stopped and abs(self._clock() - message.at) <= CLAIM_LIFETIME

        async def leave() -> bool:
            if in_time() and not self.left:
                # Set before it is stored: from here on the message is waited for.
                self.left = True
                self.left = await mark()
            # The machine may also have slept while it was stored.
            self.may_have_left = self.left and in_time()
            return self.may_have_left

        try:
            async with asyncio.timeout(SECONDS_TO_SEND):
                return await self._send(message, leave)
        except TimeoutError:
            return self._unanswered() if self.left else None

    async def _send(self, message: Outgoing, leave: Mark) -> SendResult | None:
        moved_to = None
        try:
            ref = await self._channel.send(message.identifier, message.card, leave=leave)
        except DeliveryError as error:
            if error.moved_to is None:
                return self._failed(error)
            moved_to = error.moved_to
            try:
                ref = await self._channel.send(moved_to, message.card, leave=leave)
            except DeliveryError as second:
                failed = self._failed(second)
                return replace(failed, moved_to=moved_to) if failed else None
        self._breaker.worked()
        return SendResult(Outcome.SENT, ref=ref, moved_to=moved_to)

    def _failed(self, error: DeliveryError) -> SendResult | None:
        now = self._clock()
        if error.reason == TOO_LATE:
            return None
        if error.reason == "refused":
            log.error("message_refused", channel=self._channel.name)
        if error.retry_after is not None:
            self._breaker.pause(now, error.retry_after)
        elif error.reason in UNANSWERED and not error.permanent:
            self._breaker.failed(now)
        else:
            self._breaker.worked()
        return result_of(error, now)

    def _unanswered(self) -> SendResult:
        self._breaker.failed(self._clock())
        return SendResult(Outcome.UNKNOWN, "timed_out")
