"""The work of the fieldwork by jobs: waves, messages of each channel, reminders, notices.

What is due is decided by rows in the database, so a job that is late or repeated does no harm.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.fieldwork.due_workshops import plan_due_workshops
from bot.fieldwork.notices import queue_notices, update_and_notify
from bot.messaging.messages import Channel
from bot.outbox.guarded import Troubles
from bot.outbox.loop import Outbox
from bot.outbox.notices import send_notices
from bot.outbox.recovery import recover_claims
from bot.outbox.round_summary import RoundSummary
from bot.runtime.transactions import Transactions
from bot.service.digests import Digests
from bot.settings.office import Office
from bot.staff_chat.wave_messages import keep_up_to_date
from storage.due_workshops import workshops_due
from storage.fieldwork.due_contacts import forget_channels_except
from storage.operations.heartbeats import NOTICES, TICK
from surveys.planning.public_days import know_rules


async def _untold(_job: str) -> None:
    """The progress of rounds that nobody watches."""


class Rounds:
    """The jobs of one process. `channels` maps the names of channels to channels.

    `outbox` sends the messages; it can be used alone between two rounds. `digests` are the monthly
    messages to staff. `progress` is told the name of a job whenever a step of it has worked.
    """

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
    ) -> None:
        self.progress: Callable[[str], Awaitable[None]] = _untold
        self.outbox = Outbox(transactions, office, channels, clock, self._tell)
        self.digests = Digests(transactions, office, channels, clock)
        self._transactions = transactions
        self._office = office
        self._channels = channels
        self._clock = clock
        self._stopping = False
        self._troubles = Troubles()

    async def recover(self) -> int:
        """Register this process, settle the attempts of dead ones, and import what is slow to import.

        Return how many messages may have been sent. Call it once, before the first round. Raises
        Conflict if another process uses the same SQLite file.
        """
        await asyncio.to_thread(self._transactions.lease.enter)
        # Otherwise the first to plan a contact does, while others wait for its transaction.
        await asyncio.to_thread(know_rules)
        await asyncio.to_thread(plan_due_workshops, self._transactions.database, self._office)
        await self._transactions.write(forget_channels_except, self._office.rules.channels)
        return await self._recover_claims()

    def stop(self) -> None:
        """Begin nothing more; each job ends after the step that it is in."""
        self._stopping = True
        self.outbox.stop()

    async def tick(self, held: bool = False) -> RoundSummary:
        """Run all jobs once: the waves of each due workshop, then the messages, then the notices.

        With `held` only the notices are sent.
        """
        summary = await self.update_waves(held)
        if not held:
            await self.outbox.send_due(summary)
            await self.outbox.send_elearning_reminders(summary)
            await self.digests.send(summary)
        await self.queue_notices(summary)
        await self.tell_staff()
        return summary

    async def update_waves(self, held: bool = False) -> RoundSummary:
        """Settle attempts of dead processes; open and close the waves of the workshops that are due.

        With `held` nothing is touched: by a wrong clock each attempt is old, and each wave is over.
        """
        summary = RoundSummary()
        await asyncio.to_thread(self._transactions.lease.renew)
        if not held:
            await self._recover_claims()
        due = [] if held else await self._transactions.read(workshops_due, self._clock())
        while due:
            due = [code for code in due if await self._update_workshop(code, summary)]
            await asyncio.sleep(self._transactions.pause if due else 0)
        await self._tell(TICK)
        return summary

    async def _update_workshop(self, code: str, summary: RoundSummary) -> bool:
        """Do a slice of what is due for a workshop; return whether more is left."""
        if self._stopping:
            return False
        work = self._transactions.write(update_and_notify, self._office, code, self._clock())
        change = await self._troubles.guarded(f"Workshop {code}", work, summary)
        if change is None:
            return False
        summary.add(change)
        await self._tell(TICK)
        return change.more

    async def queue_notices(self, summary: RoundSummary) -> None:
        """Queue the notices that a job has left."""
        if summary.notices:
            await self._transactions.write(queue_notices, summary.notices, self._clock())

    async def tell_staff(self) -> None:
        """Send the notices that are due, and update the messages in which staff follow waves."""
        await send_notices(self._transactions, self._channels, self._clock())
        await keep_up_to_date(self._transactions, self._office, self._channels, self._clock())
        await self._tell(NOTICES)

    async def _tell(self, job: str) -> None:
        await self.progress(job)

    async def _recover_claims(self) -> int:
        lease, now = self._transactions.lease, self._clock()
        return await self._transactions.write(recover_claims, self._office, lease, now)
