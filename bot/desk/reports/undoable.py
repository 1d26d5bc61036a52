"""What an act about reports leaves, and how it is taken back."""

from typing import ClassVar


def changed_since(name: str, by: str) -> str:
    """Say that an undo changed nothing, as somebody has changed the thing since."""
    return f"{name} was changed since, by {by}. Nothing was changed."


def so_already(name: str) -> str:
    """Say that an act changed nothing, as it was done before."""
    return f"{name} is so already. Nothing was changed."


class Undoable:
    """An act in words. `undo` is the number of the change, by which it is taken back; 0 for none.

    `command` are the words of the command line before that number.
    """

    command: ClassVar[str]
    said: str
    undo: int

    @property
    def changed(self) -> bool:
        return bool(self.undo)

    @property
    def undo_command(self) -> str:
        """The command line that takes it back."""
        return f"followup {self.command} {self.undo}"
