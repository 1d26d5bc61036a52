"""The door: every inbound message comes here and goes to its use case, one transaction each.

Implements the `Inbox` of the channels. Sorts, and decides nothing about interviews.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import looks_like_code
from bot.access.room_codes import looks_like_room_code
from bot.fieldwork.answering import InboundContext
from bot.messaging.messages import (
    Card,
    Commanded,
    Filled,
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
from bot.messaging.tokens import Action, Token, read_token
from bot.participants import contact_channels, enrolling, interviewer, personal_data, room_guests
from bot.participants.interview_views import UNREADABLE
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.permissions import ACTIONS, COMMANDS
from bot.staff_chat.rehearsal import NUMBER
from bot.staff_chat.staff_chat import StaffChat
from bot.wording import service_messages
from bot.wording.menus import chosen_language
from storage.fieldwork.cases import set_card
from storage.office.notices import move_chat
from storage.office.staff import StaffRole, find_member
from storage.people.addresses import find_address, hear_text, move_address
from storage.people.enrolments import enrolments_of
from storage.people.participants import lock_participant
from surveys.items.base import plain
from surveys.people import Participant
from surveys.wording import N_, Words, worded_languages

STOP_WORDS = (N_("stop"), N_("unsubscribe"))
HELP_WORDS = (N_("help"),)
CONSENT_ACTIONS = frozenset({Action.AGREE, Action.DECLINE, Action.STORED})


class Reception:
    """The Inbox of all channels. `clock` gives the present moment, aware and in UTC."""

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

    async def receive(self, inbound: Inbound) -> Reply:
        """The reply to a message; everything it changes is committed when this returns."""
        rehearsed = self._staff.rehearsals.receive(inbound)
        if rehearsed is not None:
            return rehearsed
        if _may_be_for_staff(inbound):
            sender = inbound.sender
            member = await self._transactions.read(find_member, sender.channel, sender.identifier)
            if member is not None:
                return await self._staff.receive(inbound, member)
        now = self._clock()
        return await self._transactions.write(received, self._office, inbound, now)

    async def shown(self, sender: Sender, say: Say, ref: str) -> None:
        """Remember the message an interview lives in and its question, if either is a new one."""
        if say.case_id == NUMBER:
            self._staff.rehearsals.shown(sender, ref)
        elif say.case_id is not None and (ref != say.replace or say.item):
            await self._transactions.write(remember_card, sender, say, ref)


def _may_be_for_staff(inbound: Inbound) -> bool:
    """Whether it goes another way if it comes from somebody of the office."""
    if isinstance(inbound, Commanded):
        # Staff take part in workshops too: a code is a participant's.
        joins = inbound.name == "start" and inbound.argument
        return inbound.name in COMMANDS and not joins
    if isinstance(inbound, Uploaded):
        return True
    token = read_token(inbound.token) if isinstance(inbound, Tapped) else None
    return token is not None and token.action in ACTIONS


def remember_card(connection: Connection, sender: Sender, say: Say, ref: str) -> None:
    """Store the message in which an interview's card was shown."""
    address = find_address(connection, sender.channel, sender.identifier)
    if address is not None and say.case_id is not None:
        set_card(connection, say.case_id, address.id, ref, say.item)


def received(connection: Connection, office: Office, inbound: Inbound, now: datetime) -> Reply:
    """One inbound message, from sorting to reply, in one transaction."""
    sender = inbound.sender
    if isinstance(inbound, Commanded) and inbound.name == "start" and inbound.argument:
        return enrolling.join(connection, office, sender, inbound.argument, now)
    if isinstance(inbound, Commanded) and inbound.name == "id":
        return Reply(says=(Say(Card(_number(sender))),))
    address = find_address(connection, sender.channel, sender.identifier)
    if isinstance(inbound, Moved):
        move_chat(connection, sender.channel, sender.identifier, inbound.new_identifier)
    if address is None:
        in_words = isinstance(inbound, Typed) and _typed_by_stranger(
            connection, office, inbound, now
        )
        return in_words or _stranger(connection, office, inbound)
    return heard(InboundContext(connection, office, address, now, _ref(inbound)), inbound)


def _typed_by_stranger(
    connection: Connection, office: Office, typed: Typed, now: datetime
) -> Reply | None:
    """A code without a command, or who somebody in a room is; None for any other text."""
    if looks_like_code(typed.text) or looks_like_room_code(typed.text):
        return enrolling.join(connection, office, typed.sender, typed.text, now)
    return room_guests.wrote(connection, office, typed.sender, typed.text, now)


def heard(context: InboundContext, inbound: Inbound) -> Reply:
    """A message of somebody the office knows."""
    address = context.address
    # One person's messages are decided in turn, also beside the fieldwork of another process.
    participant = lock_participant(context.connection, address.participant_id)
    match inbound:
        case Membership(_, active):
            enrolling.set_membership(context, active=active)
        case Moved(_, new_identifier):
            move_address(context.connection, address.id, new_identifier, context.now)
        case Tapped():
            return _tapped(context, participant, inbound)
        case Commanded():
            return _commanded(context, participant, inbound)
        case Typed():
            return _typed(context, participant, inbound)
        case Filled():
            stopped = participant.stopped_at is not None
            return enrolling.stopped(context) if stopped else interviewer.filled(context, inbound)
        case Odd() | Uploaded():
            return _odd(context, participant, inbound)
    return Reply()


def _ref(inbound: Inbound) -> str:
    return inbound.ref if isinstance(inbound, Tapped) else ""


