"""The cards beside the questions: the menu behind ⋯, the languages, an answer to change. Pure."""

from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, Token, token
from bot.wording.answers_card import back_button
from bot.wording.cards import Asking
from surveys.interview.interview import current, shown_answer
from surveys.names import language_in, language_name
from surveys.wording import Remark, Words, best_language, worded_languages


def menu_card(asking: Asking) -> Card:
    """Return the menu behind ⋯: change an answer, language, pause, channel, stop."""
    words = asking.words
    case = asking.case_id
    rows = [
        (Button(words("See or change my answers"), token(Action.ANSWERS, case)),),
        (Button(words("Language"), token(Action.LANGUAGES, case)),),
    ]
    if current(asking.interview) is not None:
        rows.append((Button(words("Pause and continue later"), token(Action.PAUSE, case)),))
    rows.append((Button(words("How you get our messages"), token(Action.CHANNELS)),))
    rows.append((Button(words("Stop these messages"), token(Action.STOP, case)),))
    return Card(words("What would you like to do?"), (*rows, (back_button(asking),)))


def paused_card(asking: Asking, text: str) -> Card:
    """Return a text with one button, to go on with the interview."""
    return Card(text, ((Button(asking.words("Continue"), token(Action.GO, asking.case_id)),),))


def answered_card(asking: Asking, item: str, remark: Remark) -> Card:
    """Return the stored answer of a question whose old button was tapped, and a button to change it."""
    words = asking.words
    told = shown_answer(asking.interview, item, asking.interview.answers[item].value)
    answer = words("Your answer: {answer}", answer=told or words("skipped"))
    change = Button(words("Change it"), asking.token(Action.CHANGE, item))
    return Card(words.remark(remark) + "\n" + answer, ((change,), (back_button(asking),)))


def languages_card(asking: Asking) -> Card:
    """Return the languages of a questionnaire, by their own names."""
    words = asking.words
    languages = asking.interview.questionnaire.languages
    if len(languages) == 1:
        only = words(
            "This questionnaire is available in one language only: {language}.",
            language=language_in(languages[0], asking.words.language),
        )
        return Card(only, ((back_button(asking),),))
    rows = [
        (Button(language_name(code), token(Action.LANGUAGE, asking.case_id, number)),)
        for number, code in enumerate(languages)
    ]
    return Card(words("Which language would you like?"), (*rows, (back_button(asking),)))


def own_languages_card(words: Words) -> Card:
    """Return the languages of the bot, for a person who has no open questionnaire."""
    spoken = best_language(words.language, worded_languages())
    rows = [
        (Button(("✓ " if code == spoken else "") + language_name(code), _choice_of(code)),)
        for code in worded_languages()
    ]
    return Card(words("Which language would you like?"), tuple(rows))


def _choice_of(code: str) -> str:
    """Return the token of a language: its letters, read as a number in base 36, never change."""
    return token(Action.MY_LANGUAGE, int(code, 36))


def chosen_language(tap: Token) -> str | None:
    """Return the language of a button of `own_languages_card`; None for an unknown one."""
    return next((code for code in worded_languages() if tap.numbers == (int(code, 36),)), None)
