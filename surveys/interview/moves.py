"""The moves of a person in an interview: one value type for each tap, tick or typed text.

Each button names its question, so that an old one can never answer another question.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pick:
    """Choose one option of a question."""

    item: str
    option: str


@dataclass(frozen=True)
class Tick:
    """Tick (`on`) or untick a box."""

    item: str
    option: str
    on: bool


@dataclass(frozen=True)
class Done:
    """Finish ticking, or confirm that a note was read."""

    item: str


@dataclass(frozen=True)
class Skip:
    """Skip the question."""

    item: str


@dataclass(frozen=True)
class Keep:
    """Keep the answer given before, and go on."""

    item: str


@dataclass(frozen=True)
class Back:
    """Go to the previous question."""

    item: str


@dataclass(frozen=True)
class Change:
    """Go to an answered question to change it."""

    item: str


@dataclass(frozen=True)
class Write:
    """Answer with a typed text, which names no question: it is read for the one asked."""

    text: str


@dataclass(frozen=True)
class Fill:
    """Send the form of one question: the codes chosen, or the text written."""

    item: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Show:
    """Show a file, which was checked and kept. Without `item` it is for the question asked."""

    item: str = ""


Move = Pick | Tick | Done | Skip | Keep | Back | Change | Write | Fill | Show
