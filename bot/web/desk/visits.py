"""What handlers of the desk get and give: a visit and its form; a screen, a panel, what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.desk.reports.viewing import Viewed
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.settings.shown import ShownSetting
from bot.web.desk.running import Runner
from bot.web.desk.shelf import Shelf
from storage.database import NotFound
from storage.office.desk_sessions import Session
from storage.office.staff import Member, StaffRole

P = ParamSpec("P")
T = TypeVar("T")


LONGEST_SEARCH = 100
MOST_DIGITS = 9
INCOMPLETE = "This button does not say what it is about. Nothing was changed. Open the page again."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def number_in(text: str, most: int = MOST_DIGITS) -> int | None:
    """Return the number that a part of an address or a field is, with at most so many digits."""
    known = text.isascii() and text.isdecimal() and len(text) <= most
    return int(text) if known else None


@dataclass(frozen=True)
class Configuration:
    """The configuration as it was read: its file, None if there is none, and its keys."""

    file: Path | None = None
    settings: Sequence[ShownSetting] = ()


UNREAD = Configuration()


@dataclass(frozen=True)
class Visit:
    """One request of a member who is signed in. `office` acts as the member, for the audit log.

    `codes_key` gives the key of one-time codes, `runner` runs long work, `shelf` keeps reports.
    `configuration` is what the program has read when it began.
    `place` has the parts of the address, such as the code of a workshop; `query` what follows it.
    `accounts` says that staff may sign in with accounts of the office.
    """

    transactions: Transactions
    office: Office
    session: Session
    now: datetime
    codes_key: Callable[[], bytes]
    runner: Runner
    shelf: Shelf[Viewed]
    configuration: Configuration
    place: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    accounts: bool = False

    @property
    def member(self) -> Member:
        """Who is signed in."""
        return self.session.member

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the office."""
        return ZoneInfo(self.office.zone)

    @property
    def today(self) -> date:
        """The day at the office."""
        return self.office.day_of(self.now)

    @property
    def search(self) -> str:
        """The words that are searched for, "" for none."""
        return self.query.get("q", "").strip()[:LONGEST_SEARCH]

    def may(self, role: StaffRole) -> bool:
        """Return whether the member's role includes another one."""
        return self.member.role.may(role)

    async def read(
        self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **more: P.kwargs
    ) -> T:
        """Run a function in a reading transaction; return its result."""
        return await self.transactions.read(function, *args, **more)

    async def write(
        self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **more: P.kwargs
    ) -> T:
        """Run a function in a writing transaction; return its result after the commit."""
        return await self.transactions.write(function, *args, **more)


@dataclass(frozen=True)
class SentFile:
    """A file that came with a form: its name as the browser gives it, and what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """The fields that a form sent; `files` are those with a file that was chosen."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, SentFile] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the value of a field without spaces around it, "" if it was not sent."""
        return next(iter(self.values.get(name, ())), "").strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field, such as of boxes that were ticked."""
        return tuple(self.values.get(name, ()))

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return all fields with each of their values."""
        return tuple((name, value) for name, values in self.values.items() for value in values)

    def number(self, name: str) -> int:
        """Return the value of a hidden field with a number; 0 if it was tampered with."""
        return number_in(self.text(name)) or 0

    def named(self, name: str) -> int:
        """Return the number of what a button is about. Raise NotFound if it was tampered with."""
        number = self.number(name)
        if not number:
            raise NotFound(INCOMPLETE)
        return number


@dataclass(frozen=True)
class Choice:
    """One choice of a field, with a line that explains it."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """A field of a panel. `kind` is text, textarea, radio, boxes, select or file."""

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Panel:
    """The question before an act: what happens, what is still to be chosen, one button with a verb.

    `hidden` are fields that the button sends too; `final` says that the act cannot be undone.
    `grown` says that the question has more lines because of what was typed; `look` is the address of
    a page to look at before, with the words of the link.
    """

    title: str
    verb: str
    lines: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    final: bool = False
    grown: bool = False
    look: tuple[str, str] | None = None


@dataclass(frozen=True)
class Undo:
    """What takes an act back: the address and the act there, with its fields.

    It is done at once, unless that act asks always.
    """

    address: str
    act: str
    fields: tuple[tuple[str, str], ...] = ()
    label: str = "Undo"


@dataclass(frozen=True)
class Done:
    """What an act did, in words, with what takes it back; `to` is the page to show then.

    "" is Today; None is the page of the act.
    """

    said: str
    undo: tuple[Undo, ...] = ()
    to: str | None = None


@dataclass(frozen=True)
class Screen:
    """A page: its template, its title, and what the template needs. `status` is that of HTTP."""

    template: str
    title: str
    data: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True)
class Download:
    """A file to be saved. Its name contains no names of people."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Picture:
    """A drawing that stands in a page, as SVG, with a name that follows from what is in it."""

    svg: str
    name: str


@dataclass(frozen=True)
class StoredFile:
    """A file on the disk to be saved under its name, which may be large."""

    path: Path
    media_type: str


@dataclass(frozen=True)
class Move:
    """Another page of the desk to be shown instead, such as the only hit of a search."""

    to: str
