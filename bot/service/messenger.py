"""Starts the messenger of a service, again and again until it can be reached, and elects who polls.

The page and the letters do not wait for it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.channels.telegram import TelegramBot, TokenRefused, Webhook
from bot.messaging.messages import DeliveryError
from bot.service.assembly import Service
from bot.service.jobs import Job
from bot.service.leader_election import ELECTION_SECONDS, LeaderElection

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds between two tries to start; the pause doubles."""
START_LIMIT = 120.0
log = structlog.get_logger("messenger")


@asynccontextmanager
async def messenger(service: Service, webhook: Webhook | None) -> AsyncIterator[None]:
    """Receive updates by webhook, or by polling while this process leads.

    Raises TokenRefused if the messenger refuses the token now; later that is logged.
    """
    if service.telegram is None:
        yield
        return
    starting = _Starting(service, service.telegram, webhook)
    await starting.first_try()
    job = Job("messenger", starting.keep, ELECTION_SECONDS, START_LIMIT)
    job.start()
    try:
        yield
    finally:
        await job.end()


class _Starting:
    """A messenger that is started as soon as it can be reached."""

    def __init__(self, service: Service, telegram: TelegramBot, webhook: Webhook | None) -> None:
        self._service = service
        self._telegram = telegram
        self._webhook = webhook
        self._election = LeaderElection(telegram, service.application.transactions.lease)
        self._started = False
        self._pause = FIRST_PAUSE
        self._next_try = 0.0

    async def first_try(self) -> None:
        """Start it, or plan to try again."""
        try:
            await self._start()
        except DeliveryError as error:
            self._postpone(error.reason)

    async def keep(self) -> None:
        """Try again to start it when that is due; once it has started, hold the election."""
        if not self._started and asyncio.get_running_loop().time() >= self._next_try:
            try:
                await self.first_try()
            except TokenRefused:
                self._postpone("token refused")
        if self._started and not self._webhook:
            await self._election.hold()

    async def _start(self) -> None:
        await self._telegram.start(poll=False, webhook=self._webhook)
        self._started = True
        self._service.open_channel(self._telegram.channel)
        log.info("messenger_started", bot=self._telegram.username)

    def _postpone(self, reason: str) -> None:
        log.error("messenger_not_started", reason=reason, next_try_in=self._pause)
        self._next_try = asyncio.get_running_loop().time() + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
