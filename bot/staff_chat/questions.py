"""Acts that cannot easily be undone are confirmed by a second button."""

from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from storage.office.staff import Member


def confirmation(question: str, action: Action, tap: Tapped, found: Token) -> Reply:
    """Return a question whose Yes does `action` to what the tapped button named."""
    row = (
        Button("Yes", token(action, *found.numbers)),
        Button("No", token(Action.OFFICE_CANCEL, *found.numbers)),
    )
    return Reply(says=(Say(Card(question, (row,)), tap.ref),))


async def cancel(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[No] or [Cancel]: nothing is done."""
    return Reply(says=(Say(Card("Nothing was changed."), tap.ref),))
