"""The front door: each inbound message is sorted to its use case, in one transaction.

Implements the `Inbox` of the channels. Decides nothing about interviews.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import looks_like_code
from bot.access.room_codes import looks_like_room_code
from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import (
    Addressed,
    Commanded,
    Filled,
    HandedIn,
    Inbound,
    Membership,
    Moved,
    Odd,
    Oddity,
    Reply,
    Say,
    Sender,
    Tapped,
    Typed,
    Uploaded,
)
from bot.participants import (
    buttons,
    commands,
    handing_in,
    interrupted,
    interviewer,
    joining,
    no_answers,
    office_messages,
    room_guests,
    stopping,
    strangers,
    typed_texts,
)
from bot.participants.files_shown import FilesShown
from bot.participants.senders import sender_of
from bot.participants.shown_cards import Shown, ShownCards, store
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat import joining as staff_joining
from bot.staff_chat.dispatch import Request, StaffChat, look_and_repeat, request_of
from storage.office.notices import move_chat
from storage.office.staff import Member, find_member
from storage.operations.inbox import mark_handled
from storage.people.addresses import move_address
from surveys.people import Participant


class Reception:
    """The `Inbox` of all channels. `clock` returns the present moment, aware and in UTC."""

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        clock: Callable[[], datetime],
        staff: StaffChat,
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._clock = clock
        self._staff = staff
        self._shown = ShownCards(transactions)
        self._files = FilesShown(transactions, office, clock)
        self.tell_staff: Callable[[], None] = _later
        """Called when notices for staff should not wait for the next round."""

    def opens(self, inbound: Inbound) -> bool:
        """Return whether a message may be a way in: a code, or a command for everybody."""
        match inbound:
            case Commanded():
                return joining.joins(inbound) or inbound.name in strangers.OPEN_COMMANDS
            case Typed(_, text):
                return looks_like_code(text) or looks_like_room_code(text)
        return False

    def is_long(self, inbound: Inbound) -> bool:
        """Return whether a message asks for work that may take minutes."""
        request = request_of(inbound)
        return request is not None and request.long

    async def receive(self, inbound: Inbound) -> Reply:
        """Return the reply to a message, with everything it changes committed."""
        return await self._files.around(self._taken, inbound)

    async def _taken(self, inbound: Inbound) -> Reply:
        rehearsed = self._staff.rehearsed(inbound)
        if rehearsed is not None:
            return rehearsed
        request = request_of(inbound)
        if request is not None:
            sender = inbound.sender
            member = await self._transactions.read(find_member, sender.channel, sender.identifier)
            if member is not None:
                return await self._asked(request, member, sender)
        reply = await self._received(inbound)
        if reply.tells_staff:
            self.tell_staff()
        return reply

    async def _received(self, inbound: Inbound) -> Reply:
        shown = await self._shown.take(inbound.sender)
        now = self._clock()
        try:
            return await self._transactions.write(after, shown, self._office, inbound, now)
        except BaseException:
            self._shown.put_back(shown)
            raise

    async def shown(self, sender: Sender, say: Say, ref: str) -> None:
        """Store the message that shows an interview and its question, if either is new."""
        await self.answered(replace(sender, row=None), [(say, ref)])
        await self.flush()

    async def answered(self, sender: Sender, delivered: Sequence[tuple[Say, str]]) -> None:
        """Note the messages that show interviews, and that the row is settled; stored soon."""
        cards = tuple(
            (say, ref)
            for say, ref in delivered
            if not self._staff.shown(sender, say, ref)
            and say.case_id is not None
            and (ref != say.replace or say.item is not None)
        )
        if cards or sender.row is not None:
            self._shown.note(Shown(sender, cards, self._clock()))

    async def flush(self) -> None:
        """Store what was noted, if the database can be used now."""
        await self._shown.store()

    async def _asked(self, request: Request, member: Member, sender: Sender) -> Reply:
        """Return the reply to a request of staff, which is begun once: it may be many transactions."""
        if sender.row is not None:
            now = self._clock()
            if not await self._transactions.write(mark_handled, sender.row, now):
                return look_and_repeat()
        return await self._staff.answer(request, member)


def _later() -> None:
    """The next round tells the staff."""


def after(
    connection: Connection, shown: Sequence[Shown], office: Office, inbound: Inbound, now: datetime
) -> Reply:
    """Store what was shown in a chat before, and return the reply to its next message."""
    if shown:
        store(connection, shown)
    return received(connection, office, inbound, now)


def received(connection: Connection, office: Office, inbound: Inbound, now: datetime) -> Reply:
    """Return the reply to a message, from sorting to saving, in one transaction."""
    sender = inbound.sender
    if not mark_handled(connection, sender.row, now):
        return again(connection, office, inbound, now)
    if isinstance(inbound, Odd) and inbound.kind is Oddity.GROUP:
        return strangers.in_group(sender)
    if isinstance(inbound, Commanded) and joining.joins(inbound):
        return _joined(connection, office, sender, inbound.argument, now)
    if isinstance(inbound, Commanded) and inbound.name in strangers.OPEN_COMMANDS:
        return strangers.OPEN_COMMANDS[inbound.name](sender)
    known = sender_of(connection, office, inbound, now)
    if isinstance(inbound, Moved):
        move_chat(connection, sender.channel, sender.identifier, inbound.new_identifier)
    if known is None:
        return _from_unknown_chat(connection, office, inbound, now)
    return heard(*known, inbound)


def again(connection: Connection, office: Office, inbound: Inbound, now: datetime) -> Reply:
    """Return the reply to a message that was decided before, and whose reply may have been lost."""
    sender = inbound.sender
    if isinstance(inbound, Membership | Moved):
        return Reply()
    known = sender_of(connection, office, inbound, now)
    if known is not None:
        return interrupted.again(*known)
    if find_member(connection, sender.channel, sender.identifier):
        return look_and_repeat()
    return strangers.interrupted(sender)


def _joined(
    connection: Connection, office: Office, sender: Sender, code: str, now: datetime
) -> Reply:
    """Return the reply to a code: of a participant or a room, of staff, or of nobody."""
    return (
        joining.join(connection, office, sender, code, now)
        or staff_joining.join(connection, sender, code, now)
        or joining.unknown_code(connection, office, sender, now)
    )


def _from_unknown_chat(
    connection: Connection, office: Office, inbound: Inbound, now: datetime
) -> Reply:
    """Return the reply to a chat of no participant.

    It may send a code, be a guest in a room, or be of staff; else it is a stranger.
    """
    sender = inbound.sender
    if isinstance(inbound, Typed):
        text = inbound.text
        if looks_like_code(text) or looks_like_room_code(text):
            return _joined(connection, office, sender, text, now)
        guest = room_guests.wrote(connection, office, sender, text, now)
        if guest is not None:
            return guest
    if isinstance(inbound, Odd) and inbound.kind is Oddity.TOO_MANY:
        return strangers.too_many(sender)
    if not isinstance(inbound, Membership | Moved):
        member = staff_joining.greet(connection, sender)
        if member is not None:
            return member
    return strangers.refused(office, inbound)


def heard(context: InboundContext, participant: Participant, inbound: Inbound) -> Reply:
    """Return the reply to a message of somebody the office knows, who is locked.

    One person's messages are decided in turn, also beside the fieldwork of another process.
    """
    match inbound:
        case Membership(_, active):
            stopping.set_membership(context, active=active)
        case Moved(_, new_identifier):
            move_address(context.connection, context.address.id, new_identifier, context.now)
        case Tapped():
            return buttons.tapped(context, participant, inbound)
        case Commanded():
            return commands.commanded(context, participant, inbound)
        case Typed():
            return typed_texts.typed(context, participant, inbound)
        case Filled():
            return interviewer.filled(context, participant, inbound)
        case HandedIn():
            return handing_in.handed_in(context, participant, inbound)
        case Addressed(_, text):
            return office_messages.addressed(context, text)
        case Odd(_, Oddity.TOO_MANY):
            return interrupted.too_many(context, participant)
        case Odd(_, kind):
            return no_answers.sent_odd(context, participant, kind)
        case Uploaded():
            return no_answers.sent_odd(context, participant, Oddity.OTHER)
    return Reply()
