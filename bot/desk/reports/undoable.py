"""What an act about reports leaves, and how it is taken back."""

from typing import ClassVar


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
