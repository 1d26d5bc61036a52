"""Joining and leaving: the one-time code, the consent, stop and back again.

Each use case is one transaction and returns the reply to speak after it.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.access.links import LIFETIME
from bot.access.room_codes import looks_like_room_code
from bot.desk.office.staff import join_staff
from bot.desk.people.handover import take_over
from bot.fieldwork.answering import InboundContext
from bot.fieldwork.consent import consent_card_for
from bot.messaging.messages import Card, Reply, Say, Sender
from bot.messaging.tokens import Action, token
from bot.participants import room_guests
from bot.participants.code_throttling import guessed_right, guessed_wrong, must_wait
from bot.participants.inbound import next_one
from bot.settings.office import CONSENT_VERSION, Office
from bot.wording import service_messages
from storage.fieldwork.case_files import open_files_of
from storage.fieldwork.next_contact import refresh_person
from storage.office.notices import put_notices
from storage.office.staff import StaffRole, chats_of
from storage.people.addresses import add_address, find_address, set_address_state
from storage.people.codes import find_code, use_code
from storage.people.enrolments import (
    enrolments_of,
    get_enrolment,
    set_consent,
    set_declined,
    set_withdrawn,
)
from storage.people.participants import get_participant, set_stopped
from storage.people.relinks import ask_relink
from storage.people.room_codes import room_with
from surveys.people import Address, AddressState, Enrolment, Participant
from surveys.wording import Words

RELINK_NOTICE = (
    "Somebody has sent a code that is in use already from another account. The button, or /relink, "
    "shows who it is about and asks you."
)


def join(
    connection: Connection, office: Office, sender: Sender, code: str, now: datetime
) -> Reply:
    """A one-time code was sent: link the chat to the person, then ask for consent."""
    words = Words(sender.language.partition("-")[0] or "en")
    if must_wait(connection, sender, now):
        return _said(words(service_messages.CODES_TOO_MANY, contact=office.contact))
    if looks_like_room_code(code):
        return _in_room(connection, office, sender, code, now)
    facts = find_code(connection, code)
    ended = facts and facts.used_by is None and (facts.revoked or now >= facts.given_at + LIFETIME)
    if facts is None or ended:
        return _other_code(connection, office, sender, code, now)
    guessed_right(connection, sender)
    enrolment = get_enrolment(connection, facts.enrolment_id)
    address = find_address(connection, sender.channel, sender.identifier)
    if facts.used_by is not None and address is None:
        return _other_account(connection, office, sender, enrolment, now)
    if address is not None and facts.used_by not in (None, address.id):
        return _said(words(service_messages.CODE_USED, contact=office.contact))
    if address is None:
        address = add_address(
            connection, enrolment.participant_id, sender.channel, sender.identifier, now
        )
    elif address.participant_id != enrolment.participant_id:
        return _said(words(service_messages.OTHER_ENTRY, contact=office.contact))
    use_code(connection, code, address.id, now)
    take_over(connection, office, enrolment.participant_id, now)
    context = InboundContext(connection, office, address, now)
    set_membership(context, active=True)
    return _welcomed(context, enrolment)


def _welcomed(context: InboundContext, enrolment: Enrolment) -> Reply:
    """What somebody sees who has come for a workshop and is known."""
    if get_participant(context.connection, enrolment.participant_id).stopped_at is not None:
        return stopped(context)
    if enrolment.consented_at is not None:
        return _agreed(context, enrolment)
    return consent_reply(context, enrolment)


def _in_room(
    connection: Connection, office: Office, sender: Sender, code: str, now: datetime
) -> Reply:
    """A room code: of a chat that is known its owner need not say who they are."""
    address = find_address(connection, sender.channel, sender.identifier)
    room = room_with(connection, code, now)
    if address is None or room is None:
        return room_guests.came(connection, office, sender, code, now)
    for enrolment in enrolments_of(connection, address.participant_id):
        if enrolment.workshop_code == room.workshop_code:
            return _welcomed(InboundContext(connection, office, address, now), enrolment)
    words = Words(get_participant(connection, address.participant_id).language)
    return _said(words(service_messages.OTHER_ENTRY, contact=office.contact))


def _other_code(
    connection: Connection, office: Office, sender: Sender, code: str, now: datetime
) -> Reply:
    """A code that is no participant's, or has ended: of staff, or else a wrong one."""
    member = join_staff(connection, sender, code, now)
    if member is None:
        guessed_wrong(connection, sender, now)
        words = Words(sender.language.partition("-")[0] or "en")
        return _said(words(service_messages.CODE_UNKNOWN, contact=office.contact))
    guessed_right(connection, sender)
    return Reply(
        says=(
            Say(service_messages.staff_help_card(Words(), member.role.may(StaffRole.ORGANISER))),
        )
    )


