"""/relink in chat: people with a new account, or in the room of a workshop, for organisers to confirm.

The work is done by `bot.desk.people.relinking`. Names are shown to staff only.
"""

from bot.desk.people.relinking import RelinkRequest, decide_relink, relink_requests
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from storage.office.staff import Member

NOBODY = "Nobody is waiting to be confirmed."
CHECK = "Before you approve, ask the person by a phone number or an address that you already know."
LISTED = 20


async def list_wishes(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/relink: everybody who waits, with two buttons each."""
    return Reply(says=(Say(await _card(context)),))


async def refresh(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the list as it is now."""
    return Reply(says=(Say(await _card(context), tap.ref),))


async def decide(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Approve or refuse, then show who still waits."""
    number, agreed = (*found.numbers, 0, 0)[:2]
    office, now = context.office_of(member), context.clock()
    person = await context.transactions.write(
        decide_relink, office, number, now, agreed=bool(agreed)
    )
    said = "answers from this account now" if agreed else "is not linked to this account"
    return Reply(f"{person.code} {said}.", (Say(await _card(context), tap.ref),))


async def _card(context: StaffContext) -> Card:
    wishes = (await context.transactions.read(relink_requests))[:LISTED]
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
    """Return a person who waits in one line."""
    since = f", since {wish.since:%d %b %Y}" if wish.since else ""
    room = f", in the room of {wish.room}" if wish.room else ""
    return f"{number}. {wish.name}, {wish.administrations} ({wish.participant}){room}{since}"
