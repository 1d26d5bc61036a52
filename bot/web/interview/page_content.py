"""Chooses what stands on a page: a card, the current question, or a view beside it. Reads only."""

from dataclasses import replace

from bot.desk.people.personal_data import PersonalData, personal_data_of
from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Card, Reply
from bot.participants import contact_channels, personal_data_cards
from bot.participants.consent import consent_reply
from bot.participants.interview_views import asking_of, invitation_again
from bot.participants.open_cases import choice_card
from bot.participants.shared_replies import card_of, next_one
from bot.participants.stopping import opted_out
from bot.web.interview.page import WRITE_HERE, Page, PageQuery, View
from bot.wording import case_cards, menus, service_messages
from storage.fieldwork.case_files import CaseFile, load_file, open_files_of
from storage.fieldwork.cases import newest_case_of
from storage.people.links import Purpose, Visitor
from storage.people.participants import get_participant
from surveys.interview.interview import current
from surveys.people import Enrolment, Participant
from surveys.wording import N_, Words, worded_languages

STOP_NOW = N_("Do you want to stop our messages?")


def page_of(context: InboundContext, visitor: Visitor, query: PageQuery) -> Page:
    """Return the page that a visitor is at, or the view of it that `query` asks for."""
    person, enrolment = visitor.participant, visitor.enrolment
    words = Words(person.language)
    if query.view in (View.MINE, View.DELETE):
        return Page(words, query.view, _personal_card(context, query.view))
    if query.view is View.WRITE:
        return Page(words, View.WRITE, Card(words(WRITE_HERE)))
    if query.view is View.LANGUAGES and query.case_id is None:
        which = Card(words("Which language would you like?"))
        return Page(words, View.LANGUAGES, which, languages=worded_languages())
    ended = opted_out(context, person, enrolment)
    if ended is not None:
        return Page(words, View.HERE, card_in(ended))
    if query.purpose is Purpose.STOP or query.view is View.STOP:
        return Page(words, View.STOP, Card(words(STOP_NOW)))
    if query.view is View.STORED:
        return Page(
            words, View.STORED, service_messages.stored_card(context.office, words, enrolment)
        )
    if query.view is View.CHANNELS:
        return Page(words, View.CHANNELS, card_in(contact_channels.channels_reply(context)))
    files = _open_files(context, enrolment)
    file = _wanted(files, query)
    if file is not None and enrolment.consented_at is not None:
        return _page_of_case(context, file, query)
    if len(files) > 1 and enrolment.consented_at is not None:
        return Page(words, View.HERE, choice_card(context, files))
    return Page(words, View.HERE, _card_without_case(context, enrolment, words, bool(files)))


def _personal_card(context: InboundContext, view: View) -> Card:
    """Return the card with all personal data, or the card that explains the deletion."""
    if view is View.DELETE:
        return personal_data_cards.ask_card(words_of(context))
    stored = stored_of(context)
    card = personal_data_cards.mydata_card(context.office, stored)
    return replace(card, text="\n".join([card.text, *personal_data_cards.answer_lines(stored)]))


def stored_of(context: InboundContext) -> PersonalData:
    """Return what is stored about the person."""
    return personal_data_of(context.connection, person_of(context), context.now)


def person_of(context: InboundContext) -> Participant:
    """Return the person who sent the message."""
    return get_participant(context.connection, context.address.participant_id)


def _card_without_case(
    context: InboundContext, enrolment: Enrolment, words: Words, something_open: bool
) -> Card:
    """Return the request for consent, or the card that says when the next questionnaire comes."""
    to_come = next_one(context, words)
    newest = newest_case_of(context.connection, enrolment.id)
    if enrolment.consented_at is None and (something_open or to_come or newest is None):
        return card_in(consent_reply(context, enrolment))
    if newest is None:
        return Card(service_messages.nothing_open(words, to_come))
    file = load_file(context.connection, newest)
    if file.left_out:
        return Card(words(service_messages.LEFT_OUT, contact=context.office.contact))
    return case_cards.closed_card(file, Words(file.language), to_come)


def _page_of_case(context: InboundContext, file: CaseFile, query: PageQuery) -> Page:
    """Return the page of an open case: its current question, or a view beside it."""
    asking = asking_of(context, file)
    page = Page(asking.words, query.view, asking=asking, about=file.workshop.title)
    if query.view is View.ANSWERS:
        return page
    if query.view is View.LANGUAGES:
        return replace(page, card=menus.languages_card(asking))
    if file.case.asked_at is None:
        return replace(page, card=invitation_again(context, file))
    if current(asking.interview) is None:
        return replace(page, card=card_of(context, file, asking.interview).card)
    return page


def _open_files(context: InboundContext, enrolment: Enrolment) -> list[CaseFile]:
    """Return the open cases of an enrolment, those that are not complete first."""
    open_now = [
        file
        for file in open_files_of(context.connection, enrolment.participant_id)
        if file.enrolment.id == enrolment.id
        if not file.left_out and not file.closed(context.now)
    ]
    return sorted(open_now, key=lambda file: file.case.completed_at is not None)


def _wanted(files: list[CaseFile], query: PageQuery) -> CaseFile | None:
    """Return the case of the query, else the only incomplete case, else the only case."""
    chosen = [file for file in files if file.case.id == query.case_id]
    waiting = [file for file in files if file.case.completed_at is None]
    found = next((group for group in (chosen, waiting, files) if group), [])
    return found[0] if len(found) == 1 or (found and not waiting) else None


def card_in(reply: Reply) -> Card:
    """Return the first card of a reply."""
    return reply.says[0].card


def words_of(context: InboundContext) -> Words:
    """Return the texts in the language of the person."""
    return Words(person_of(context).language)
