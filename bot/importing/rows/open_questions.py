"""Open questions of an import to the organiser: the question, its choices, the answers by key.

Chat shows the choices as buttons, the command line takes `--answer "KEY=VALUE"`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

LEAVE_OUT = "leave out"
COLUMN = "column "
"""The keys of questions about columns begin with it; they have an option of their own."""
SAME_IN = " The answer is also for "
SHOWN = 5
"""Further rows that a question names."""
SAME, TWO = "same person", "two people"


@dataclass(frozen=True)
class Choice:
    """One choice: the label of its button, and the value of the answer."""

    label: str
    value: str


@dataclass(frozen=True)
class Question:
    """A question about a list. `key` stays the same when the list is read again.

    With `any_administration` the code of any other administration is an answer too, with `any_words`
    other words are, such as a number or a day. `chosen` is the answer that holds if none is given;
    without it the question must be answered. `also` are the first of the further rows that it is
    about, of which there are `further`.
    """

    key: str
    text: str
    choices: tuple[Choice, ...]
    any_administration: bool = False
    chosen: str = ""
    also: tuple[str, ...] = ()
    further: int = 0
    any_words: bool = False

    def __str__(self) -> str:
        if self.key.startswith(COLUMN):
            key = self.key.removeprefix(COLUMN)
            columns = (f'{one.label} (--column "{key}={one.value}")' for one in self.choices)
            return f"{self.text} {'; '.join(columns)}"
        answers = " or ".join(f'--answer "{self.key}={choice.value}"' for choice in self.choices)
        other = " or another code of the table" if self.any_administration else ""
        return f"{self.text} {answers}{other}"


def also_in(question: Question, place: str) -> Question:
    """Return a question that says that it is about another row too."""
    also = (*question.also, place)[:SHOWN]
    further = question.further + 1
    more = f" and {further - len(also)} more" if further > len(also) else ""
    text = f"{question.text.partition(SAME_IN)[0]}{SAME_IN}{', '.join(also)}{more}."
    return replace(question, text=text, also=also, further=further)


Answers = Mapping[str, str]


def answers_of(given: list[str]) -> dict[str, str]:
    """Return the answers of a command line, each "KEY=VALUE", split at the last `=`."""
    parted = (one.rpartition("=") for one in given)
    return {key.strip(): value.strip() for key, _, value in parted}
