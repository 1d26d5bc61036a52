"""The sending loop: claims each message that is due, sends it, stores the outcome.

The claim is committed before the message leaves and the outcome after it. A process that dies in
between leaves claims, which the next start marks as unknown: those messages may have arrived and
are not sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from sqlalchemy import Connection

from bot.messaging.messages import Channel, DeliveryError
from bot.outbox import elearning_reminders
from bot.outbox.round_summary import RoundSummary
from bot.outbox.sending import (
    Contact,
    Message,
    SendingContext,
    SendResult,
    claim_contact,
    postpone_after_fault,
    result_of,
    store_result,
)
from bot.runtime.transactions import Transactions
from bot.settings.logs import place_of
from bot.settings.office import Office
from storage.fieldwork.due_contacts import due_cases
from storage.fieldwork.elearning_reminders import due_reminders
from surveys.planning.dispositions import Outcome

BATCH_SIZE = 200
"""Due cases that are read at a time."""
CONCURRENCY = 16
"""Messages that are sent at the same time; more would only wait in the queue of the messenger."""
CLAIM_LIFETIME = timedelta(minutes=1)
"""A claim older than this does not leave: the machine slept, so the contact is planned again."""

T = TypeVar("T")
log = structlog.get_logger("outbox")


async def guarded(item: str, work: Awaitable[T], summary: RoundSummary) -> T | None:
    """Return the result of `work`, or None if it raised: one faulty item does not stop the others.

    The exception is logged by its kind and place, and the organisers get a notice.
    """
    try:
        return await work
    except Exception as error:
        log.error("fault", item=item, error=type(error).__name__, place=place_of(error))
        summary.notices.append(f"{item}: a fault, see the log. It is tried again later.")
        return None


class Outbox:
    """Sends what is due through the channels of one process. `channels` maps names to channels.

    The clock is read for each message, because the machine may sleep in the middle of a round.
    """

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._channels = channels
        self._clock = clock
        self._paused_until: dict[str, datetime] = {}

    async def send_due(self, summary: RoundSummary) -> None:
        """Contact each person whose next contact is due, at most once; count it in `summary`."""
        seen: set[int] = set()
        gate = asyncio.Semaphore(CONCURRENCY)
        while due := await self._due_cases(seen):
            seen.update(due)
            # All are awaited before an error is raised: a fault that cannot be stored in one case
            # must not cut off the messages of the others.
            ended = await asyncio.gather(
                *(self._send_guarded(gate, one, summary) for one in due), return_exceptions=True
            )
            for error in ended:
                if error is not None:
                    raise error

    async def send_contact(self, case_id: int) -> str:
        """Claim the contact of a case, send it and store the outcome.

        Return kind and outcome, such as "reminder_sent"; "" if nothing had to be sent.
        """
        contact = await self._transactions.write(self._claim, case_id, self._sending_context())
        if contact is None:
            return ""
        result = await self._send(contact)
        await self._transactions.write(store_result, self._office, contact, result, self._clock())
        return f"{contact.claimed.kind}_{result.outcome}"

    async def send_elearning_reminders(self, summary: RoundSummary) -> None:
        """Send the e-learning reminders that are due, one after the other."""
        for number in await self._transactions.read(due_reminders, self._clock()):
            work = self._send_elearning_reminder(number)
            outcome = await guarded(f"Enrolment {number}", work, summary)
            if outcome:
                summary.count(f"elearning_{outcome}")

    async def _due_cases(self, seen: set[int]) -> list[int]:
        """Return the next batch of due cases without those that were `seen` in this round."""
        limit = BATCH_SIZE + len(seen)
        found = await self._transactions.read(due_cases, self._clock(), limit)
        return [case_id for case_id in found if case_id not in seen]

    async def _send_guarded(
        self, gate: asyncio.Semaphore, case_id: int, summary: RoundSummary
    ) -> None:
        async with gate:
            outcome = await guarded(f"Case {case_id}", self.send_contact(case_id), summary)
            if outcome is None:
                await self._transactions.write(postpone_after_fault, case_id, self._clock())
            if outcome != "":
                summary.count(outcome or "fault")

    async def _send_elearning_reminder(self, number: int) -> str:
        """Claim, send and settle the reminder of an enrolment; return its outcome, "" if none."""
        now, paused = self._clock(), self._sending_context().paused
        reminder = await self._transactions.write(
            elearning_reminders.claim, self._office, number, now, paused
        )
        if reminder is None:
            return ""
        result = await self._send(reminder)
        await self._transactions.write(
            elearning_reminders.store, self._office, reminder, result, self._clock()
        )
        return str(result.outcome)

    def _sending_context(self) -> SendingContext:
        now = self._clock()
        paused = {name for name, until in self._paused_until.items() if now < until}
        # Contacts are planned for all channels of the rules; what this process cannot send stays due.
        paused |= set(self._office.rules.channels) - self._channels.keys()
        return SendingContext(self._transactions.lease.number, paused)

    def _claim(
        self, connection: Connection, case_id: int, sending: SendingContext
    ) -> Contact | None:
        """Claim at the moment when the transaction begins, not when it was queued."""
        return claim_contact(connection, self._office, case_id, self._clock(), sending)

    async def _send(self, message: Message) -> SendResult:
        """Send once; if the chat has moved, send once more to its new identifier."""

        def fresh() -> bool:
            return abs(self._clock() - message.at) <= CLAIM_LIFETIME

        channel = self._channels[message.address.channel]
        moved_to = None
        try:
            ref = await channel.send(message.address.identifier, message.card, leave=fresh)
        except DeliveryError as error:
            if error.moved_to is None:
                return self._failed(channel, error)
            moved_to = error.moved_to
            try:
                ref = await channel.send(moved_to, message.card, leave=fresh)
            except DeliveryError as second:
                return replace(self._failed(channel, second), moved_to=moved_to)
        return SendResult(Outcome.SENT, ref=ref, moved_to=moved_to)

    def _failed(self, channel: Channel, error: DeliveryError) -> SendResult:
        now = self._clock()
        if error.reason == "refused":
            log.error("message_refused", channel=channel.name)
        if error.retry_after is not None:
            # A pause that is asked for one message holds for the channel: the others stay due.
            self._paused_until[channel.name] = now + timedelta(seconds=error.retry_after)
        return result_of(error, now)
