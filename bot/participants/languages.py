"""The language of a person: the choice shown, and the language set."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Reply, Say
from bot.messaging.tokens import Token
from bot.participants.interview_views import UNREADABLE, asking_of
from bot.participants.interviewer import go_on
from bot.participants.open_cases import barred, meant_file, open_files
from bot.participants.shared_replies import words_of
from bot.participants.stopping import stopped
from bot.wording import menus
from storage.people.participants import set_language
from surveys.names import language_meant
from surveys.people import Participant
from surveys.wording import worded_languages


def command(context: InboundContext, participant: Participant, argument: str) -> Reply:
    """/language: a choice of languages. /language fr, or français, sets one, also after a stop."""
    meant = language_meant(argument, worded_languages()) if argument else None
    if meant is not None:
        return _speak(context, meant)
    if participant.stopped_at is not None:
        return stopped(context)
    return _choose(context)


def show_own(context: InboundContext, participant: Participant, tap: Token) -> Reply:
    """Show the languages of the bot."""
    return _own_languages(context)


def choose_own(context: InboundContext, participant: Participant, tap: Token) -> Reply:
    """Set the language of the bot that a button names."""
    language = menus.chosen_language(tap)
    if language is None:
        return Reply(words_of(context)(UNREADABLE))
    return _speak(context, language)


def _choose(context: InboundContext) -> Reply:
    """Show the languages of the questionnaire asked last, else those of the bot."""
    file = meant_file(context)
    if file is None or file.closed(context.now):
        file = next(iter(open_files(context)), None)
    if file is None or barred(context, file) is not None:
        return _own_languages(context)
    card = menus.languages_card(asking_of(context, file))
    return Reply(says=(Say(card, case_id=file.case.id),))


def _own_languages(context: InboundContext) -> Reply:
    """Show the languages of the bot, for a person who has no open questionnaire."""
    return Reply(says=(Say(menus.own_languages_card(words_of(context)), context.ref),))


def _speak(context: InboundContext, language: str) -> Reply:
    """Set the language of the person, and go on where they stand."""
    set_language(context.connection, context.address.participant_id, language)
    return go_on(context, at_once=False)
