"""The buttons of acts on one person: which act, and what it needs to know."""

from enum import IntEnum

from bot.messaging.messages import Button
from bot.messaging.tokens import Action, token


class Deed(IntEnum):
    """The act of a button; a number never gets a second meaning."""

    ASK_STOP = 0
    STOP = 1
    START = 2
    ASK_PAUSE = 3
    PAUSE = 4
    ASK_REMOVE = 5
    REMOVE = 6
    RESTORE = 7
    ASK_LEAVE_OUT = 8
    LEAVE_OUT = 9
    TAKE_IN = 10
    HAND_BACK = 11


def button(label: str, person: int, deed: Deed, *more: int) -> Button:
    """Return a button that does something to the person with this number."""
    return Button(label, token(Action.OFFICE_PERSON_ACT, person, deed, *more))


def person_button(label: str, person: int) -> Button:
    """Return a button that shows a person."""
    return Button(label, token(Action.OFFICE_PERSON, person))
