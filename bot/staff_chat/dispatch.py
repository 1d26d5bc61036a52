"""The staff chat: finds the row of a message, checks the role of the sender, and runs the handler.

Everybody who is not staff gets the answers of a participant, or of a stranger.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from bot.desk.waves.invented_cases import INVENTED
from bot.messaging.messages import (
    Card,
    Commanded,
    Inbound,
    Reply,
    Say,
    Sender,
    Tapped,
    Typed,
    Uploaded,
)
from bot.messaging.tokens import read_token
from bot.participants.joining import joins
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.buttons import BUTTONS
from bot.staff_chat.commands import COMMANDS, UPLOADS
from bot.staff_chat.context import StaffContext
from storage.database import Conflict, NotFound
from storage.office.staff import Member, StaffRole

NOT_YOURS = "You do not have access to this. Ask an organiser."
LOOK = "The bot stopped while it worked on this. Please look whether it was done, and repeat it if not."
PASTED = "pasted.txt"
"""What a table is called that was pasted as a message."""
LONG_AT_A_TIME = 2
"""Requests with long work that are handled at a time; the next ones wait for them."""


@dataclass(frozen=True)
class Request:
    """A message with a row in a table of staff: the role it needs, and what handles it.

    `refusal` is the reply to a member whose role is too low. `long` says that its work may take
    minutes.
    """

    role: StaffRole
    handle: Callable[[StaffContext, Member], Awaitable[Reply]]
    refusal: Reply
    long: bool = False


def request_of(inbound: Inbound) -> Request | None:
    """Return the request that a message is if it comes from staff; None if it is never one."""
    match inbound:
        case Commanded():
            return _command(inbound)
        case Tapped():
            return _tap(inbound)
        case Uploaded():
            return _upload(inbound)
        case Typed() if is_table(inbound.text):
            content = inbound.text.encode()
            return _upload(Uploaded(inbound.sender, PASTED, content, len(content)))
    return None


def is_table(text: str) -> bool:
    """Return whether a text is a table that was copied from a spreadsheet: lines with tabs."""
    lines = text.strip("\n").splitlines()
    return len(lines) > 1 and all("\t" in line for line in lines)


def _command(command: Commanded) -> Request | None:
    row = COMMANDS.get(command.name)
    if row is None or joins(command):
        return None
    handler = row.handler
    return Request(
        row.role,
        lambda context, member: handler(context, command, member),
        Reply(says=(Say(Card(NOT_YOURS)),)),
        row.long,
    )


def _tap(tap: Tapped) -> Request | None:
    token = read_token(tap.token)
    row = BUTTONS.get(token.action) if token else None
    if token is None or row is None:
        return None
    handler = row.handler
    return Request(
        row.role,
        lambda context, member: handler(context, tap, token, member),
        Reply(NOT_YOURS),
        row.long,
    )


def _upload(uploaded: Uploaded) -> Request:
    return Request(
        UPLOADS.role,
        lambda context, member: UPLOADS.handler(context, uploaded, member),
        Reply(says=(Say(Card(NOT_YOURS)),)),
        long=True,
    )


def look_and_repeat() -> Reply:
    """Return the reply to a request that was begun by a process that has ended since."""
    return Reply(says=(Say(Card(LOOK)),))


class StaffChat:
    """What staff do in chat. Organisers run waves; managers read reports."""

    def __init__(
        self, transactions: Transactions, office: Office, clock: Callable[[], datetime]
    ) -> None:
        self._context = StaffContext(transactions, office, clock)
        self._long = asyncio.Semaphore(LONG_AT_A_TIME)

    async def answer(self, request: Request, member: Member) -> Reply:
        """Return the reply to a request of a member of the staff."""
        if not member.role.may(request.role):
            return request.refusal
        try:
            async with self._long if request.long else nullcontext():
                return await request.handle(self._context, member)
        except (Conflict, NotFound) as error:
            return Reply(says=(Say(Card(str(error))),))

    def rehearsed(self, inbound: Inbound) -> Reply | None:
        """Return the reply to a message of a rehearsal; None to any other message."""
        return self._context.rehearsals.receive(inbound, self._context.clock())

    def shown(self, sender: Sender, say: Say, ref: str) -> bool:
        """Note in which message a card of a rehearsal was shown; False for any other card."""
        if say.case_id != INVENTED:
            return False
        self._context.rehearsals.shown(sender, ref)
        return True
