"""Consent: asked, given, put off or refused. Each use case is one transaction."""

from collections.abc import Callable

from bot.desk.people.handover import take_over
from bot.fieldwork.answering import note_delivered
from bot.fieldwork.consent import consent_card_for
from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Reply, Say
from bot.messaging.tokens import Token
from bot.participants.interview_views import UNREADABLE
from bot.participants.shared_replies import next_one, removed, said, words_of
from bot.settings.office import CONSENT_VERSION
from bot.wording import service_messages
from storage.fieldwork.case_files import open_files_of
from storage.fieldwork.next_contact import refresh_person
from storage.people.enrolments import enrolments_of, get_enrolment, set_consent, set_declined
from surveys.people import Enrolment, Participant
from surveys.wording import Words

EnrolmentHandler = Callable[[InboundContext, Enrolment, Token], Reply]


def of_enrolment(
    handler: EnrolmentHandler,
) -> Callable[[InboundContext, Participant, Token], Reply]:
    """Return the handler of a button that names one of the person's own enrolments."""

    def handle(context: InboundContext, participant: Participant, tap: Token) -> Reply:
        mine = enrolments_of(context.connection, participant.id)
        enrolment = next((one for one in mine if one.id == tap.numbers[0]), None)
        if enrolment is None:
            return Reply(Words(participant.language)(UNREADABLE))
        if enrolment.removed_at is not None:
            return removed(context, enrolment)
        for file in open_files_of(context.connection, participant.id):
            if file.enrolment.id == enrolment.id:
                note_delivered(context, file)
        return handler(context, enrolment, tap)

    return handle


def consent_reply(context: InboundContext, enrolment: Enrolment) -> Reply:
    """Ask for the consent of an enrolment. Nothing else is asked before it is answered."""
    card = consent_card_for(context.connection, context.office, enrolment, context.now)
    return Reply(says=(Say(card, context.ref),))


def show_stored(context: InboundContext, enrolment: Enrolment, tap: Token) -> Reply:
    """Show what would be stored, from the card that asks for consent."""
    words = words_of(context)
    return Reply(
        says=(Say(service_messages.stored_card(context.office, words, enrolment), context.ref),)
    )


def agree(context: InboundContext, enrolment: Enrolment, tap: Token) -> Reply:
    """Store the consent; a second time changes nothing, and after a refusal it takes that back."""
    known = enrolment.consent_version == CONSENT_VERSION and enrolment.refused_at is None
    if not known:
        # A successor who agrees on the page has used no code.
        take_over(context.connection, context.office, enrolment.participant_id, context.now)
        set_consent(context.connection, enrolment.id, CONSENT_VERSION, context.now)
        refresh_person(
            context.connection, enrolment.participant_id, context.office.rules, context.now
        )
    return agreed_reply(context, get_enrolment(context.connection, enrolment.id))


def agreed_reply(context: InboundContext, enrolment: Enrolment) -> Reply:
    """Thank for the consent, and offer the first open questionnaire."""
    open_now = [
        file.case
        for file in open_files_of(context.connection, enrolment.participant_id)
        if file.enrolment.id == enrolment.id and file.case.completed_at is None
        if not file.left_out and not file.closed(context.now)
    ]
    words = words_of(context)
    first = open_now[0].id if open_now else None
    card = service_messages.agreed_card(words, first, next_one(context, words))
    return Reply(says=(Say(card, context.ref),))


def decline(context: InboundContext, enrolment: Enrolment, tap: Token) -> Reply:
    """Store a "not now": after the first the person is asked once more, the second is a refusal.

    The button of the second asking has a number of its own, so that the first button tapped twice
    counts once.
    """
    asked_before = tap.numbers[1:] == (1,)
    if enrolment.consented_at is not None and enrolment.refused_at is None:
        return said(words_of(context)(service_messages.AGREED_ALREADY))
    final = enrolment.declined_once_at is not None and asked_before
    if enrolment.refused_at is None and (final or enrolment.declined_once_at is None):
        set_declined(context.connection, enrolment.id, context.now, final=final)
        refresh_person(
            context.connection, enrolment.participant_id, context.office.rules, context.now
        )
    return declined_reply(context, get_enrolment(context.connection, enrolment.id))


def declined_reply(context: InboundContext, enrolment: Enrolment) -> Reply:
    """Say what a "not now" or a refusal means from now on, with the way back."""
    return Reply(
        says=(Say(service_messages.declined_card(words_of(context), enrolment), context.ref),)
    )
