"""The rows of the table of addresses. Routes, navigation and the test of permissions read them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.web.desk.visits import (
    Done,
    Download,
    Form,
    Move,
    Panel,
    Picture,
    Screen,
    StoredFile,
    Visit,
)
from storage.office.staff import StaffRole

Show = Callable[[Visit], Awaitable[Screen | Download | Picture | Move]]
Do = Callable[[Visit, Form], Awaitable[Done | Screen | Download | StoredFile | Move]]
Ask = Callable[[Visit, Form], Awaitable[Panel | None]]


@dataclass(frozen=True)
class DeskAct:
    """An act on a page: the role it needs, what it does, and the question before it.

    `ask` returns None where nothing is to be asked; an act without `ask` is done at once, and so is
    one that undoes another, unless it asks `always`. `do` may return a screen instead, such as a
    code that is shown once, a file, or another page. `file` says that its form brings a file,
    `large` that the file may be a picture or a document.
    """

    role: StaffRole
    do: Do
    ask: Ask | None = None
    file: bool = False
    large: bool = False
    always: bool = False


@dataclass(frozen=True)
class DeskPage:
    """An address below /desk: the role it needs, what it shows, and its acts by name."""

    path: str
    role: StaffRole
    show: Show
    acts: Mapping[str, DeskAct] = field(default_factory=dict)
