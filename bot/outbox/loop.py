"""The outbox: a queue for each channel of the process, and the e-learning reminders."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.messaging.messages import Channel
from bot.outbox import elearning_reminders
from bot.outbox.channel_queue import ChannelQueue, Progress
from bot.outbox.delivery import Delivery
from bot.outbox.guarded import Troubles
from bot.outbox.round_summary import RoundSummary
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from storage.fieldwork.elearning_reminders import (
    due_reminders,
    give_back_reminder,
)

ELEARNING = "elearning"


class Outbox:
    """Sends what is due through the channels of one process. `channels` maps names to channels.

    `channels` may be filled later: a channel that has not started has no queue yet. `progress` is
    told the name of a queue whenever it has worked.
    """

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
        progress: Progress,
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._channels = channels
        self._clock = clock
        self._progress = progress
        self._queues: dict[str, ChannelQueue] = {}
        self._stopping = False
        self._troubles = Troubles()
        self._unsent: list[tuple[int, datetime]] = []
        """Enrolments whose reminder was claimed at a moment, perhaps, and has not left."""

    async def send_due(self, summary: RoundSummary) -> None:
        """Contact each person who is due, through all channels at the same time."""
        queues = [self.send_through(name, summary) for name in tuple(self._channels)]
        # All are awaited before an error is raised: one channel must not cut off the others.
        for error in await asyncio.gather(*queues, return_exceptions=True):
            if isinstance(error, BaseException):
                raise error

    async def send_through(self, name: str, summary: RoundSummary) -> bool:
        """Contact each person who is due through one channel; False if it has not started."""
        if name not in self._channels or self._stopping:
            return False
        await self._queue(name).send_due(summary)
        return True

    @property
    def busy(self) -> bool:
        """Whether a message is under way."""
        return any(queue.busy for queue in self._queues.values())

    async def send_elearning_reminders(self, summary: RoundSummary) -> None:
        """Send the e-learning reminders that are due, one after the other."""
        while self._unsent:
            number, claimed_at = self._unsent[-1]
            await self._give_back(number, claimed_at)
            self._unsent.pop()
        for number in await self._transactions.read(due_reminders, self._clock()):
            if self._stopping:
                return
            work = self._send_elearning_reminder(number)
            outcome = await self._troubles.guarded(f"Enrolment {number}", work, summary)
            if outcome:
                summary.count(f"elearning_{outcome}")
        await self._progress(ELEARNING)

    def stop(self) -> None:
        """Send nothing more; the queues that run end when what is on its way has its outcome."""
        self._stopping = True
        for queue in self._queues.values():
            queue.stop()

    def _queue(self, name: str) -> ChannelQueue:
        if name not in self._queues:
            self._queues[name] = ChannelQueue(
                self._transactions,
                self._office,
                self._channels[name],
                self._clock,
                self._progress,
            )
        return self._queues[name]

    async def _send_elearning_reminder(self, number: int) -> str:
        """Send the reminder of an enrolment and store its outcome; return it, "" if none."""
        now = self._clock()
        reminder = await self._transactions.write(
            elearning_reminders.prepare, self._office, number, now, self._resting(now)
        )
        if reminder is None:
            return ""
        name = reminder.address.channel
        delivery = Delivery(self._channels[name], self._queue(name).breaker, self._clock)
        try:
            result = await delivery.send(reminder, lambda: self._claim(number, now))
        except Exception:
            if delivery.left and not delivery.may_have_left:
                self._unsent.append((number, now))
            raise
        if result is None:
            if delivery.left:
                await self._give_back(number, now)
            return ""
        await self._transactions.write(
            elearning_reminders.store, self._office, reminder, result, self._clock()
        )
        return str(result.outcome)

    async def _claim(self, number: int, now: datetime) -> bool:
        return await self._transactions.write(elearning_reminders.leave, number, now)

    async def _give_back(self, number: int, claimed_at: datetime) -> None:
        await self._transactions.write(give_back_reminder, number, claimed_at, self._clock())

    def _resting(self, now: datetime) -> set[str]:
        """Return the channels of the rules through which this process sends nothing now."""
        here = [name for name in self._channels if not self._queue(name).breaker.rests(now)]
        return set(self._office.rules.channels).difference(here)
