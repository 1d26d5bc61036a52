"""Buttons of an interview that answer no question: start, later, menu, answers, pages, language.

Each is called inside the transaction of a tap, after the case was loaded and access was checked.
"""

from dataclasses import replace

from bot.fieldwork.answering import save
from bot.fieldwork.help_done import help_done_told
from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Card, Reply, Say
from bot.messaging.tokens import Action, Token
from bot.participants.shared_replies import card_of
from bot.participants.unseen import reply_was_lost, standing_item
from bot.wording import answers_card, menus
from bot.wording.cards import Asking
from bot.wording.case_cards import invitation_card
from bot.wording.help_done import with_help_done
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.cases import set_case_language
from storage.fieldwork.interviews import load_interview
from storage.people.participants import set_language
from surveys.days import day_text
from surveys.interview.interview import Step, current
from surveys.planning.contacts import Kind
from surveys.wording import N_

UNREADABLE = N_("This button does not work any more. Please send /continue.")
LATER = N_("That is fine. You can answer until {day}. Send /continue when you are ready.")


def begin(context: InboundContext, file: CaseFile) -> Reply:
    """Show the question of a case that is asked now, outside a tap."""
    return show_question(context, file, asking_of(context, file), Token(Action.GO))


def asking_of(context: InboundContext, file: CaseFile) -> Asking:
    """Return the interview of a case with what its cards need."""
    return Asking(file.case.id, load_interview(context.connection, file, context.now))


def show_question(context: InboundContext, file: CaseFile, asking: Asking, tap: Token) -> Reply:
    """Show the question asked now: start, or go on.

    If the reply to an answer was lost, that answer is shown too.
    """
    save(context, file, Step(asking.interview))
    say = card_of(context, file, asking.interview)
    if file.case.shown_item and reply_was_lost(file, asking.interview):
        say = with_answer(say, file, asking)
    return Reply(says=(say,))


def with_answer(say: Say, file: CaseFile, asking: Asking) -> Say:
    """Return a card under the answer that stands to the question before."""
    given = answers_card.given_to(asking, standing_item(file, asking.interview))
    return replace(say, card=answers_card.with_standing(say.card, asking.words, given))


def put_off(context: InboundContext, file: CaseFile, asking: Asking, tap: Token) -> Reply:
    """Say until when the questionnaire is open."""
    return Reply(_until(file, asking))


def show_pause(context: InboundContext, file: CaseFile, asking: Asking, tap: Token) -> Reply:
    """Replace the question by a button to go on later."""
    return _shown(context, asking, menus.paused_card(asking, _until(file, asking)))


def _until(file: CaseFile, asking: Asking) -> str:
    day = day_text(file.wave.closes_on, asking.interview.language)
    return asking.words(LATER, day=day)


def show_menu(context: InboundContext, file: CaseFile, asking: Asking, tap: Token) -> Reply:
    """Show what lies behind ⋯."""
    return _shown(context, asking, menus.menu_card(asking))


def show_answers(context: InboundContext, file: CaseFile, asking: Asking, tap: Token) -> Reply:
    """Show the answers given so far."""
    return _shown(context, asking, answers_card.answers_card(asking))


def show_page(context: InboundContext, file: CaseFile, asking: Asking, tap: Token) -> Reply:
    """Show another page of options, if the question is still the one asked."""
    name = current(asking.interview)
    position = asking.interview.questionnaire.position
    if name is None or len(tap.numbers) < 3 or position[name] != tap.numbers[1]:
        return show_question(context, file, asking, tap)
    return Reply(says=(card_of(context, file, asking.interview, page=tap.numbers[2]),))


def show_languages(context: InboundContext, file: CaseFile, asking: Asking, tap: Token) -> Reply:
    """Show the languages of the questionnaire."""
    return _shown(context, asking, menus.languages_card(asking))


def speak(context: InboundContext, file: CaseFile, asking: Asking, tap: Token) -> Reply:
    """Switch the language, at any question. The stored answers are codes and stay."""
    languages = asking.interview.questionnaire.languages
    if len(tap.numbers) < 2 or tap.numbers[1] >= len(languages):
        return Reply(asking.words(UNREADABLE))
    language = languages[tap.numbers[1]]
    set_case_language(context.connection, file.case.id, language)
    set_language(context.connection, file.participant.id, language)
    return begin(context, load_file(context.connection, file.case.id))


def _shown(context: InboundContext, asking: Asking, card: Card) -> Reply:
    return Reply(says=(Say(card, context.ref, asking.case_id),))


def invitation_again(context: InboundContext, file: CaseFile) -> Card:
    """Return the invitation of a case with what it has told, for a person who has not begun."""
    asking = asking_of(context, file)
    card = invitation_card(asking, file, Kind.INVITATION, last=False)
    return with_help_done(card, asking.words, help_done_told(context.connection, file))
