"""The answers given so far, each with the way to change it. Pure."""

from dataclasses import dataclass

from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from bot.wording.cards import Asking
from surveys.interview.interview import BACK_LABEL, AnswerState, question, shown_answer
from surveys.interview.route import quoted
from surveys.items import type_of
from surveys.items.base import Shape
from surveys.wording import Words

ANSWERS_SHOWN = 60


@dataclass(frozen=True)
class Given:
    """An answer as it is shown again: number and text of the question, the answer in words, the
    token that changes it, and the name of the item."""

    number: int
    asked: str
    told: str
    change: str
    item: str


def answers_given(asking: Asking) -> list[Given]:
    """Return the answers so far in the order of the questions, without notes."""
    found = (given_to(asking, name) for name in asking.interview.route.asked)
    return [given for given in found if given is not None]


def given_to(asking: Asking, name: str) -> Given | None:
    """Return the answer to a question; None for a note, and if there is none (any more)."""
    interview = asking.interview
    answer = interview.answers.get(name)
    if answer is None or answer.state is AnswerState.DELETED:
        return None
    if name not in interview.route.asked:
        return None
    item = interview.questionnaire.by_name[name]
    if type_of(item.type).shape is Shape.NOTE:
        return None
    asked = quoted(interview, interview.route, item.label)
    told = shown_answer(interview, name, answer.value) or asking.words("skipped")
    number = interview.route.asked.index(name) + 1
    return Given(number, asked, told, asking.token(Action.CHANGE, name), name)


def with_standing(card: Card, words: Words, given: Given | None) -> Card:
    """Return a card under the answer that stands to an earlier question, with a button to change it."""
    if given is None:
        return card
    answer = words("Your answer: {answer}", answer=_shortened(given.told))
    change = Button(words("Change my earlier answer"), given.change)
    text = f"{_shortened(given.asked)}\n{answer}\n\n{card.text}"
    return Card(text, (*card.rows, (change,)))


def answers_card(asking: Asking) -> Card:
    """Return the answers given so far, with a button to change each."""
    words = asking.words
    lines = []
    buttons = []
    for given in answers_given(asking):
        lines.append(f"{given.number}. {_shortened(given.asked)}\n   {given.told}")
        buttons.append(Button(str(given.number), given.change))
    head = words("Your answers so far. Tap a number to change an answer.")
    text = "\n".join([head, *lines]) if lines else words("You have not answered anything yet.")
    rows = [tuple(buttons[start : start + 5]) for start in range(0, len(buttons), 5)]
    return Card(text, (*rows, (back_button(asking),)))


def back_button(asking: Asking) -> Button:
    """Return the button that leads back to the question asked, or to the thanks."""
    if question(asking.interview) is None:
        return Button(asking.words(BACK_LABEL), token(Action.GO, asking.case_id))
    return Button(asking.words("‹ Back to the question"), token(Action.GO, asking.case_id))


def _shortened(text: str) -> str:
    """Return a question cut at a word, or anywhere in scripts that have no spaces between words."""
    if len(text) <= ANSWERS_SHOWN:
        return text
    begun = text[:ANSWERS_SHOWN]
    return (begun.rpartition(" ")[0] or begun).rstrip(" ,;:") + " …"
