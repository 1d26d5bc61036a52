"""/relink in chat: people with a new account, or in the room of a workshop, for organisers to decide.

A thin skin over `bot.desk.people.relinking`. Names are shown to staff only.
"""

from collections.abc import Callable
from datetime import datetime

from bot.desk.people import relinking
from bot.desk.people.relinking import RelinkRequest
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from storage.office.staff import Member

NOBODY = "Nobody waits to be confirmed."
CHECK = "Ask the person by a way that you know before you approve."
LISTED = 20


class RelinkChat:
    """Wishes of people with a new account."""

    def __init__(
        self, transactions: Transactions, office: Office, clock: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._clock = clock

    async def list_wishes(self) -> Reply:
        """Everybody who waits, with two buttons each."""
        return Reply(says=(Say(await self._card()),))

    async def shown(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """The button for the same list, as it is now."""
        return Reply(says=(Say(await self._card(), tap.ref),))

    async def decide(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """Approve or refuse, then show who still waits."""
        number, agreed = (*found.numbers, 0, 0)[:2]
        person = await self._transactions.write(
            relinking.decide_relink,
            self._office.acting_as(member.code),
            number,
            self._clock(),
            agreed=bool(agreed),
        )
        said = "answers from this account now" if agreed else "is not linked to this account"
        return Reply(f"{person.code} {said}.", (Say(await self._card(), tap.ref),))

    async def _card(self) -> Card:
        wishes = (await self._transactions.read(relinking.relink_requests))[:LISTED]
        if not wishes:
            return Card(NOBODY)
        rows: list[tuple[Button, ...]] = [
            (
                Button(f"Approve {number}", token(Action.OFFICE_RELINK, wish.number, 1)),
                Button(f"Refuse {number}", token(Action.OFFICE_RELINK, wish.number, 0)),
            )
            for number, wish in enumerate(wishes, 1)
        ]
        rows.append((Button("Refresh", token(Action.OFFICE_WISHES)),))
        lines = [wish_text(number, wish) for number, wish in enumerate(wishes, 1)]
        return Card("\n".join([*lines, CHECK]), tuple(rows))


def wish_text(number: int, wish: RelinkRequest) -> str:
    """A wish in one line."""
    since = f", since {wish.since:%d %b %Y}" if wish.since else ""
    room = f", in the room of {wish.room}" if wish.room else ""
    return f"{number}. {wish.name}, {wish.administrations} ({wish.participant}){room}{since}"
