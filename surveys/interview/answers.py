"""An interview in memory: its questionnaire, the answers so far, and what they may quote.

Value types only; `surveys.interview.questions` decides what is asked next,
`surveys.interview.interview` what a tap does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from surveys.interview.route import EarlierResponse, Route, find_route
from surveys.questionnaire import Questionnaire


class AnswerState(StrEnum):
    """Answered, or skipped on purpose. No answer row means: not asked, or not reached.

    DELETED was answered in own words, and the text was deleted after its time: that something was
    written is still known, so that no figure changes.
    """

    ANSWERED = "answered"
    SKIPPED = "skipped"
    DELETED = "deleted"


@dataclass(frozen=True)
class Answer:
    """The value given to one item: codes, decimals, ISO days or words; '' if skipped or deleted."""

    item: str
    value: str
    state: AnswerState
    language: str
    at: datetime


@dataclass(frozen=True)
class Interview:
    """A case with its questionnaire, its answers and the earlier answers it may quote.

    `facts` holds texts by (source, field) such as ("workshop", "title"); `now` is local time;
    `position` is the item a person went back to; `draft` are the ticks of the question asked. Without
    `asks_files` nobody is asked to show a file.
    """

    questionnaire: Questionnaire
    now: datetime
    language: str = "en"
    answers: Mapping[str, Answer] = field(default_factory=dict)
    earlier: Mapping[str, EarlierResponse] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    position: str | None = None
    draft: str | None = None
    completed_at: datetime | None = None
    asks_files: bool = False

    @cached_property
    def route(self) -> Route:
        """The route through the questionnaire with these answers, computed once."""
        return find_route(self)

    @cached_property
    def answered(self) -> frozenset[str]:
        """Names of the items that are answered or skipped."""
        return frozenset(self.answers)

    @cached_property
    def values(self) -> dict[str, str]:
        """The answered values by item name; skipped items are missing."""
        return {
            name: answer.value
            for name, answer in self.answers.items()
            if answer.state is AnswerState.ANSWERED
        }
