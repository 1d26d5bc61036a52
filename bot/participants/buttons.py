"""The buttons of participants, one row each, and their dispatch."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.dispatch import table_of
from bot.messaging.messages import Reply, Tapped
from bot.messaging.tokens import Action, read_token
from bot.participants import (
    consent,
    contact_channels,
    elearning,
    interview_views,
    interviewer,
    languages,
    personal_data,
)
from bot.participants.consent import of_enrolment
from bot.participants.interview_views import UNREADABLE
from bot.participants.interviewer import of_case
from bot.participants.rows import Names, PersonButton
from bot.participants.shared_replies import words_of
from bot.participants.stopping import stopped
from bot.participants.unseen import not_stored
from surveys.people import Participant
from surveys.wording import Words

CASE, CHOICE, ENROLMENT, NOTHING = Names.CASE, Names.CHOICE, Names.ENROLMENT, Names.NOTHING

BUTTONS = table_of(
    (
        PersonButton(Action.PICK, CASE, interviewer.answering),
        PersonButton(Action.TICK, CASE, interviewer.answering),
        PersonButton(Action.UNTICK, CASE, interviewer.answering),
        PersonButton(Action.DONE, CASE, interviewer.answering),
        PersonButton(Action.SKIP, CASE, interviewer.answering),
        PersonButton(Action.KEEP, CASE, interviewer.answering),
        PersonButton(Action.BACK, CASE, interviewer.answering),
        PersonButton(Action.CHANGE, CASE, interviewer.answering),
        PersonButton(Action.GO, CASE, of_case(interview_views.show_question)),
        PersonButton(Action.LATER, CASE, of_case(interview_views.put_off)),
        PersonButton(Action.PAUSE, CASE, of_case(interview_views.show_pause)),
        PersonButton(Action.MENU, CASE, of_case(interview_views.show_menu)),
        PersonButton(Action.ANSWERS, CASE, of_case(interview_views.show_answers)),
        PersonButton(Action.PAGE, CASE, of_case(interview_views.show_page)),
        PersonButton(Action.LANGUAGES, CASE, of_case(interview_views.show_languages)),
        PersonButton(Action.LANGUAGE, CASE, of_case(interview_views.speak)),
        PersonButton(Action.STOP, CASE, interviewer.stop_case),
        PersonButton(Action.AGREE, ENROLMENT, of_enrolment(consent.agree)),
        PersonButton(Action.DECLINE, ENROLMENT, of_enrolment(consent.decline)),
        PersonButton(Action.ELEARNING, ENROLMENT, of_enrolment(elearning.tell)),
        PersonButton(Action.STORED, ENROLMENT, of_enrolment(consent.show_stored)),
        PersonButton(Action.MY_LANGUAGES, NOTHING, languages.show_own),
        PersonButton(Action.MY_LANGUAGE, CHOICE, languages.choose_own),
        PersonButton(Action.CHANNELS, NOTHING, contact_channels.show),
        PersonButton(Action.CHANNEL, CHOICE, contact_channels.choose, on_page=True),
        PersonButton(Action.MINE, CHOICE, personal_data.tapped, after_stop=True, on_page=True),
        PersonButton(Action.RESUME, NOTHING, interviewer.resume, after_stop=True, on_page=True),
    ),
    key=lambda row: row.action,
)
"""By the actions of their tokens."""

CASE_ACTIONS = frozenset(row.action for row in BUTTONS.values() if row.names is CASE)


def tapped(context: InboundContext, participant: Participant, tap: Tapped) -> Reply:
    """Return the reply to a tap of a participant."""
    token = read_token(tap.token)
    row = BUTTONS.get(token.action) if token else None
    if participant.stopped_at is not None and not (row and row.after_stop):
        reply = stopped(context)
        answers = row is not None and row.handler is interviewer.answering
        return not_stored(reply, words_of(context)) if answers else reply
    if token is None or row is None or not row.fits(token):
        return Reply(Words(participant.language)(UNREADABLE))
    return row.handler(context, participant, token)
