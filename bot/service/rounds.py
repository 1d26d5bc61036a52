"""One round: opens and closes waves, sends what is due, tells the staff.

What is due is decided by rows in the database, so a round that is late or repeated does no harm.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.fieldwork.due_workshops import plan_due_workshops
from bot.fieldwork.notices import queue_notices, update_and_notify
from bot.messaging.messages import Channel
from bot.outbox.loop import Outbox, guarded
from bot.outbox.notices import send_notices
from bot.outbox.round_summary import RoundSummary
from bot.outbox.sending import recover_claims
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.wave_messages import keep_up_to_date
from storage.due_workshops import workshops_due


class Rounds:
    """The rounds of one process. `channels` maps the names of channels to channels.

    `outbox` sends the messages; it can be used alone between two rounds.
    """

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
    ) -> None:
        self.outbox = Outbox(transactions, office, channels, clock)
        self._transactions = transactions
        self._office = office
        self._channels = channels
        self._clock = clock

    async def recover(self) -> int:
        """Register this process and settle the claims of dead ones; return their number.

        Call it once, before the first round. A claimed message may have arrived, so it is not
        sent again. Raises Conflict if another process uses the same SQLite file.
        """
        await asyncio.to_thread(self._transactions.lease.enter)
        await asyncio.to_thread(plan_due_workshops, self._transactions.database, self._office)
        return await self._recover_claims()

    async def tick(self) -> RoundSummary:
        """Run one round: the waves of each due workshop, then the messages, then the notices."""
        summary = RoundSummary()
        await asyncio.to_thread(self._transactions.lease.renew)
        await self._recover_claims()
        await self._update_waves(summary)
        await self.outbox.send_due(summary)
        await self.outbox.send_elearning_reminders(summary)
        if summary.notices:
            await self._transactions.write(queue_notices, summary.notices, self._clock())
        await send_notices(self._transactions, self._channels, self._clock())
        await keep_up_to_date(self._transactions, self._office, self._channels, self._clock())
        return summary

    async def _update_waves(self, summary: RoundSummary) -> None:
        """Open and close the waves of the workshops that are due."""
        for code in await self._transactions.read(workshops_due, self._clock()):
            work = self._transactions.write(update_and_notify, self._office, code, self._clock())
            change = await guarded(f"Workshop {code}", work, summary)
            if change is not None:
                summary.add(change)

    async def _recover_claims(self) -> int:
        lease, now = self._transactions.lease, self._clock()
        return await self._transactions.write(recover_claims, self._office, lease, now)
