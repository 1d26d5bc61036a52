"""Stop, and back again; and a chat that was blocked. Each use case is one transaction."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Reply, Say
from bot.participants.consent import declined_reply
from bot.participants.shared_replies import removed, said, words_of
from bot.wording import service_messages
from storage.fieldwork.next_contact import refresh_person
from storage.people.addresses import set_address_state
from storage.people.enrolments import set_withdrawn
from storage.people.participants import set_stopped
from surveys.people import Address, AddressState, Enrolment, Participant
from surveys.planning.channels import WEB


def command(context: InboundContext, participant: Participant, argument: str) -> Reply:
    """/stop: end all messages at once."""
    return stop(context, participant)


def stop(context: InboundContext, participant: Participant) -> Reply:
    """End all messages to a person at once."""
    if participant.stopped_at is not None and participant.stop_reason is not None:
        # From now on only the person can end it, not the office any more.
        set_stopped(context.connection, participant.id, participant.stopped_at)
    if participant.stopped_at is None:
        set_stopped(context.connection, participant.id, context.now)
        set_withdrawn(context.connection, participant.id, context.now)
        refresh_person(context.connection, participant.id, context.office.rules, context.now)
    return stopped(context)


def stopped(context: InboundContext) -> Reply:
    """Tell a person who has said stop that it holds, and offer the way back."""
    words, on_page = words_of(context), context.address.channel == WEB
    card = service_messages.stopped_card(context.office, words, on_page=on_page)
    return Reply(says=(Say(card, context.ref),))


def opted_out(
    context: InboundContext, participant: Participant, enrolment: Enrolment
) -> Reply | None:
    """Return the reply to a person who is not asked here any more; None to others.

    They have said stop, handed over or refused, or were removed from the workshop.
    """
    if enrolment.removed_at is not None:
        return removed(context, enrolment)
    if enrolment.handed_over_at is not None:
        return said(words_of(context)(service_messages.HANDED_OVER))
    if participant.stopped_at is not None or enrolment.withdrawn_at is not None:
        return stopped(context)
    return declined_reply(context, enrolment) if enrolment.refused_at is not None else None


def resume(context: InboundContext, participant: Participant) -> Reply:
    """Take back the stop of a person."""
    if participant.stopped_at is not None:
        set_stopped(context.connection, participant.id, None)
        set_withdrawn(context.connection, participant.id, None)
        refresh_person(context.connection, participant.id, context.office.rules, context.now)
    return Reply(says=(Say(service_messages.welcome_back_card(words_of(context)), context.ref),))


def set_membership(context: InboundContext, *, active: bool) -> None:
    """Store that a person blocked the bot, or let it in again."""
    address: Address = context.address
    state = AddressState.ACTIVE if active else AddressState.BLOCKED
    reason = "" if active else "blocked"
    set_address_state(context.connection, address.id, state, reason, context.now)
    refresh_person(context.connection, address.participant_id, context.office.rules, context.now)