def _other_account(
    connection: Connection, office: Office, sender: Sender, enrolment: Enrolment, now: datetime
) -> Reply:
    """A code that is in use comes from an unknown account: perhaps a new one of the same person.

    The office decides. Whoever sent it learns no name.
    """
    words = Words(sender.language.partition("-")[0] or "en")
    whose = enrolment.participant_id
    if ask_relink(connection, whose, (sender.channel, sender.identifier), now):
        organisers = chats_of(connection, StaffRole.ORGANISER)
        put_notices(connection, [RELINK_NOTICE], organisers, now, token(Action.OFFICE_WISHES))
    return _said(words(service_messages.CODE_ASKED, contact=office.contact))


def consent_reply(context: InboundContext, enrolment: Enrolment) -> Reply:
    """The consent text of an enrolment; nothing else is asked before it is answered."""
    card = consent_card_for(context.connection, context.office, enrolment)
    return Reply(says=(Say(card, context.ref),))


def stored_reply(context: InboundContext, enrolment: Enrolment) -> Reply:
    """What would be stored, asked from the consent card."""
    words = _words(context)
    return Reply(
        says=(Say(service_messages.stored_card(context.office, words, enrolment), context.ref),)
    )


def agree(context: InboundContext, enrolment: Enrolment) -> Reply:
    """The person agreed; agreeing again changes nothing, after a refusal it takes that back."""
    known = enrolment.consent_version == CONSENT_VERSION and enrolment.refused_at is None
    if not known:
        set_consent(context.connection, enrolment.id, CONSENT_VERSION, context.now)
        refresh_person(
            context.connection, enrolment.participant_id, context.office.rules, context.now
        )
    return _agreed(context, get_enrolment(context.connection, enrolment.id))


def _agreed(context: InboundContext, enrolment: Enrolment) -> Reply:
    open_now = [
        file.case
        for file in open_files_of(context.connection, enrolment.participant_id)
        if file.enrolment.id == enrolment.id and file.case.completed_at is None
        if not file.closed(context.now)
    ]
    words = _words(context)
    first = open_now[0].id if open_now else None
    card = service_messages.agreed_card(words, first, next_one(context, words))
    return Reply(says=(Say(card, context.ref),))


def decline(context: InboundContext, enrolment: Enrolment, asked_before: bool) -> Reply:
    """The person said "not now": once it is asked again later, twice it is a refusal.

    `asked_before` says that the button hung on the second asking; the first one tapped twice is
    one "not now".
    """
    if enrolment.consented_at is not None and enrolment.refused_at is None:
        return _said(_words(context)(service_messages.AGREED_ALREADY))
    final = enrolment.declined_once_at is not None and asked_before
    if enrolment.refused_at is None and (final or enrolment.declined_once_at is None):
        set_declined(context.connection, enrolment.id, context.now, final=final)
        refresh_person(
            context.connection, enrolment.participant_id, context.office.rules, context.now
        )
    return declined_reply(context, get_enrolment(context.connection, enrolment.id))


def declined_reply(context: InboundContext, enrolment: Enrolment) -> Reply:
    """What a "not now" or a refusal means from now on, with the way back."""
    return Reply(
        says=(Say(service_messages.declined_card(_words(context), enrolment), context.ref),)
    )


def stop(context: InboundContext, participant: Participant) -> Reply:
    """No more messages of any kind, at once."""
    if participant.stopped_at is None:
        set_stopped(context.connection, participant.id, context.now)
        set_withdrawn(context.connection, participant.id, context.now)
        refresh_person(context.connection, participant.id, context.office.rules, context.now)
    return stopped(context)


def stopped(context: InboundContext) -> Reply:
    """The person has said stop; the only thing offered is the way back."""
    return Reply(
        says=(Say(service_messages.stopped_card(context.office, _words(context)), context.ref),)
    )


def opted_out(
    context: InboundContext, participant: Participant, enrolment: Enrolment
) -> Reply | None:
    """The reply to somebody who has said stop, handed over, or said no here; None for all others."""
    if enrolment.handed_over_at is not None:
        return _said(_words(context)(service_messages.HANDED_OVER))
    if participant.stopped_at is not None or enrolment.withdrawn_at is not None:
        return stopped(context)
    return declined_reply(context, enrolment) if enrolment.refused_at is not None else None


def resume(context: InboundContext, participant: Participant) -> Reply:
    """The person wants messages again."""
    if participant.stopped_at is not None:
        set_stopped(context.connection, participant.id, None)
        set_withdrawn(context.connection, participant.id, None)
        refresh_person(context.connection, participant.id, context.office.rules, context.now)
    return Reply(says=(Say(service_messages.welcome_back_card(_words(context)), context.ref),))


def set_membership(context: InboundContext, *, active: bool) -> None:
    """The person blocked the bot or let it in again; the state is set from the event."""
    address: Address = context.address
    state = AddressState.ACTIVE if active else AddressState.BLOCKED
    reason = "" if active else "blocked"
    set_address_state(context.connection, address.id, state, reason, context.now)
    refresh_person(context.connection, address.participant_id, context.office.rules, context.now)


def _words(context: InboundContext) -> Words:
    return Words(get_participant(context.connection, context.address.participant_id).language)


def _said(text: str) -> Reply:
    return Reply(says=(Say(Card(text)),))
