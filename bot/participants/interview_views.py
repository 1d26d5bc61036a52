"""What buttons of an interview show without answering anything: start, menu, answers, language.

Each view is called inside the transaction of a tap, after the door has checked who may see it.
"""

from collections.abc import Callable, Mapping

from bot.fieldwork.answering import InboundContext, save
from bot.messaging.messages import Card, Reply, Say
from bot.messaging.tokens import Action, Token
from bot.participants.inbound import card_of
from bot.wording import cards, menus
from bot.wording.cards import Asking
from storage.fieldwork.case_files import CaseFile, load_file, load_interview
from storage.fieldwork.cases import set_case_language
from storage.people.participants import set_language
from surveys.interview.facts import day_text
from surveys.interview.interview import Step, current
from surveys.wording import N_

UNREADABLE = N_("This button does not work any more. Please send /continue.")
LATER = N_("That is fine. It is open until {day}; /continue brings it back at any time.")


def begin(context: InboundContext, file: CaseFile) -> Reply:
    """Start, or go on: show the question asked now."""
    return _go(context, file, asking_of(context, file), Token(Action.GO))


def asking_of(context: InboundContext, file: CaseFile) -> Asking:
    """The interview of a case with what its cards need."""
    return Asking(file.case.id, load_interview(context.connection, file, context.now))


def _go(context: InboundContext, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    save(context, file, Step(asking.interview))
    return Reply(says=(card_of(context, file, asking.interview),))


def _later(context: InboundContext, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    return Reply(_until(file, asking))


def _pause(context: InboundContext, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    return _shown(context, asking, menus.paused_card(asking, _until(file, asking)))


def _until(file: CaseFile, asking: Asking) -> str:
    day = day_text(file.wave.closes_on, asking.interview.language)
    return asking.words(LATER, day=day)


def _menu(context: InboundContext, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    return _shown(context, asking, menus.menu_card(asking))


def _answers(context: InboundContext, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    return _shown(context, asking, cards.answers_card(asking))


def _page(context: InboundContext, file: CaseFile, asking: Asking, token: Token) -> Reply:
    """Another page of options; only where the question is still the one asked."""
    name = current(asking.interview)
    position = asking.interview.questionnaire.position
    if name is None or len(token.numbers) < 3 or position[name] != token.numbers[1]:
        return _go(context, file, asking, token)
    return Reply(says=(card_of(context, file, asking.interview, page=token.numbers[2]),))


def _languages(context: InboundContext, file: CaseFile, asking: Asking, _token: Token) -> Reply:
    return _shown(context, asking, menus.languages_card(asking))


def _set_language(context: InboundContext, file: CaseFile, asking: Asking, token: Token) -> Reply:
    """Switch at any question; every stored code stays."""
    languages = asking.interview.questionnaire.languages
    if len(token.numbers) < 2 or token.numbers[1] >= len(languages):
        return Reply(asking.words(UNREADABLE))
    language = languages[token.numbers[1]]
    set_case_language(context.connection, file.case.id, language)
    set_language(context.connection, file.participant.id, language)
    return begin(context, load_file(context.connection, file.case.id))


def _shown(context: InboundContext, asking: Asking, card: Card) -> Reply:
    return Reply(says=(Say(card, context.ref, asking.case_id),))


VIEWS: Mapping[Action, Callable[[InboundContext, CaseFile, Asking, Token], Reply]] = {
    Action.GO: _go,
    Action.LATER: _later,
    Action.PAUSE: _pause,
    Action.MENU: _menu,
    Action.ANSWERS: _answers,
    Action.PAGE: _page,
    Action.LANGUAGES: _languages,
    Action.LANGUAGE: _set_language,
}
"""The views by the action of their buttons. All other actions of a case are moves."""
