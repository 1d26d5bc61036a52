"""What the office does next after a workshop, as a page says it. Value types only."""

import re
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

OWN = re.compile(r"own-([1-9]\d*)")
"""The key of a step of the office's own; all other keys are those of rules."""


class State(StrEnum):
    """Who is told of a step: the office alone, readers outside too, or nobody."""

    OFFICE = "office"
    RELEASED = "released"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Content:
    """What a step says, who does it, and who is told of it."""

    words: str
    owner: str = ""
    state: State = State.OFFICE


@dataclass(frozen=True)
class NextStep:
    """A step with its key: that of a rule, such as `help`, or of an own one, such as `own-1`."""

    key: str
    content: Content

    @property
    def own(self) -> bool:
        return OWN.fullmatch(self.key) is not None

    def lapsed(self, applying: Container[str]) -> bool:
        """Return whether it is still told outside, although its rule is not one of the `applying`."""
        released = self.content.state is State.RELEASED
        return released and not self.own and self.key not in applying


def next_own(keys: list[str]) -> str:
    """Return the key of the next step of the office's own."""
    numbers = (int(found[1]) for found in map(OWN.fullmatch, keys) if found)
    return f"own-{max(numbers, default=0) + 1}"
