"""Steps of what the office does next, as acts name them, find them and leave them."""

from dataclasses import dataclass

from surveys.next_step import Content


@dataclass(frozen=True)
class StepPlace:
    """A step of the report on a scope."""

    scope: str
    key: str


@dataclass(frozen=True)
class StandingStep:
    """A step as it stands; `count` is of how many delegations (people) its rule speaks, None of none.

    `decided` if staff have decided about it.
    """

    key: str
    count: int | None
    content: Content
    decided: bool


@dataclass(frozen=True)
class Stepped:
    """A step after an act, in words. `undo` is the number of the change; 0 for none."""

    place: StepPlace
    content: Content
    said: str
    undo: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.undo)

    @property
    def undo_command(self) -> str:
        """The command line that takes it back."""
        return f"followup next-step undo {self.undo}"
