"""What a recommendation of a report says, and what became of it. Value types only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Whether a recommendation is in reports: only a released one is."""

    PROPOSED = "proposed"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Became(StrEnum):
    """What became of a recommendation."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Content:
    """What a recommendation says: its words, who is to do it until when, its state and outcome."""

    words: str
    owner: str = ""
    due_on: date | None = None
    state: State = State.PROPOSED
    outcome: Became = Became.OPEN
    outcome_words: str = ""
