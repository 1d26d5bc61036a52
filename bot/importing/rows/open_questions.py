"""What a list leaves open, put to the organiser: a question, its choices, and the answers by key.

Knows neither chat nor command line: chat shows choices as buttons, the command line takes
`--answer "KEY=VALUE"`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LEAVE_OUT = "leave out"
SAME, TWO = "same person", "two people"


@dataclass(frozen=True)
class Choice:
    """One way to answer: what a button says, and the value that is kept."""

    label: str
    value: str


@dataclass(frozen=True)
class Question:
    """Something that only a person can say. `key` stays the same when the list is read again.

    `any_administration` says that the code of any other administration is an answer too.
    """

    key: str
    text: str
    choices: tuple[Choice, ...]
    any_administration: bool = False

    def __str__(self) -> str:
        ways = " or ".join(f'--answer "{self.key}={choice.value}"' for choice in self.choices)
        other = " or another code of the table" if self.any_administration else ""
        return f"{self.text} {ways}{other}"


Answers = Mapping[str, str]


def answers_of(given: list[str]) -> dict[str, str]:
    """The answers of a command line, each "KEY=VALUE"; the last `=` parts them."""
    parted = (one.rpartition("=") for one in given)
    return {key.strip(): value.strip() for key, _, value in parted}
