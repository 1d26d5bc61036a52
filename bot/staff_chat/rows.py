"""Rows of the dispatch tables of staff: what each command, button and file needs, and who handles it.

A row without a role or a handler cannot be made, so a table that lacks one fails at import.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.messaging.dispatch import check_command, check_handler
from bot.messaging.messages import Commanded, Reply, Tapped, Uploaded
from bot.messaging.tokens import Action, Token
from bot.staff_chat.context import StaffContext
from storage.office.staff import Member, StaffRole

CommandHandler = Callable[[StaffContext, Commanded, Member], Awaitable[Reply]]
ButtonHandler = Callable[[StaffContext, Tapped, Token, Member], Awaitable[Reply]]
UploadHandler = Callable[[StaffContext, Uploaded, Member], Awaitable[Reply]]


@dataclass(frozen=True)
class StaffCommand:
    """A command of staff. `help` is its line in the help, `menu` its text in the messenger's menu;
    '' leaves it out of either. `long` says that its work may take minutes.
    """

    name: str
    role: StaffRole
    handler: CommandHandler
    help: str = ""
    menu: str = ""
    long: bool = False

    def __post_init__(self) -> None:
        check_command(self.name, self.help)
        _check(self, self.role, self.handler)


@dataclass(frozen=True)
class StaffButton:
    """A button of staff, by the action of its token. `long` says that its work may take minutes."""

    action: Action
    role: StaffRole
    handler: ButtonHandler
    long: bool = False

    def __post_init__(self) -> None:
        _check(self, self.role, self.handler)


@dataclass(frozen=True)
class StaffUpload:
    """Files that staff send, with the lines in the help."""

    role: StaffRole
    handler: UploadHandler
    help: tuple[str, ...]

    def __post_init__(self) -> None:
        _check(self, self.role, self.handler)


def _check(row: object, role: object, handler: object) -> None:
    if not isinstance(role, StaffRole):
        raise TypeError(f"{row} has no role: say which role of staff it needs.")
    check_handler(row, handler)
