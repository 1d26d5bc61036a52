"""The queue of one channel: claims what it can send in the next seconds, sends it, stores outcomes.

Each channel has its own, so that a mute server stops nothing but its own messages. A claim is
committed before its message waits for its turn, `leaving` just before the first byte, the outcome
after it. A process that dies in between leaves claims, which are due again, and messages that were
leaving, whose outcome becomes unknown: those may have arrived and are not sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.messaging.messages import Channel
from bot.outbox.breaker import Breaker
from bot.outbox.claiming import Batch, claim_batch
from bot.outbox.delivery import Delivery
from bot.outbox.guarded import Troubles, note_fault
from bot.outbox.recovery import (
    postpone_after_fault,
    postpone_after_trouble,
    recover_own,
    take_back,
)
from bot.outbox.round_summary import RoundSummary
from bot.outbox.sending import Contact, SendingContext, store_result
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from storage.fieldwork.claims import set_leaving

SECONDS_TO_STOP = 3.0
"""How long a stop waits for messages that are on their way."""
LONGEST_BETWEEN_CLAIMS = timedelta(hours=1)
"""A clock that jumps further ends the run: the next one asks whether it can be right."""
Progress = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class _Sending:
    contact: Contact
    delivery: Delivery


class ChannelQueue:
    """Sends the contacts of one channel. The clock is read for each message: machines may sleep."""

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        channel: Channel,
        clock: Callable[[], datetime],
        progress: Progress,
    ) -> None:
        self.breaker = Breaker(channel.name)
        self._transactions = transactions
        self._office = office
        self._channel = channel
        self._clock = clock
        self._progress = progress
        self._sending = SendingContext(transactions.lease.number, channel.name)
        self._running: dict[asyncio.Task[None], _Sending] = {}
        self._stopping = False
        self._failed: BaseException | None = None
        self._claimed_at: datetime | None = None
        self._one_run = asyncio.Lock()
        self._troubles = Troubles()

    async def send_due(self, summary: RoundSummary) -> None:
        """Contact each person who is due through this channel; count it in `summary`."""
        async with self._one_run:
            try:
                await self._run(summary)
            except Exception as error:
                # What was not confirmed may be stored all the same: the next run settles it.
                self._failed = error
                raise
            if self._failed is not None:
                raise self._failed
        if self.breaker.works:
            await self._progress(self._channel.name)

    async def _run(self, summary: RoundSummary) -> None:
        try:
            await self._recover()
            self._claimed_at = None
            while await self._claim_some(summary) or self._running:
                await self._wait_for_one()
        finally:
            await self._end_running()

    @property
    def busy(self) -> bool:
        """Whether a message is under way."""
        return bool(self._running)

    def stop(self) -> None:
        """Claim and send nothing more; `send_due` ends when what is on its way has its outcome.

        What has none within its time is cut off, and its outcome is unknown.
        """
        self._stopping = True
        for sending in self._running.values():
            sending.delivery.stopped = True
        self._cut_waiting()
        asyncio.get_running_loop().call_later(SECONDS_TO_STOP, self._cut_all)

    async def _recover(self) -> None:
        """Settle what a run has left whose outcome could not be stored; nothing is under way now."""
        if self._failed is not None:
            await self._transactions.write(recover_own, self._office, self._sending, self._clock())
        self._failed = None

    async def _claim_some(self, summary: RoundSummary) -> bool:
        """Claim as many messages as there is room for and begin to send them; False if none is due."""
        while free := self._free():
            now, last = self._clock(), self._claimed_at
            if last is not None and abs(now - last) > LONGEST_BETWEEN_CLAIMS:
                return False
            self._claimed_at = now
            batch = await self._transactions.write(self._claim, free)
            for case_id, error in batch.faults:
                note_fault(f"Case {case_id}", error, summary)
                summary.count("fault")
            for contact in batch.contacts:
                self._begin(contact, summary)
            if batch.contacts or not batch.changed:
                return bool(batch.contacts)
        return False

    def _free(self) -> int:
        """Return how many messages to claim: several at a time, so that a claim costs little."""
        ends = self._stopping or self._failed is not None
        room = 0 if ends else self.breaker.room(self._clock())
        free = room - len(self._running)
        return free if 2 * free >= room else 0

    def _claim(self, connection: Connection, limit: int) -> Batch:
        """Claim at the moment when the transaction begins, not when it was queued."""
        return claim_batch(connection, self._office, self._sending, limit, self._clock())

    def _begin(self, contact: Contact, summary: RoundSummary) -> None:
        delivery = Delivery(self._channel, self.breaker, self._clock)
        delivery.stopped = self._stopping
        task = asyncio.create_task(self._send_guarded(contact, delivery, summary))
        self._running[task] = _Sending(contact, delivery)

    async def _send_guarded(
        self, contact: Contact, delivery: Delivery, summary: RoundSummary
    ) -> None:
        item = f"Case {contact.claimed.case_id}"
        try:
            outcome = await self._send(contact, delivery)
        except Exception as error:
            fault = self._troubles.is_fault(item, error, summary)
            await self._postpone(contact, fault, delivery.may_have_left)
            outcome = "fault" if fault else "postponed"
        else:
            self._troubles.worked(item)
        if outcome != "":
            summary.count(outcome)

    async def _postpone(self, contact: Contact, fault: bool, left: bool) -> None:
        """Leave a contact to a later round; if that cannot be stored, the run ends."""
        write, now = self._transactions.write, self._clock()
        if fault:
            await write(postpone_after_fault, contact.claimed.case_id, now)
        else:
            await write(postpone_after_trouble, self._office, contact, left, now)

    async def _send(self, contact: Contact, delivery: Delivery) -> str:
        """Send a claimed message; return its kind and outcome, "" if it has not left."""
        number = contact.claimed.id
        mark = partial(
            self._transactions.write, set_leaving, number, self._transactions.lease.number
        )
        result = await delivery.send(contact, mark)
        if result is None:
            await self._give_back(contact, left=False)
            return ""
        await self._transactions.write(store_result, self._office, contact, result, self._clock())
        return f"{contact.claimed.kind}_{result.outcome}"

    async def _wait_for_one(self) -> None:
        """Wait until a message has its outcome.

        If it could not be stored, nothing more is claimed, and the run ends with the others.
        """
        done, _ = await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
        if not self.breaker.room(self._clock()):
            self._cut_waiting()
        for task in done:
            sending = self._running.pop(task)
            if task.cancelled() and sending.delivery.stopped:
                await self._give_back(sending.contact, sending.delivery.left)
            elif not task.cancelled() and (error := task.exception()) is not None:
                self._failed = error
            else:
                task.result()
        if self.breaker.works:
            await self._progress(self._channel.name)

    def _cut_waiting(self) -> None:
        """Take back what waits for its turn while the channel rests."""
        for task, sending in self._running.items():
            if not sending.delivery.left:
                sending.delivery.stopped = True
                task.cancel()

    def _cut_all(self) -> None:
        for task, sending in self._running.items():
            sending.delivery.stopped = True
            task.cancel()

    async def _end_running(self) -> None:
        """Cut off what is left when a run ends with an error, or from outside."""
        if not self._running:
            return
        self._cut_all()
        running, self._running = self._running, {}
        await asyncio.wait(running)
        for task, sending in running.items():
            if task.cancelled():
                await self._give_back(sending.contact, sending.delivery.left)

    async def _give_back(self, contact: Contact, left: bool) -> None:
        """Make a claim due again; a message that may have left gets an unknown outcome."""
        await self._transactions.write(take_back, self._office, contact, left, self._clock())
