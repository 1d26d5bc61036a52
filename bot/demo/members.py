"""One invented person, and how people take part."""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from bot.demo.habits import Habits
from bot.demo.truth import Officer
from surveys.people import Role


class Manner(StrEnum):
    """How a person takes part."""

    ANSWERS = "answers"
    SOMETIMES = "sometimes"
    HALF_WAY = "half_way"
    TWICE = "twice"
    SILENT = "silent"
    NEVER_JOINS = "never_joins"
    DECLINES = "declines"
    STOPS = "stops"
    BLOCKS = "blocks"


@dataclass
class Member:
    """One invented person. `support` (0 to 1) is that of the administration.

    `deeds` are what an officer does after each workshop, whether or not anybody hears of it. `own` is
    chance for what no other person's answers may depend on; all that a person who is `apart` does is
    drawn from it.
    """

    number: int
    name: str
    email: str
    administration: str
    manner: Manner
    support: float
    habits: Habits
    own: Random
    role: Role = Role.PARTICIPANT
    about: str = ""
    joins_late: bool = False
    moves: str = ""
    apart: bool = False
    workshops: list[str] = field(default_factory=list)
    supervisor_agreed: set[str] = field(default_factory=set)
    deeds: dict[str, Officer] = field(default_factory=dict)

    @property
    def chat(self) -> str:
        """The identifier of the person's chat."""
        return str(5000 + self.number)
