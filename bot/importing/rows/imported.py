"""What an import did, or would do."""

from dataclasses import dataclass, field

from bot.importing.rows.open_questions import Question
from surveys.problems import Problem
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Imported:
    """What an import did (or would do): how many rows were new, changed and as before.

    `warnings` are worth a look; they did not stop the import. With `questions` open nothing was
    changed. `notes` say how the file was understood. `workshops` are those of a calendar,
    `lines` name everybody or everything on the list.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    warnings: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)
    workshops: tuple[Workshop, ...] = field(default=(), compare=False)
    lines: tuple[str, ...] = field(default=(), compare=False)

    @property
    def rows(self) -> int:
        """How many people or workshops there are."""
        return self.new + self.changed + self.same
