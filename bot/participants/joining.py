"""Joining by a code: of a workshop for one person, of the room of a workshop.

Each use case is one transaction and returns the reply to speak after it.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.access.links import LIFETIME
from bot.access.room_codes import looks_like_room_code
from bot.desk.people.handover import take_over
from bot.desk.people.same_person import ask_same_person
from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Commanded, Inbound, Reply, Sender
from bot.messaging.tokens import Action, token
from bot.participants import room_guests
from bot.participants.code_throttling import count_wrong_code, forget_wrong_codes, must_wait
from bot.participants.consent import agreed_reply, consent_reply
from bot.participants.shared_replies import removed, said
from bot.participants.stopping import set_membership, stopped
from bot.participants.strangers import words_for
from bot.settings.office import Office
from bot.wording import service_messages
from storage.office.notices import put_staff_notices
from storage.office.staff import StaffRole
from storage.people.addresses import add_address, find_address
from storage.people.codes import find_code, use_code
from storage.people.enrolments import enrolments_of, get_enrolment
from storage.people.participants import get_participant
from storage.people.relinks import ask_relink
from storage.people.room_codes import room_with
from surveys.people import Enrolment
from surveys.wording import Words

RELINK_NOTICE = (
    "A code that is already in use was sent from another account. Tap the button, or send /relink, "
    "to see whose code it is and to decide."
)


def joins(inbound: Inbound) -> bool:
    """Return whether a message is /start with a code."""
    return isinstance(inbound, Commanded) and inbound.name == "start" and bool(inbound.argument)


def join(
    connection: Connection, office: Office, sender: Sender, code: str, now: datetime
) -> Reply | None:
    """Link a chat to the person whose one-time code it sent, then ask for consent.

    Returns None for a code that is no participant's, or has ended: `unknown_code` replies to it if
    it is nobody's.
    """
    words = words_for(sender)
    if must_wait(connection, sender, now):
        return said(words(service_messages.CODES_TOO_MANY, contact=office.contact))
    if looks_like_room_code(code):
        return _in_room(connection, office, sender, code, now)
    facts = find_code(connection, code)
    ended = facts and facts.used_by is None and (facts.revoked or now >= facts.given_at + LIFETIME)
    if facts is None or ended:
        return None
    forget_wrong_codes(connection, sender)
    enrolment = get_enrolment(connection, facts.enrolment_id)
    address = find_address(connection, sender.channel, sender.identifier)
    if facts.used_by is not None and address is None:
        return _other_account(connection, office, sender, enrolment, now)
    if address is not None and facts.used_by not in (None, address.id):
        return said(words(service_messages.CODE_USED, contact=office.contact))
    if address is None:
        address = add_address(
            connection, enrolment.participant_id, sender.channel, sender.identifier, now
        )
    elif address.participant_id != enrolment.participant_id:
        ask_same_person(connection, (address.participant_id, enrolment.participant_id), now)
        return said(words(service_messages.OTHER_ENTRY_ASKED, contact=office.contact))
    use_code(connection, code, address.id, now)
    take_over(connection, office, enrolment.participant_id, now)
    context = InboundContext(connection, office, address, now)
    set_membership(context, active=True)
    return _welcomed(context, enrolment)


def unknown_code(connection: Connection, office: Office, sender: Sender, now: datetime) -> Reply:
    """Count a code that nobody was given, and say that it is not known."""
    count_wrong_code(connection, sender, now)
    words = words_for(sender)
    return said(words(service_messages.CODE_UNKNOWN, contact=office.contact))


def _welcomed(context: InboundContext, enrolment: Enrolment) -> Reply:
    """Greet a person whose chat is linked: with the consent, or what comes after it."""
    if get_participant(context.connection, enrolment.participant_id).stopped_at is not None:
        return stopped(context)
    if enrolment.removed_at is not None:
        return removed(context, enrolment)
    if enrolment.consented_at is not None:
        return agreed_reply(context, enrolment)
    return consent_reply(context, enrolment)


def _in_room(
    connection: Connection, office: Office, sender: Sender, code: str, now: datetime
) -> Reply:
    """Let a chat into the room of a workshop; a chat that is known need not say who its owner is."""
    address = find_address(connection, sender.channel, sender.identifier)
    room = room_with(connection, code, now)
    if address is None or room is None:
        return room_guests.came(connection, office, sender, code, now)
    for enrolment in enrolments_of(connection, address.participant_id):
        if enrolment.workshop_code == room.workshop_code:
            return _welcomed(InboundContext(connection, office, address, now), enrolment)
    words = Words(get_participant(connection, address.participant_id).language)
    return said(words(service_messages.OTHER_ENTRY, contact=office.contact))


def _other_account(
    connection: Connection, office: Office, sender: Sender, enrolment: Enrolment, now: datetime
) -> Reply:
    """Ask the office about a code in use that comes from an unknown account.

    It may be a new account of the same person. The reply names nobody.
    """
    words = words_for(sender)
    whose = enrolment.participant_id
    if ask_relink(connection, whose, (sender.channel, sender.identifier), now):
        button = token(Action.OFFICE_WISHES)
        put_staff_notices(connection, [RELINK_NOTICE], StaffRole.ORGANISER, now, button)
    reply = said(words(service_messages.CODE_ASKED, contact=office.contact))
    return replace(reply, tells_staff=True)
