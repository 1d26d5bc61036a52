"""/messages in chat: what people wrote to the office, with what can be done about it.

The work is done by `bot.desk.people.messages`. Names and texts are shown to organisers only.
"""

from collections.abc import Sequence
from functools import partial

from bot.desk.people.messages import (
    ReadMessage,
    Settled,
    Waiting,
    read_messages,
    settle_message,
    unsettle_message,
)
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import OLD_LIST
from bot.wording.counts import counted
from bot.wording.days import day_at
from storage.database import NotFound
from storage.office.staff import Member

NOBODY = "No message to the office waits."
LONGEST = 3_000
"""Characters of messages that are shown together."""


async def list_messages(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/messages: the messages that wait, with buttons for each."""
    return Reply(says=(Say(await _card(context, member)),))


async def refresh(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the messages that wait now."""
    return Reply(says=(Say(await _card(context, member), tap.ref),))


async def settle(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Settled]: a message was dealt with. Undo brings it back."""
    office, now = context.office_of(member), context.clock()
    done = await context.transactions.write(settle_message, office, _number(found), now)
    undo = Button("Undo", token(Action.OFFICE_UNSETTLE, done.number))
    return _said(done, tap, undo)


async def unsettle(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Undo]: a message waits again."""
    office, now = context.office_of(member), context.clock()
    done = await context.transactions.write(unsettle_message, office, _number(found), now)
    return _said(done, tap)


def _said(done: Settled, tap: Tapped, *buttons: Button) -> Reply:
    back = Button("Show all", token(Action.OFFICE_MESSAGES))
    return Reply(says=(Say(Card(done.said, ((*buttons, back),)), tap.ref),))


async def _card(context: StaffContext, member: Member) -> Card:
    office, now = context.office_of(member), context.clock()
    read = partial(read_messages, office=office, now=now)
    return messages_card(await context.transactions.write(read), office.zone)


def messages_card(found: Waiting, zone: str) -> Card:
    """Return the messages that fit together, oldest first, and how many more wait."""
    if not found.messages:
        return Card(NOBODY)
    shown = _fitting(found.messages)
    lines = [message_text(number, one, zone) for number, one in enumerate(shown, 1)]
    if found.waiting > len(shown):
        more = counted(found.waiting - len(shown), "more message waits", "more messages wait")
        lines.append(f"{more}, to be shown when these are settled.")
    rows = [_row(number, one) for number, one in enumerate(shown, 1)]
    return Card("\n\n".join(lines), tuple(rows))


def message_text(number: int, one: ReadMessage, zone: str) -> str:
    """Return a message under who wrote it, when, and in which workshops the person is."""
    workshops = ", ".join(one.workshops) or "no workshop"
    head = (
        f"{number}. {one.name} ({one.participant}), {workshops}, {day_at(one.written_at, zone)}:"
    )
    return f"{head}\n{one.text}"


def _row(number: int, one: ReadMessage) -> tuple[Button, ...]:
    settled = Button(f"Settled {number}", token(Action.OFFICE_SETTLE, one.number))
    return (settled, Button(f"Cases {number}", token(Action.OFFICE_CASES, one.person)))


def _fitting(messages: Sequence[ReadMessage]) -> list[ReadMessage]:
    """Return the first messages that fit together; the very first always."""
    fitting: list[ReadMessage] = []
    used = 0
    for one in messages:
        used += len(one.text)
        if fitting and used > LONGEST:
            break
        fitting.append(one)
    return fitting


def _number(found: Token) -> int:
    if len(found.numbers) != 1:
        raise NotFound(OLD_LIST)
    return found.numbers[0]
