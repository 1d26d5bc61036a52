"""The move in an interview that a button stands for. Pure: knows no database."""

from collections.abc import Callable, Mapping

from bot.messaging.tokens import Action, Token
from surveys.interview.interview import (
    Back,
    Change,
    Done,
    Interview,
    Keep,
    Move,
    Pick,
    Skip,
    Tick,
    question,
)
from surveys.items import type_of
from surveys.items.base import Shape
from surveys.items.pick_many import choose_some
from surveys.items.pick_one import choose
from surveys.wording import Remark

PLAIN_MOVES: Mapping[Action, Callable[[str], Move]] = {
    Action.DONE: Done,
    Action.SKIP: Skip,
    Action.KEEP: Keep,
    Action.BACK: Back,
    Action.CHANGE: Change,
}
CHOICES = frozenset({Action.PICK, Action.TICK, Action.UNTICK})


def move_of(interview: Interview, tap: Token) -> Move | None:
    """Return the move of a token; None where its numbers fit nothing in the questionnaire."""
    items = interview.questionnaire.items
    if len(tap.numbers) < 2 or tap.numbers[1] >= len(items):
        return None
    item = items[tap.numbers[1]]
    if tap.action in PLAIN_MOVES:
        return PLAIN_MOVES[tap.action](item.name)
    if tap.action not in CHOICES:
        return None
    codes = [option.name for option in interview.questionnaire.options(item)]
    codes = codes or [choice.code for choice in type_of(item.type).choices(item)]
    if len(tap.numbers) < 3 or tap.numbers[2] >= len(codes):
        return None
    code = codes[tap.numbers[2]]
    if tap.action is Action.PICK:
        return Pick(item.name, code)
    return Tick(item.name, code, on=tap.action is Action.TICK)


def what_is_wanted(interview: Interview) -> Remark | None:
    """Return how to answer the question asked now; None where any text may be an answer."""
    asked = question(interview)
    if asked is None or asked.shape not in (Shape.PICK_ONE, Shape.PICK_MANY):
        return None
    wanted = choose if asked.shape is Shape.PICK_ONE else choose_some
    return wanted(asked.choices)
