"""One message of fieldwork: claimed before it leaves, its outcome stored after it.

Plain functions, each called inside one transaction. Speaks to no channel.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.fieldwork.consent import consent_card_for
from bot.messaging.messages import Card, DeliveryError
from bot.outbox.letters import envelope_for
from bot.settings.office import Office
from bot.wording.cards import Asking
from bot.wording.case_cards import invitation_card
from storage.fieldwork import attempts as stored_attempts
from storage.fieldwork.attempts import Claim, Claimed, Result
from storage.fieldwork.case_files import CaseFile, load_file, load_interview
from storage.fieldwork.cases import lock_case, participant_of_case, set_card, set_contact
from storage.fieldwork.next_contact import chosen_address, contact_of, refresh, refresh_person
from storage.operations.process_leases import ProcessLease
from storage.people.participants import lock_participant, move_address, set_address_state
from surveys.people import Address, AddressState
from surveys.planning.channels import EMAIL
from surveys.planning.contacts import NextContact
from surveys.planning.dispositions import Outcome

RETRY_MINUTES = 10
FORGOTTEN_AFTER = timedelta(hours=1)
"""No message is under way for longer: a claim this old has lost its outcome."""
POSTPONED_AFTER_FAULT = timedelta(hours=1)
LOST_STATES = {
    "blocked": AddressState.BLOCKED,
    "deleted": AddressState.DELETED,
    "not_found": AddressState.UNREACHABLE,
}


@dataclass(frozen=True)
class Shift:
    """Who sends now: the number of the process, and the channels that rest meanwhile."""

    process: int = 0
    resting: Collection[str] = ()


@dataclass(frozen=True)
class Due:
    """A claimed attempt with the facts that its message is made of."""

    claimed: Claimed
    address: Address
    file: CaseFile
    contact: NextContact


@dataclass(frozen=True)
class Message:
    """A message that was claimed and may now leave; `at` is when it was claimed."""

    address: Address
    card: Card
    at: datetime


@dataclass(frozen=True)
class Contact(Message):
    """A claimed attempt with its message."""

    claimed: Claimed


@dataclass(frozen=True)
class Sent(Result):
    """What became of one message, with what was learned of its address."""

    lost: AddressState | None = None
    moved_to: str | None = None


def result_of(error: DeliveryError, now: datetime) -> Sent:
    """The outcome of an attempt that ended in a delivery error."""
    if error.moved_to is not None:
        # The new identifier was tried as well, and is said to have moved again.
        return Sent(Outcome.FAILED, "moved", lost=AddressState.UNREACHABLE)
    if error.permanent:
        lost = LOST_STATES.get(error.reason, AddressState.UNREACHABLE)
        return Sent(Outcome.FAILED, error.reason, lost=lost)
    if error.outcome_unknown:
        return Sent(Outcome.UNKNOWN, error.reason)
    if error.reason == "refused":
        return Sent(Outcome.FAILED, error.reason)
    wait = error.retry_after if error.retry_after is not None else RETRY_MINUTES * 60
    return Sent(Outcome.RETRY, error.reason, retry_at=now + timedelta(seconds=wait))


def claim_contact(
    connection: Connection,
    office: Office,
    case_id: int,
    now: datetime,
    shift: Shift,
) -> Contact | None:
    """Claim the attempt that is due in a case, with its message; or store when to look again."""
    due = claim_due(connection, office, case_id, now, shift)
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
    shift: Shift,
) -> Due | None:
    """Claim the attempt that is due in a case, or store when to look again.

    A case whose person is reached through a channel that is resting stays due.
    """
    # One person's messages are decided in turn: two cases must not both find the other uninvited.
    lock_participant(connection, participant_of_case(connection, case_id))
    lock_case(connection, case_id)
    file = load_file(connection, case_id)
    contact = contact_of(connection, file, office.rules, now)
    if contact.at is None or contact.at > now or contact.kind is None:
        set_contact(connection, case_id, contact.at, contact.kind, contact.hold)
        return None
    chosen = chosen_address(connection, file.participant, file.works_at, office.rules)
    address = chosen.address
    assert address is not None  # noqa: S101 - the rule holds cases without one back
    if _ended_elsewhere(connection, case_id, address, now):
        refresh(connection, [case_id], office.rules, now)
        return None
    if address.channel in shift.resting:
        return None
    claim = Claim(contact.kind, contact.ordinal, address, shift.process, now)
    claimed = stored_attempts.claim(connection, case_id, claim)
    if claimed is None:
        return None
    set_contact(connection, case_id, None, None, "in_flight")
    return Due(claimed, address, file, contact)


def _ended_elsewhere(
    connection: Connection, case_id: int, address: Address, now: datetime
) -> bool:
    """End an attempt that waits to be tried again at an address the person is not reached at now.

    An attempt never changes its channel: the next one, on another day, takes the new one.
    """
    waiting = stored_attempts.waiting_of(connection, case_id)
    if waiting is None or waiting[1] == address.id:
        return False
    result = Result(Outcome.FAILED, "channel_changed")
    stored_attempts.finish(connection, waiting[0], result, now)
    return True


def _message(connection: Connection, office: Office, due: Due, now: datetime) -> Card:
    """The invitation or reminder; the consent text where none was given yet."""
    file, contact = due.file, due.contact
    assert contact.kind is not None  # noqa: S101 - called for a contact that is due
    if file.enrolment.consented_at is None:
        return consent_card_for(connection, office, file.enrolment)
    interview = load_interview(connection, file, now)
    asking = Asking(file.case.id, interview)
    return invitation_card(asking, file, contact.kind, contact.last)


def store_result(
    connection: Connection, office: Office, contact: Contact, result: Sent, now: datetime
) -> None:
    """Store what became of a message, and when the person is contacted next."""
    stored_attempts.finish(connection, contact.claimed.id, result, now)
    address = contact.address
    if result.moved_to is not None:
        move_address(connection, address.id, result.moved_to, now)
    if result.lost is not None:
        set_address_state(connection, address.id, result.lost, result.detail, now)
    if result.ref is not None:
        set_card(connection, contact.claimed.case_id, address.id, result.ref)
    refresh_person(connection, address.participant_id, office.rules, now)


def recover_claims(
    connection: Connection, office: Office, lease: ProcessLease, now: datetime
) -> int:
    """Mark claims that have lost their outcome as unknown, and plan the next reminders.

    Whoever made them died, or could not store the outcome: the messages may have arrived. What
    another process is sending just now is left alone.
    """
    gone = lease.gone(connection, stored_attempts.claimants(connection))
    return give_up(connection, office, now - FORGOTTEN_AFTER, gone, now)


def give_up(
    connection: Connection, office: Office, until: datetime, gone: Collection[int], now: datetime
) -> int:
    """Mark claims made until then, and all of processes that are gone, as unknown; how many."""
    found = stored_attempts.unfinished(connection, until, gone)
    for attempt_id, case_id in found:
        result = Result(Outcome.UNKNOWN, "interrupted")
        stored_attempts.finish(connection, attempt_id, result, now)
        refresh_person(connection, participant_of_case(connection, case_id), office.rules, now)
    return len(found)


def note_fault(connection: Connection, case_id: int, now: datetime) -> None:
    """A fault of this program in a case: what was claimed may have left; look again later."""
    for attempt_id in stored_attempts.unfinished_in(connection, case_id):
        stored_attempts.finish(connection, attempt_id, Result(Outcome.UNKNOWN, "fault"), now)
    set_contact(connection, case_id, now + POSTPONED_AFTER_FAULT, None, "fault")
