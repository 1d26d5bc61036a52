"""Sends the letters with which staff sign in to the desk: at most once each, with a new link.

A letter waits until it leaves, so a process that ends before costs nobody the letter. Just before its
first byte it is stored as left, together with the link; after that it is never sent again.
"""

from collections.abc import Callable
from functools import cached_property

from bot.desk.office.sign_in_letters import LetterDue, give_link, give_up, letters_due
from bot.desk.office.signing_in import LINK_LASTS, PATH, new_secret
from bot.messaging.messages import Card
from bot.outbox.breaker import Breaker
from bot.outbox.delivery import Delivery
from bot.outbox.round_summary import RoundSummary
from bot.service.staff_messages import StaffMessage, StaffMessages
from bot.wording.days import moment_words
from surveys.planning.channels import EMAIL
from surveys.planning.dispositions import Outcome

LETTER = (
    "Sign in to the follow-up desk\n\n"
    "This link signs you in to the desk of {office}:\n\n{url}\n\n"
    "It works once and until {until}. Open it and press “Sign in”. Do not pass it on: it signs in as "
    "you.\n\n"
    "If you did not ask for it, you need do nothing."
)


def nobody_waits() -> None:
    """Do nothing, as long as no job runs that could send letters."""


class SignInLetters(StaffMessages):
    """The letters of one process. `soon` is called when somebody has asked for one."""

    soon: Callable[[], None] = staticmethod(nobody_waits)

    @cached_property
    def _breaker(self) -> Breaker:
        return Breaker(EMAIL)

    async def send(self, summary: RoundSummary) -> None:
        """Send the letters that were asked for and have not left, one after the other."""
        for letter in await self._transactions.read(letters_due, self._clock()):
            if EMAIL in self._channels and not self._breaker.rests(self._clock()):
                item = f"Letter to {letter.member.code}"
                await self._troubles.guarded(item, self._send(letter), summary)

    async def _send(self, letter: LetterDue) -> None:
        secret, now = new_secret(), self._clock()
        delivery = Delivery(self._channels[EMAIL], self._breaker, self._clock)
        leaves = self._transactions.write

        async def leave() -> bool:
            return await leaves(give_link, self._office, letter, secret, self._clock())

        result = await delivery.send(
            StaffMessage(letter.member.email, self._card(secret), now), leave
        )
        if result is not None and result.outcome is Outcome.FAILED:
            await self._transactions.write(give_up, letter, self._clock())

    def _card(self, secret: str) -> Card:
        url = f"{self._office.public_url or ''}{PATH}{secret}"
        until = moment_words(self._clock() + LINK_LASTS, self._office.zone)
        return Card(LETTER.format(office=self._office.name, url=url, until=until))
