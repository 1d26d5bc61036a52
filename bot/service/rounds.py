"""The outgoing side: opens waves, contacts the people who are due, closes waves.

`tick()` is one round. The attempt row is committed before a message leaves; the outcome is
stored after it. A round that is interrupted leaves claims which the next start calls unknown.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection

from bot.fieldwork.due_workshops import plan_due_workshops
from bot.fieldwork.notices import queue_notices, send_notices, update_and_notify
from bot.fieldwork.wave_updates import WaveChanges
from bot.messaging.messages import Channel, DeliveryError
from bot.outbox.elearning_reminders import claim, store
from bot.outbox.sending import (
    Contact,
    Message,
    Sent,
    Shift,
    claim_contact,
    note_fault,
    recover_claims,
    result_of,
    store_result,
)
from bot.runtime.transactions import Transactions
from bot.settings.logs import place_of
from bot.settings.office import Office
from bot.staff_chat.wave_messages import keep_up_to_date
from storage.due_workshops import workshops_due
from storage.fieldwork.cases import due_cases
from storage.fieldwork.elearning_reminders import due_reminders
from surveys.planning.dispositions import Outcome

BATCH = 200
AT_ONCE = 16
"""Messages under way at the same time; more only lengthens the queue of the messenger."""

FRESH = timedelta(minutes=1)
"""A message leaves so soon after its claim, or the clock has jumped and it is planned again."""

T = TypeVar("T")
log = structlog.get_logger("fieldwork")


@dataclass
class Round:
    """What one round did, in numbers, and what the organisers should be told."""

    opened: int = 0
    missed: int = 0
    cases: int = 0
    closed: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def add(self, change: WaveChanges) -> None:
        """Count what was done with the waves of a workshop."""
        self.opened += change.opened
        self.missed += change.missed
        self.cases += change.cases
        self.closed += change.closed
        self.notices += change.notices

    def count(self, outcome: str) -> None:
        """Count one message."""
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1


class Fieldwork:
    """The outgoing side of one process. `channels` are the ways out by their names.

    The clock is asked anew for every message: the machine may sleep in the middle of a round.
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
        self._resting_until: dict[str, datetime] = {}

    async def recover(self) -> int:
        """At start: what those who died had claimed may have arrived, so it is never sent again.

        Raises Conflict where another process works with the same SQLite file.
        """
        lease = self._transactions.lease
        await asyncio.to_thread(lease.enter)
        await asyncio.to_thread(plan_due_workshops, self._transactions.database, self._office)
        return await self._transactions.write(recover_claims, self._office, lease, self._clock())

    async def tick(self) -> Round:
        """One round: see to the waves of each workshop, then contact everybody who is due."""
        done, lease = Round(), self._transactions.lease
        await asyncio.to_thread(lease.renew)
        await self._transactions.write(recover_claims, self._office, lease, self._clock())
        for code in await self._transactions.read(workshops_due, self._clock()):
            keeping = self._transactions.write(
                update_and_notify, self._office, code, self._clock()
            )
            change = await self._guarded(f"Workshop {code}", keeping, done)
            if change is not None:
                done.add(change)
        await self.contact_due(done)
        await self._remind(done)
        if done.notices:
            await self._transactions.write(queue_notices, done.notices, self._clock())
        await send_notices(self._transactions, self._channels, self._clock())
        await keep_up_to_date(self._transactions, self._office, self._channels, self._clock())
        return done

    async def _guarded(self, item: str, work: Coroutine[Any, Any, T], done: Round) -> T | None:
        """The result of work on one item; a fault in it is logged and costs the others nothing."""
        try:
            return await work
        except Exception as error:
            log.error("fault", item=item, error=type(error).__name__, place=place_of(error))
            done.notices.append(f"{item}: a fault, see the log. It is tried again later.")
            return None

    async def contact_due(self, done: Round) -> None:
        """Contact everybody whose next contact is due, each at most once; counted in `done`."""
        seen: set[int] = set()
        gate = asyncio.Semaphore(AT_ONCE)
        while due := [
            number
            for number in await self._transactions.read(
                due_cases, self._clock(), BATCH + len(seen)
            )
            if number not in seen
        ]:
            seen.update(due)
            # Nobody's message is given up because the fault of another one cannot be stored.
            ended = await asyncio.gather(
                *(self._contact_safely(gate, one, done) for one in due), return_exceptions=True
            )
            for error in ended:
                if error is not None:
                    raise error

    async def _contact_safely(self, gate: asyncio.Semaphore, case_id: int, done: Round) -> None:
        async with gate:
            outcome = await self._guarded(f"Case {case_id}", self.contact_one(case_id), done)
            if outcome is None:
                await self._transactions.write(note_fault, case_id, self._clock())
            if outcome != "":
                done.count(outcome or "fault")

    async def contact_one(self, case_id: int) -> str:
        """Claim, send, store the outcome; '' when nothing had to be sent."""
        contact = await self._transactions.write(self._claim, case_id, self._shift())
        if contact is None:
            return ""
        result = await self._send(contact)
        await self._transactions.write(store_result, self._office, contact, result, self._clock())
        return f"{contact.claimed.kind}_{result.outcome}"

    async def _remind(self, done: Round) -> None:
        """The reminders about e-learning that are due: each is claimed before it leaves, once."""
        for number in await self._transactions.read(due_reminders, self._clock()):
            outcome = await self._guarded(f"Enrolment {number}", self._remind_one(number), done)
            if outcome:
                done.count(f"elearning_{outcome}")

    async def _remind_one(self, number: int) -> str:
        now, resting = self._clock(), self._shift().resting
        reminder = await self._transactions.write(claim, self._office, number, now, resting)
        if reminder is None:
            return ""
        result = await self._send(reminder)
        await self._transactions.write(store, self._office, reminder, result, self._clock())
        return str(result.outcome)

    def _shift(self) -> Shift:
        now = self._clock()
        resting = {name for name, until in self._resting_until.items() if now < until}
        # Plans do not depend on which channels this process was started with.
        resting |= set(self._office.rules.channels) - self._channels.keys()
        return Shift(self._transactions.lease.number, resting)

    def _claim(self, connection: Connection, case_id: int, shift: Shift) -> Contact | None:
        """Decided by the moment in which the transaction begins, whatever it had to wait for."""
        return claim_contact(connection, self._office, case_id, self._clock(), shift)

    async def _send(self, contact: Message) -> Sent:
        """Send once; a chat that has moved is tried once under its new identifier."""

        def fresh() -> bool:
            return abs(self._clock() - contact.at) <= FRESH

        channel = self._channels[contact.address.channel]
        moved_to = None
        try:
            ref = await channel.send(contact.address.identifier, contact.card, leave=fresh)
        except DeliveryError as error:
            if error.moved_to is None:
                return self._failed(channel, error)
            moved_to = error.moved_to
            try:
                ref = await channel.send(moved_to, contact.card, leave=fresh)
            except DeliveryError as second:
                return replace(self._failed(channel, second), moved_to=moved_to)
        return Sent(Outcome.SENT, ref=ref, moved_to=moved_to)

    def _failed(self, channel: Channel, error: DeliveryError) -> Sent:
        now = self._clock()
        if error.reason == "refused":
            log.error("message_refused", channel=channel.name)
        if error.retry_after is not None:
            # What a messenger asks of one message it asks of all: the others stay due meanwhile.
            self._resting_until[channel.name] = now + timedelta(seconds=error.retry_after)
        return result_of(error, now)
