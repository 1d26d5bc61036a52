"""The door: every inbound message comes here and goes to its use case, one transaction each.

Implements the `Inbox` of the channels. Sorts, and decides nothing about interviews.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot import enrolling, interviewer, letters
from bot.channels.base import (
    Card,
    Commanded,
    Inbound,
    Membership,
    Moved,
    Odd,
    Reply,
    Say,
    Sender,
    Tapped,
    Typed,
    Uploaded,
)
from bot.interviewer import Visit
from bot.memory import Memory
from bot.office import Office
from bot.staff_chat import OFFICE_ACTIONS, OFFICE_COMMANDS, StaffChat
from bot.tokens import Action, Token, read_token
from storage.cases import set_card
from storage.enrolments import get_enrolment
from storage.participants import find_address, get_participant, move_address
from surveys.items.base import plain
from surveys.people import Participant
from surveys.wording import N_, Words

STOP_WORDS = frozenset({"stop", "unsubscribe"})
HELP_WORDS = frozenset({"help"})
UNREADABLE = N_("This button is too old. Please send /continue.")
CASE_ACTIONS = interviewer.case_actions()
CONSENT_ACTIONS = frozenset({Action.AGREE, Action.DECLINE, Action.STORED})


class Reception:
    """The Inbox of all channels. `clock` gives the present moment, aware and in UTC."""

    def __init__(
        self, memory: Memory, office: Office, clock: Callable[[], datetime], staff: StaffChat
    ) -> None:
        self._memory = memory
        self._office = office
        self._clock = clock
        self._staff = staff

    async def receive(self, inbound: Inbound) -> Reply:
        """The reply to a message; everything it changes is committed when this returns."""
        if self._is_for_staff(inbound):
            return await self._staff.receive(inbound)
        now = self._clock()
        return await self._memory.transact(received, self._office, inbound, now)

    async def shown(self, sender: Sender, say: Say, ref: str) -> None:
        """Remember the message an interview lives in, if it is a new one."""
        if say.case_id is not None and ref != say.replace:
            await self._memory.transact(remember_card, sender, say.case_id, ref)

    def _is_for_staff(self, inbound: Inbound) -> bool:
        if not self._office.roles(inbound.sender.channel, inbound.sender.identifier):
            return False
        if isinstance(inbound, Commanded):
            return inbound.name in OFFICE_COMMANDS
        token = read_token(inbound.token) if isinstance(inbound, Tapped) else None
        return token is not None and token.action in OFFICE_ACTIONS


def remember_card(connection: Connection, sender: Sender, case_id: int, ref: str) -> None:
    """Store the message in which an interview's card was shown."""
    address = find_address(connection, sender.channel, sender.identifier)
    if address is not None:
        set_card(connection, case_id, address.id, ref)


def received(connection: Connection, office: Office, inbound: Inbound, now: datetime) -> Reply:
    """One inbound message, from sorting to reply, in one transaction."""
    sender = inbound.sender
    if isinstance(inbound, Commanded) and inbound.name == "start" and inbound.argument:
        return enrolling.join(connection, office, sender, inbound.argument, now)
    address = find_address(connection, sender.channel, sender.identifier)
    if isinstance(inbound, Membership | Moved):
        if address is not None and isinstance(inbound, Membership):
            enrolling.set_membership(connection, office, address, inbound.active, now)
        elif address is not None and isinstance(inbound, Moved):
            move_address(connection, address.id, inbound.new_identifier)
        return Reply()
    if address is None:
        return _stranger(office, sender)
    participant = get_participant(connection, address.participant_id)
    ref = inbound.ref if isinstance(inbound, Tapped) else ""
    visit = Visit(connection, office, address, now, ref)
    match inbound:
        case Tapped():
            return _tapped(visit, participant, inbound)
        case Commanded():
            return _commanded(visit, participant, inbound)
        case Typed():
            return _typed(visit, participant, inbound)
        case Odd():
            return interviewer.sent_odd(visit, inbound)
        case Uploaded():
            return interviewer.repeat(visit)


def _stranger(office: Office, sender: Sender) -> Reply:
    """Somebody the office does not know gets no names and no more than a way in."""
    words = Words(sender.language.partition("-")[0] or "en")
    return Reply(says=(Say(Card(words(letters.STRANGER, contact=office.contact))),))


def _tapped(visit: Visit, participant: Participant, tap: Tapped) -> Reply:
    words = Words(participant.language)
    token = read_token(tap.token)
    if token is None:
        return Reply(words(UNREADABLE))
    if token.action is Action.RESUME:
        return enrolling.resume(visit.connection, visit.office, participant, visit.now)
    if not token.numbers:
        return Reply(words(UNREADABLE))
    if token.action in CONSENT_ACTIONS:
        return _consent(visit, participant, token)
    if token.action in CASE_ACTIONS:
        return interviewer.tapped(visit, token)
    return Reply(words(UNREADABLE))


def _consent(visit: Visit, participant: Participant, token: Token) -> Reply:
    enrolment = get_enrolment(visit.connection, token.numbers[0])
    words = Words(participant.language)
    if enrolment is None or enrolment.participant_id != participant.id:
        return Reply(words(interviewer.NOT_YOURS))
    if token.action is Action.STORED:
        card = letters.stored_card(visit.office, words, enrolment.id)
        return Reply(says=(Say(card, visit.ref),))
    answer = enrolling.agree if token.action is Action.AGREE else enrolling.decline
    return answer(visit.connection, visit.office, enrolment, visit.ref, visit.now)


def _commanded(visit: Visit, participant: Participant, command: Commanded) -> Reply:
    words = Words(participant.language)
    match command.name:
        case "start" | "continue":
            return _go_on_or_consent(visit, participant)
        case "language":
            return interviewer.choose_language(visit)
        case "mydata":
            return enrolling.my_data(visit.connection, visit.office, participant)
        case "stop":
            return enrolling.stop(visit.connection, visit.office, participant, visit.now)
        case _:
            card = letters.help_card(visit.office, words)
            return Reply(says=(Say(card), *interviewer.repeat(visit).says))


def _go_on_or_consent(visit: Visit, participant: Participant) -> Reply:
    if participant.stopped_at is not None:
        card = letters.stopped_card(visit.office, Words(participant.language))
        return Reply(says=(Say(card),))
    return interviewer.go_on(visit)


def _typed(visit: Visit, participant: Participant, typed: Typed) -> Reply:
    word = plain(typed.text)
    if word in STOP_WORDS:
        return enrolling.stop(visit.connection, visit.office, participant, visit.now)
    if word in HELP_WORDS:
        return _commanded(visit, participant, Commanded(typed.sender, "help"))
    if participant.stopped_at is not None:
        return _go_on_or_consent(visit, participant)
    return interviewer.wrote(visit, typed)
