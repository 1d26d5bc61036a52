"""One message of the fieldwork: claim it before it is sent, store its outcome afterwards.

Each function is called inside one transaction. Nothing here calls a channel.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.fieldwork.consent import consent_card_for
from bot.fieldwork.help_done import tell_help_done
from bot.messaging.messages import Card, DeliveryError
from bot.outbox.letters import envelope_for
from bot.settings.office import Office
from bot.wording.cards import Asking
from bot.wording.case_cards import invitation_card, until_line
from bot.wording.help_done import with_help_done
from storage.fieldwork import attempts as stored_attempts
from storage.fieldwork.attempts import Claim, Claimed, Result
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.cases import lock_case, participant_of_case, set_invitation
from storage.fieldwork.due_contacts import set_contact
from storage.fieldwork.interviews import load_interview
from storage.fieldwork.next_contact import chosen_address, contact_of, refresh, refresh_person
from storage.people.addresses import move_address, set_address_state
from storage.people.participants import lock_participant
from surveys.people import Address, AddressState
from surveys.planning.channels import EMAIL
from surveys.planning.contacts import Hold, Kind, NextContact
from surveys.planning.dispositions import Outcome
from surveys.wording import Words

RETRY_MINUTES = 10
LOST_STATES = {
    "blocked": AddressState.BLOCKED,
    "deleted": AddressState.DELETED,
    "not_found": AddressState.UNREACHABLE,
}


@dataclass(frozen=True)
class SendingContext:
    """The number of the process that sends, and the channel it sends through; "" for any."""

    process: int = 0
    channel: str = ""


@dataclass(frozen=True)
class Due:
    """A claimed attempt with the facts for its message."""

    claimed: Claimed
    address: Address
    file: CaseFile
    contact: NextContact


@dataclass(frozen=True)
class Message:
    """A claimed message that may be sent now; `at` is the time of the claim."""

    address: Address
    card: Card
    at: datetime

    @property
    def identifier(self) -> str:
        """Whom the channel sends it to."""
        return self.address.identifier


@dataclass(frozen=True)
class Contact(Message):
    """A claimed attempt with its message."""

    claimed: Claimed


@dataclass(frozen=True)
class SendResult(Result):
    """The result of one message, with what it says about the address.

    `lost` is the new state of an address that does not work, `moved_to` its new identifier.
    """

    lost: AddressState | None = None
    moved_to: str | None = None


def result_of(error: DeliveryError, now: datetime) -> SendResult:
    """Return the result of a message whose delivery failed."""
    if error.moved_to is not None:
        # The new identifier was tried as well, and has moved again.
        return SendResult(Outcome.FAILED, "moved", lost=AddressState.UNREACHABLE)
    if error.permanent:
        lost = LOST_STATES.get(error.reason, AddressState.UNREACHABLE)
        return SendResult(Outcome.FAILED, error.reason, lost=lost)
    if error.outcome_unknown:
        return SendResult(Outcome.UNKNOWN, error.reason)
    if error.reason == "refused":
        return SendResult(Outcome.FAILED, error.reason)
    wait = error.retry_after if error.retry_after is not None else RETRY_MINUTES * 60
    return SendResult(Outcome.RETRY, error.reason, retry_at=now + timedelta(seconds=wait))


def claim_contact(
    connection: Connection,
    office: Office,
    case_id: int,
    now: datetime,
    sending: SendingContext,
) -> Contact | None:
    """Claim the due attempt of a case and return it with its message.

    If nothing is due, store when the next contact is and return None.
    """
    due = claim_due(connection, office, case_id, now, sending)
    if due is None:
        return None
    card = _message(connection, office, due, now)
    if due.address.channel == EMAIL:
        sent = (due.claimed, due.address)
        card = replace(card, envelope=envelope_for(connection, office, due.file, sent, now))
    return Contact(due.address, card, now, due.claimed)


def claim_due(
    connection: Connection,
    office: Office,
    case_id: int,
    now: datetime,
    sending: SendingContext,
) -> Due | None:
    """Claim the due attempt of a case; if nothing is due, store the next contact and return None.

    A case whose person is contacted through another channel is left to the queue of that one.
    """
    # The lock of the person keeps two of their cases from deciding at the same time.
    lock_participant(connection, participant_of_case(connection, case_id))
    lock_case(connection, case_id)
    file = load_file(connection, case_id)
    contact = contact_of(connection, file, office.rules, now)
    if contact.at is None or contact.at > now or contact.kind is None:
        set_contact(connection, case_id, contact)
        return None
    chosen = chosen_address(connection, file.participant, file.works_at, office.rules)
    address = chosen.address
    assert address is not None  # noqa: S101 - a case without an address is not due
    if _ended_at_old_address(connection, case_id, address, now):
        refresh(connection, [case_id], office.rules, now)
        return None
    if sending.channel not in ("", address.channel):
        set_contact(connection, case_id, contact)
        return None
    claim = Claim(contact.kind, contact.ordinal, address, sending.process, now)
    claimed = stored_attempts.claim(connection, case_id, claim)
    if claimed is None:
        refresh(connection, [case_id], office.rules, now)
        return None
    set_contact(connection, case_id, NextContact(None, hold=Hold.IN_FLIGHT))
    return Due(claimed, address, file, contact)


def _ended_at_old_address(
    connection: Connection, case_id: int, address: Address, now: datetime
) -> bool:
    """End an attempt that waits for a retry at an address that is no longer the chosen one.

    Return whether there was one. An attempt never changes its channel: the next attempt, on another
    day, uses the new address.
    """
    waiting = stored_attempts.waiting_of(connection, case_id)
    if waiting is None or waiting[1] == address.id:
        return False
    result = Result(Outcome.FAILED, "channel_changed")
    stored_attempts.finish(connection, waiting[0], result, now)
    return True


def _message(connection: Connection, office: Office, due: Due, now: datetime) -> Card:
    """Return the invitation or reminder, or the request for consent if it was not given yet."""
    file, contact = due.file, due.contact
    assert contact.kind is not None  # noqa: S101 - a due contact has a kind
    if file.enrolment.consented_at is None:
        return consent_card_for(connection, office, file.enrolment, now, _reminder(due))
    interview = load_interview(connection, file, now)
    asking = Asking(file.case.id, interview)
    card = invitation_card(asking, file, contact.kind, contact.last)
    done = tell_help_done(connection, file, due.claimed, now)
    # No answer stands in a letter, and so not what the person asked for: the page of its link says it.
    return card if due.address.channel == EMAIL else with_help_done(card, asking.words, done)


def _reminder(due: Due) -> str:
    """Return what a reminder says to somebody who has not agreed yet; '' for an invitation."""
    if due.contact.kind is not Kind.REMINDER:
        return ""
    words = Words(due.file.participant.language)
    return until_line(words, due.file.wave.closes_on, due.contact.last)


def store_result(
    connection: Connection, office: Office, contact: Contact, result: SendResult, now: datetime
) -> None:
    """Store the result of a message and when the person is contacted next."""
    stored_attempts.finish(connection, contact.claimed.id, result, now)
    address = contact.address
    if result.moved_to is not None:
        move_address(connection, address.id, result.moved_to, now)
    if result.lost is not None:
        set_address_state(connection, address.id, result.lost, result.detail, now)
    if result.ref is not None:
        set_invitation(connection, contact.claimed.case_id, address.id, result.ref)
    refresh_person(connection, address.participant_id, office.rules, now)
