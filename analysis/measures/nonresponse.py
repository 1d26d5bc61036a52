"""Non-response: what is known of those who did not answer the next wave. Pure rules.

Who answers late, after reminders, may be more like those who never answer than who answers at once;
and what somebody told at an earlier wave is known of who is silent later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

POINTS = 15
"""From more than so many percentage points of difference on it is told in a sentence."""
GROUP = 10
"""The smallest group that is compared in a sentence."""


class Cell(StrEnum):
    """Whether a person used it at one wave, and replied at the next."""

    SILENT_NOT = "silent_not"
    SILENT_USE = "silent_use"
    REPLIED_NOT = "replied_not"
    REPLIED_USE = "replied_use"


def cell_of(*, replied: bool, uses: bool) -> Cell:
    """Return the cell of a person."""
    if replied:
        return Cell.REPLIED_USE if uses else Cell.REPLIED_NOT
    return Cell.SILENT_USE if uses else Cell.SILENT_NOT


@dataclass(frozen=True)
class Part:
    """How many of a group of people used it, or did something else."""

    count: int
    people: int


@dataclass(frozen=True)
class UseByReply:
    """The people who told their use at one wave and were asked at the next: who replied there or not."""

    earlier: str
    later: str
    replied: Part
    silent: Part

    @property
    def differs(self) -> int:
        """1 if those who replied had used it clearly more, -1 if clearly less, else 0."""
        one, other = self.replied, self.silent
        if min(one.people, other.people) < GROUP:
            return 0
        gap = one.count * other.people - other.count * one.people
        if abs(gap) * 100 <= POINTS * one.people * other.people:
            return 0
        return 1 if gap > 0 else -1


def use_by_reply(earlier: str, later: str, counts: Mapping[str, int]) -> UseByReply:
    """Return the two groups from the people in each cell."""

    def part(use: Cell, rest: Cell) -> Part:
        return Part(counts.get(use, 0), counts.get(use, 0) + counts.get(rest, 0))

    replied = part(Cell.REPLIED_USE, Cell.REPLIED_NOT)
    return UseByReply(earlier, later, replied, part(Cell.SILENT_USE, Cell.SILENT_NOT))


class When(StrEnum):
    """When a response was begun."""

    EARLY = "early"
    FIRST_REMINDER = "first_reminder"
    LATE = "late"


def when_of(reminders: int) -> When:
    """Return when a response was begun, from the reminders before it."""
    return (When.EARLY, When.FIRST_REMINDER, When.LATE)[min(reminders, 2)]