def _number(sender: Sender) -> str:
    """The number of a chat, which the office needs to make its owner a member of the staff."""
    words = Words(sender.language.partition("-")[0] or "en")
    return words(service_messages.CHAT_NUMBER, number=sender.identifier)


def _stranger(connection: Connection, office: Office, inbound: Inbound) -> Reply:
    """Somebody the office does not know gets no names and no more than a way in."""
    if isinstance(inbound, Membership | Moved):
        return Reply()
    sender = inbound.sender
    member = find_member(connection, sender.channel, sender.identifier)
    if member is not None:
        card = service_messages.staff_help_card(Words(), member.role.may(StaffRole.ORGANISER))
        return Reply(says=(Say(card),))
    words = Words(sender.language.partition("-")[0] or "en")
    text = words(service_messages.STRANGER, contact=office.contact)
    if isinstance(inbound, Commanded) and inbound.name == "start":
        text += "\n" + _number(sender)
    return Reply(says=(Say(Card(text)),))


def _tapped(context: InboundContext, participant: Participant, tap: Tapped) -> Reply:
    token = read_token(tap.token)
    if token is not None and token.action is Action.RESUME:
        return _resumed(context, participant)
    if token is not None and token.action is Action.MINE:
        # Also after a stop: it is the person's own data.
        return personal_data.tapped(context, token) or Reply(
            Words(participant.language)(UNREADABLE)
        )
    if participant.stopped_at is not None:
        return enrolling.stopped(context)
    if token is not None and not token.numbers:
        return _shown(context, participant, token)
    if token is not None:
        if token.action is Action.CHANNEL:
            return contact_channels.channel_reply(context, token)
        if token.action is Action.MY_LANGUAGE:
            return interviewer.speak(context, chosen_language(token))
        if token.action in CONSENT_ACTIONS:
            return _consent(context, participant, token)
        if token.action in interviewer.CASE_ACTIONS:
            return interviewer.tapped(context, token)
    return Reply(Words(participant.language)(UNREADABLE))


def _shown(context: InboundContext, participant: Participant, token: Token) -> Reply:
    """A button that shows a choice of the person, whatever is open."""
    match token.action:
        case Action.CHANNELS:
            return contact_channels.channels_reply(context)
        case Action.MY_LANGUAGES:
            return interviewer.own_languages(context)
        case _:
            return Reply(Words(participant.language)(UNREADABLE))


def _resumed(context: InboundContext, participant: Participant) -> Reply:
    """Messages again, and at once what is open."""
    welcome = enrolling.resume(context, participant)
    return Reply(
        says=(*welcome.says, *interviewer.go_on(replace(context, ref=""), at_once=False).says)
    )


def _consent(context: InboundContext, participant: Participant, token: Token) -> Reply:
    mine = enrolments_of(context.connection, participant.id)
    enrolment = next((one for one in mine if one.id == token.numbers[0]), None)
    if enrolment is None:
        return Reply(Words(participant.language)(UNREADABLE))
    if token.action is Action.STORED:
        return enrolling.stored_reply(context, enrolment)
    if token.action is Action.AGREE:
        return enrolling.agree(context, enrolment)
    return enrolling.decline(context, enrolment, asked_before=token.numbers[1:] == (1,))


def _commanded(context: InboundContext, participant: Participant, command: Commanded) -> Reply:
    match command.name:
        case "start" | "continue" if participant.stopped_at is not None:
            return enrolling.stopped(context)
        case "start" | "continue":
            return interviewer.go_on(context, at_once=True)
        case "language" if command.argument in worded_languages():
            return interviewer.speak(context, command.argument)
        case "language" if participant.stopped_at is not None:
            return enrolling.stopped(context)
        case "language":
            return interviewer.choose_language(context)
        case "channel":
            return contact_channels.channels_reply(context)
        case "mydata":
            return personal_data.show(context, participant)
        case "stop":
            return enrolling.stop(context, participant)
        case _:
            card = service_messages.help_card(context.office, Words(participant.language))
            return Reply(says=(Say(card), *interviewer.repeat(context).says))


def _typed(context: InboundContext, participant: Participant, typed: Typed) -> Reply:
    word = plain(typed.text)
    if _says(word, STOP_WORDS, participant.language):
        return enrolling.stop(context, participant)
    if _says(word, HELP_WORDS, participant.language):
        return _commanded(context, participant, Commanded(typed.sender, "help"))
    if participant.stopped_at is not None:
        return enrolling.stopped(context)
    if _came_before(context, typed.sender):
        return _where_it_stands(context)
    return interviewer.wrote(context, typed)


def _came_before(context: InboundContext, sender: Sender) -> bool:
    """Whether this text was decided already, by a process that was killed before it said so.

    Only texts are asked: a button names its question, and commands say the same twice.
    """
    if sender.number is None:
        return False
    return not hear_text(context.connection, context.address.id, sender.number, context.now)


def _where_it_stands(context: InboundContext) -> Reply:
    """Nothing is decided; the reply may have been lost, so the question is shown again."""
    shown = interviewer.repeat(context)
    return shown if shown.says else interviewer.go_on(context, at_once=False)


def _says(word: str, known: tuple[str, ...], language: str) -> bool:
    """Whether a typed word is one of these, in English or in the person's language."""
    words = Words(language)
    return word in {plain(said) for one in known for said in (one, words(one))}


def _odd(context: InboundContext, participant: Participant, inbound: Odd | Uploaded) -> Reply:
    if participant.stopped_at is not None:
        return Reply()
    kind = inbound.kind if isinstance(inbound, Odd) else Oddity.OTHER
    return interviewer.sent_odd(context, kind)
