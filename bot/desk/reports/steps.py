"""Steps of what the office does next, as acts name them, find them and leave them."""

from dataclasses import dataclass

from bot.desk.reports.undoable import Undoable
from surveys.next_step import Content

LAPSED = "no longer applies by rule; still told outside"
"""Of a released step of a rule that is about nobody any more: it stands until staff take it back."""
TAKE_BACK = "Take back"


@dataclass(frozen=True)
class StepPlace:
    """A step of the report on a scope."""

    scope: str
    key: str


@dataclass(frozen=True)
class StandingStep:
    """A step as it stands; `count` is of how many delegations (people) its rule speaks, None of none.

    `decided` if staff have decided about it. `lapsed` if it is still told outside, although its rule
    applies no longer.
    """

    key: str
    count: int | None
    content: Content
    decided: bool
    lapsed: bool = False


@dataclass(frozen=True)
class Stepped(Undoable):
    """A step after an act, in words."""

    command = "next-step undo"
    place: StepPlace
    content: Content
    said: str
    undo: int = 0
