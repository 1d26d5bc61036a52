"""What a person can do in an interview: one value type for each tap, tick or typed text.

Each button names the question it belongs to, so that an old one can never answer another question.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pick:
    """One option of a question was chosen."""

    item: str
    option: str


@dataclass(frozen=True)
class Tick:
    """A box was ticked (`on`) or unticked."""

    item: str
    option: str
    on: bool


@dataclass(frozen=True)
class Done:
    """The ticks are complete, or a note was read."""

    item: str


@dataclass(frozen=True)
class Skip:
    """The question is passed over on purpose."""

    item: str


@dataclass(frozen=True)
class Keep:
    """The answer given before stays; go on."""

    item: str


@dataclass(frozen=True)
class Back:
    """Go to the question before this one."""

    item: str


@dataclass(frozen=True)
class Change:
    """Go to an answered question to change it."""

    item: str


@dataclass(frozen=True)
class Write:
    """A typed text, which names no question: it is read for the one asked."""

    text: str


@dataclass(frozen=True)
class Fill:
    """The form of one question was sent: the codes chosen, or the text written."""

    item: str
    values: tuple[str, ...]


Move = Pick | Tick | Done | Skip | Keep | Back | Change | Write | Fill
