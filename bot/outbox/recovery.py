"""What becomes of a message without an outcome: due again if it has not left, unknown if it may have.

Each function is called inside one transaction.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.outbox.sending import Contact, SendingContext
from bot.settings.office import Office
from storage.fieldwork.attempts import Result, finish
from storage.fieldwork.cases import participant_of_case
from storage.fieldwork.claims import (
    Unfinished,
    claimants,
    release,
    unfinished,
    unfinished_in,
)
from storage.fieldwork.due_contacts import set_contact
from storage.fieldwork.next_contact import refresh_person
from storage.operations.process_leases import ProcessLease
from surveys.planning.contacts import Hold, NextContact
from surveys.planning.dispositions import Outcome

CLAIM_TIMEOUT = timedelta(hours=1)
"""No message takes longer to send: the outcome of an older claim is lost."""
DELAY_AFTER_FAULT, DELAY_AFTER_TROUBLE = timedelta(hours=1), timedelta(minutes=1)
INTERRUPTED = Result(Outcome.UNKNOWN, "interrupted")


def recover_claims(
    connection: Connection, office: Office, lease: ProcessLease, now: datetime
) -> int:
    """Settle the attempts of dead processes; return how many messages may have been sent.

    Attempts of other processes that are running are left alone.
    """
    gone = lease.gone(connection, claimants(connection))
    found = unfinished(connection, now - CLAIM_TIMEOUT, gone)
    for one in found:
        _settle(connection, office, one, now)
    return sum(one.left for one in found)


def recover_own(
    connection: Connection, office: Office, sending: SendingContext, now: datetime
) -> None:
    """Settle the attempts of a process and a channel that has nothing under way."""
    for one in unfinished(connection, now, [sending.process]):
        if (one.by, one.channel) == (sending.process, sending.channel):
            _settle(connection, office, one, now)


def mark_unknown(connection: Connection, office: Office, now: datetime, at: datetime) -> int:
    """Mark all attempts without an outcome as unknown, as after a restore; return their number."""
    found = unfinished(connection, now, ())
    for one in found:
        finish(connection, one.id, INTERRUPTED, at)
        _refresh(connection, office, one, at)
    return len(found)


def take_back(
    connection: Connection, office: Office, contact: Contact, left: bool, now: datetime
) -> None:
    """Make a claimed contact due again; if its message may have left, its outcome is unknown."""
    claimed = contact.claimed
    for one in unfinished_in(connection, claimed.case_id):
        if one.id == claimed.id and one.by == claimed.by:
            _settle(connection, office, replace(one, left=left), now)


def postpone_after_fault(connection: Connection, case_id: int, now: datetime) -> None:
    """Postpone a case after a fault of this program; a message that was leaving may have been sent."""
    for one in unfinished_in(connection, case_id):
        if one.left:
            finish(connection, one.id, Result(Outcome.UNKNOWN, "fault"), now)
        else:
            release(connection, one.id, one.by)
    set_contact(connection, case_id, NextContact(now + DELAY_AFTER_FAULT, hold=Hold.FAULT))


def postpone_after_trouble(
    connection: Connection, office: Office, contact: Contact, left: bool, now: datetime
) -> None:
    """Leave a contact to the next round after trouble of the database that may have passed.

    Unless `left`, its message has not left, whatever is stored.
    """
    case_id, channel = contact.claimed.case_id, contact.address.channel
    found = [replace(one, left=one.left and left) for one in unfinished_in(connection, case_id)]
    for one in found:
        _settle(connection, office, one, now)
    if not any(one.left for one in found):
        set_contact(connection, case_id, NextContact(now + DELAY_AFTER_TROUBLE, channel=channel))


def _settle(connection: Connection, office: Office, one: Unfinished, now: datetime) -> None:
    if one.left:
        finish(connection, one.id, INTERRUPTED, now)
    else:
        release(connection, one.id, one.by)
    _refresh(connection, office, one, now)


def _refresh(connection: Connection, office: Office, one: Unfinished, now: datetime) -> None:
    refresh_person(connection, participant_of_case(connection, one.case_id), office.rules, now)
