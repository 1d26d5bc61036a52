"""Sends the monthly message to members of staff who wish it: at most once a month each.

It is claimed, and stored as leaving just before its first byte. Who is killed before that has sent
nothing, and the next process sends it. After that it is not sent again, unless the channel has refused
it for now, or the machine slept until it was too late to leave.
"""

from datetime import datetime
from functools import cached_property

import structlog

from bot.desk.today.digest_day import (
    DigestDue,
    claim_digest,
    digest_text,
    digests_due,
    let_digest_leave,
)
from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from bot.outbox.breaker import Breaker
from bot.outbox.delivery import Delivery
from bot.outbox.round_summary import RoundSummary
from bot.outbox.sending import SendResult
from bot.service.staff_messages import StaffMessage, StaffMessages
from storage.office.digests import Way, give_digest_back, set_digest_outcome
from storage.office.notices import move_chat
from surveys.planning.channels import EMAIL
from surveys.planning.dispositions import Outcome

STOP = "Stop these messages"
AT_THE_DESK = "All figures, and how to stop these messages: {url}/desk/monthly"

log = structlog.get_logger("digests")


class Digests(StaffMessages):
    """The monthly messages of one process."""

    @cached_property
    def _breakers(self) -> dict[str, Breaker]:
        return {}

    async def send(self, summary: RoundSummary) -> None:
        """Send the messages that are due, one after the other."""
        due = await self._transactions.read(digests_due, self._office, self._clock())
        for one in due:
            work = self._send(one)
            await self._troubles.guarded(f"Monthly message to {one.member.code}", work, summary)

    async def _send(self, due: DigestDue) -> None:
        name, identifier = _where(due)
        breaker = self._breakers.setdefault(name, Breaker(name))
        if name not in self._channels or not identifier or breaker.rests(self._clock()):
            return

        at = self._clock()
        if not await self._transactions.write(claim_digest, due, at):
            return

        async def leave() -> bool:
            return await self._transactions.write(let_digest_leave, due, at)

        text = await self._transactions.read(digest_text, self._office, due, at)
        message = StaffMessage(identifier, self._card(due, text), at)
        delivery = Delivery(self._channels[name], breaker, self._clock)
        result = await delivery.send(message, leave)
        await self._settle(due, at, result if delivery.left else None)
        if result is not None and result.moved_to is not None:
            await self._transactions.write(move_chat, name, identifier, result.moved_to)

    async def _settle(self, due: DigestDue, at: datetime, result: SendResult | None) -> None:
        """Store what came of a message; without a result, it has not left."""
        this = (due.member.id, due.month)
        if result is None or result.outcome is Outcome.RETRY:
            await self._transactions.write(give_digest_back, *this, at)
            return
        await self._transactions.write(set_digest_outcome, *this, result.outcome)
        if result.outcome is not Outcome.SENT:
            log.warning("monthly_message_not_sent", member=due.member.code, reason=result.detail)

    def _card(self, due: DigestDue, text: str) -> Card:
        if due.way is Way.CHAT:
            return Card(text, ((Button(STOP, token(Action.DIGEST_OFF)),),))
        url = self._office.public_url
        return Card("\n\n".join(filter(None, (text, AT_THE_DESK.format(url=url) if url else ""))))


def _where(due: DigestDue) -> tuple[str, str]:
    """Return the channel of a message, and the identifier of its member there."""
    if due.way is Way.EMAIL:
        return EMAIL, due.member.email
    return due.member.channel, due.member.identifier
