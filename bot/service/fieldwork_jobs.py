"""The jobs of a running process: waves, messages of each channel, reminders, notices, housekeeping.

Letters to sign in leave also while everything else waits for an administrator, who may need one.
"""

import asyncio
from functools import partial

import structlog

from bot.fieldwork.holding import held, hold_after_gap
from bot.outbox.round_summary import RoundSummary
from bot.runtime.clock import utc_now
from bot.runtime.transactions import Transactions
from bot.service.assembly import Service
from bot.service.jobs import Job
from bot.service.menus import MenuKeeper
from storage.operations.heartbeats import record_heartbeat

SECONDS_BETWEEN_BEATS = 5.0
WAVES_LIMIT, NOTICES_LIMIT, DAILY_LIMIT = 600.0, 300.0, 3600.0
"""The time limits of jobs in seconds. Sending has none: each message has its own."""
log = structlog.get_logger("run")


class Heartbeats:
    """Stores that a job has worked, each at most every few seconds."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._last: dict[str, float] = {}

    async def __call__(self, job: str) -> None:
        """Store a heartbeat of a job, with the time of the machine."""
        now = asyncio.get_running_loop().time()
        if now - self._last.get(job, -SECONDS_BETWEEN_BEATS) >= SECONDS_BETWEEN_BEATS:
            self._last[job] = now
            await self._transactions.write(record_heartbeat, job, utc_now())


def jobs_of(service: Service, seconds: int) -> list[Job]:
    """Return the jobs of a service, not started. Messages wait for the first look at the waves."""
    work = _Work(service)
    notices = Job("notices", work.notices, seconds, NOTICES_LIMIT)
    letters = Job("letters", work.letters, seconds, NOTICES_LIMIT)
    service.application.reception.tell_staff = notices.soon
    service.application.letters.soon = letters.soon
    jobs = [
        letters,
        Job("waves", work.waves, seconds, WAVES_LIMIT),
        Job("elearning", work.elearning, seconds, None),
        Job("digests", work.digests, seconds, None),
        notices,
        Job("housekeeping", work.housekeeping, seconds, DAILY_LIMIT),
    ]
    channels = service.application.office.rules.channels
    return jobs + [Job(name, partial(work.send, name), seconds, None) for name in channels]


class _Work:
    """What the jobs do."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._rounds = service.application.rounds
        self._transactions = service.application.transactions
        self._menus = MenuKeeper()
        self._looked = asyncio.Event()

    async def waves(self) -> None:
        """Open and close the waves that are due."""
        began = asyncio.get_running_loop().time()
        try:
            stays = await self._transactions.write(
                hold_after_gap, self._service.application.office, utc_now()
            )
            summary = await self._rounds.update_waves(stays)
        finally:
            self._looked.set()
        await self._rounds.queue_notices(summary)
        self._service.housekeeping.observe(asyncio.get_running_loop().time() - began)
        if summary.opened or summary.closed or summary.missed:
            log.info("waves", opened=summary.opened, closed=summary.closed, missed=summary.missed)

    async def _must_wait(self) -> bool:
        """Wait for the first look at the waves; return whether everything is held after a long gap."""
        await self._looked.wait()
        return await self._transactions.read(held, utc_now())

    async def send(self, channel: str) -> None:
        """Send what is due through a channel that has started."""
        if await self._must_wait():
            return
        summary = RoundSummary()
        if await self._rounds.outbox.send_through(channel, summary):
            await self._rounds.queue_notices(summary)
            log.info("tick", channel=channel, **summary.outcomes)

    async def elearning(self) -> None:
        """Send the e-learning reminders that are due."""
        if await self._must_wait():
            return
        summary = RoundSummary()
        await self._rounds.outbox.send_elearning_reminders(summary)
        await self._rounds.queue_notices(summary)

    async def digests(self) -> None:
        """Send the monthly messages to members of staff that are due."""
        if await self._must_wait():
            return
        summary = RoundSummary()
        await self._rounds.digests.send(summary)
        await self._rounds.queue_notices(summary)

    async def notices(self) -> None:
        """Tell the staff, and show them the commands that they have."""
        telegram = self._service.telegram
        if telegram is not None and telegram.channel.name in self._service.channels:
            await self._menus.keep(self._transactions, telegram)
        await self._rounds.tell_staff()

    async def letters(self) -> None:
        """Send the letters with which staff sign in."""
        summary = RoundSummary()
        await self._service.application.letters.send(summary)
        await self._rounds.queue_notices(summary)

    async def housekeeping(self) -> None:
        """Do the daily work while no message is under way; at the latest some hours later."""
        stays = await self._must_wait()
        idle = not self._rounds.outbox.busy
        daily = self._service.housekeeping.daily
        await asyncio.to_thread(daily, utc_now(), held=stays, idle=idle)
