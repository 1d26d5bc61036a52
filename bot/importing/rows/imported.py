"""The result of an import."""

from dataclasses import dataclass, field

from bot.importing.rows.open_questions import Question
from surveys.problems import Problem
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Imported:
    """The result of an import (or a dry run): how many rows were new, changed and the same.

    `warnings` did not stop the import. With open `questions` nothing was changed; `offers` are
    questions that have an answer already. `notes` say how the file was read. `workshops` are those of
    a calendar, `lines` name each person or workshop, `changes` say what is new, changed and gone.
    `number` is that of the import, `before` says that the same file was saved before.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    warnings: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)
    workshops: tuple[Workshop, ...] = field(default=(), compare=False)
    lines: tuple[str, ...] = field(default=(), compare=False)
    changes: tuple[str, ...] = field(default=(), compare=False)
    offers: tuple[Question, ...] = field(default=(), compare=False)
    number: int = field(default=0, compare=False)
    before: str = field(default="", compare=False)

    @property
    def rows(self) -> int:
        """The number of people or workshops."""
        return self.new + self.changed + self.same
