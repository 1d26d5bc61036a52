"""The result of an import."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.importing.rows.open_questions import Question
from bot.importing.rows.readings import ListSheet
from surveys.problems import Problem
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Imported:
    """The result of an import (or a dry run): how many rows were new, changed and the same.

    `warnings` did not stop the import. With open `questions` nothing was changed; `offers` are
    questions that have an answer already. `notes` say how the file was read. `workshops` are those of
    a calendar, `lines` name each person or workshop, `changes` say what is new, changed and gone.
    `number` is that of the import, `removed` counts people who leave because they are not on the list,
    `before` says that the same file was saved before. `sheets` are those of the file with their columns.
    `changed_plans` are workshops as they were that a
    calendar moves or cancels.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    warnings: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    offers: tuple[Question, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)
    workshops: tuple[Workshop, ...] = field(default=(), compare=False)
    lines: tuple[str, ...] = field(default=(), compare=False)
    changed_plans: tuple[Workshop, ...] = field(default=(), compare=False)
    changes: tuple[str, ...] = field(default=(), compare=False)
    number: int = field(default=0, compare=False)
    removed: int = field(default=0, compare=False)
    before: str = field(default="", compare=False)
    sheets: tuple[ListSheet, ...] = field(default=(), compare=False)

    @property
    def rows(self) -> int:
        """The number of people or workshops."""
        return self.new + self.changed + self.same

    @property
    def counts(self) -> str:
        """How many are new, corrected, removed and as before; what there is none of is not said."""
        parts = (
            (self.new, "new"),
            (self.changed, "corrected"),
            (self.removed, "removed"),
            (self.same, "as before"),
        )
        return f"{_said(parts) or 'nothing'}."

    @property
    def sum(self) -> str:
        """What was found, without what was not: "1 new, 3 corrected, 1 to ask about, 18 as before"."""
        parts = (
            (self.new, "new"),
            (self.changed, "corrected"),
            (self.removed, "to be removed"),
            (len(self.questions), "to ask about"),
            (self.same, "as before"),
        )
        return _said(parts) or "Nothing is listed"

    @property
    def nothing_to_do(self) -> str:
        """When the same file was saved, if nothing is left to do; else ''."""
        return "" if self.new or self.changed or self.removed else self.before


def _said(parts: Iterable[tuple[int, str]]) -> str:
    return ", ".join(f"{number} {what}" for number, what in parts if number)
