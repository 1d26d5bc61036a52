"""The result of an import."""

from dataclasses import dataclass, field

from bot.importing.rows.open_questions import Question
from surveys.problems import Problem
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Imported:
    """The result of an import (or a dry run): how many rows were new, changed and the same.

    `warnings` did not stop the import. With open `questions` nothing was changed; `offers` are those
    that are answered unless the office wants otherwise. `notes` say how
    the file was read. `workshops` are those of a calendar, `lines` name each person or workshop.
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
    """Workshops as they were that a calendar moves or cancels."""

    @property
    def rows(self) -> int:
        """The number of people or workshops."""
        return self.new + self.changed + self.same
