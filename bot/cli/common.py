"""What all commands share: options, the desk at which a command works, and its result.

The modules of commands are read for every `--help` of a group. What only a command needs is
imported inside the command.
"""

import getpass
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, NoReturn, ParamSpec, TypeVar

import typer

from bot.cli.configuration import settings_of, tell_database
from bot.cli.printing import show

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.settings.config import Settings
    from bot.settings.office import Office
    from storage.database import Database

P = ParamSpec("P")
T = TypeVar("T")

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        help="The configuration file. [default: the one that FOLLOWUP_CONFIG names, or config.yaml]",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only look; change nothing.")]
OTHER_SCOPE = re.compile(r"all|FY\d{4}|donor:.*", re.DOTALL)
"""What a report may be about besides a workshop."""
TYPED_CODE = "code of a workshop"
"""Marks what people type as the code of a workshop: any case and former codes are understood."""
Code = Annotated[str, typer.Argument(help="The code of the workshop."), TYPED_CODE]
MaybeCode = Annotated[
    str | None, typer.Argument(help="The code of the workshop. [default: all]"), TYPED_CODE
]
Codes = Annotated[
    list[str] | None, typer.Argument(help="Codes of workshops. [default: all]"), TYPED_CODE
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without, it is only asked about.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for the office.")]
Remind = Annotated[
    str | None,
    typer.Option("--remind", help='When to remind organisers, such as "11 June". [a week later]'),
]
Person = Annotated[str, typer.Argument(help="The code of the person, such as P-7KQ2MZ9D.")]


class Desk:
    """The desk of one command: settings, office and database, each read when it is first used."""

    def __init__(self, config: Path | None, as_json: bool = False) -> None:
        self.config = config
        self.told = False
        self._as_json = as_json

    @cached_property
    def settings(self) -> "Settings":
        """The settings of the file named, of ./config.yaml, or the defaults."""
        return settings_of(self.config)

    @cached_property
    def office(self) -> "Office":
        """The office, with the account at the terminal as the one who acts."""
        return self.settings.office_of().acting_as(account())

    @cached_property
    def now(self) -> datetime:
        """The moment of the command."""
        from bot.runtime.clock import utc_now

        return utc_now()

    @cached_property
    def database(self) -> "Database":
        """The database, brought up to date. Conflict if there is none: no command makes one unasked."""
        from bot.runtime.opening import open_existing

        tell_database(self.settings, self.config)
        limits = self.settings.database_limits.limits().patient
        return open_existing(self.settings, self.now, limits)

    @property
    def is_open(self) -> bool:
        """Whether the database was opened."""
        return "database" in self.__dict__

    def open(self) -> None:
        """Open the database now."""
        _ = self.database

    def act(
        self,
        act: "Callable[Concatenate[Connection, Office, P], T]",
        *args: P.args,
        **more: P.kwargs,
    ) -> T:
        """Return what an act of the office gives, done in one transaction.

        Files that it lets be removed are removed then.
        """
        done = self.database.run(act, self.office, *args, **more)
        self.remove_files()
        return done

    def remove_files(self) -> None:
        """Remove the files that are to be removed; where it fails, the running bot tries again."""
        from contextlib import suppress

        from bot.filing.keeping import remove_forgotten

        with suppress(OSError):
            remove_forgotten(self.database, self.office)

    def tell(self, result: "Result") -> "Result":
        """Show the result of the command now, and not again at its end."""
        self.told = True  # perhaps in part: the output may end half-way
        show(result.data, result.lines, self._as_json)
        return result

    def act_and_tell(
        self,
        tell: "Callable[[T], Result]",
        act: "Callable[Concatenate[Connection, Office, P], T]",
        *args: P.args,
        **more: P.kwargs,
    ) -> "Result":
        """Do an act of the office and show what it gives before it is committed.

        A code that could not be shown is not stored, and no earlier code ends for it.
        """

        def told(connection: "Connection", office: "Office") -> Result:
            return self.tell(tell(act(connection, office, *args, **more)))

        with self.told_first():
            return self.act(told)

    @contextmanager
    def told_first(self) -> Iterator[None]:
        """Say that what was shown does not hold if storing it fails."""
        try:
            yield
        except Exception:
            if self.told:
                typer.echo("What is shown above does not work: nothing was changed.", err=True)
            raise

    def code_of(self, typed: Any) -> Any:
        """Return codes of workshops as somebody typed them; other scopes of a report stay."""
        from storage.fieldwork.workshop_names import code_of

        if not typed or (isinstance(typed, str) and OTHER_SCOPE.fullmatch(typed)):
            return typed
        if isinstance(typed, list):
            return [self.code_of(one) for one in typed]
        code, slash, survey = typed.partition("/")
        return self.database.read(code_of, code) + slash + survey.upper()

    def close(self) -> None:
        """Close the database if it was opened."""
        if self.is_open:
            self.database.close()


@dataclass(frozen=True)
class Result:
    """The result of a command: lines for people, and the data for `--json`.

    Without `ok` the command ends with exit code 2 after its result is shown.
    """

    data: Any
    lines: Sequence[str]
    ok: bool = True


@contextmanager
def opened(config: Path | None, as_json: bool = False) -> Iterator[Desk]:
    """Give the desk of a command, and close its database in the end."""
    desk = Desk(config, as_json)
    try:
        yield desk
    finally:
        desk.close()


def at_desk(command: Callable[Concatenate[Desk, P], Result]) -> Callable[..., None]:
    """Return the command with `--config` and `--json` in place of its desk; its result is shown."""

    def run(config: Config = None, as_json: Json = False, **options: Any) -> None:
        with opened(config, as_json) as here:
            options |= {name: here.code_of(options[name]) for name in codes}
            result = command(here, **options)  # type: ignore[call-arg]
        if not here.told:
            finish(result, as_json)

    _, *own = inspect.signature(command, eval_str=True).parameters.values()
    codes = [one.name for one in own if TYPED_CODE in getattr(one.annotation, "__metadata__", ())]
    config, as_json, _ = inspect.signature(run).parameters.values()
    run.__signature__ = inspect.Signature([*own, config, as_json])  # type: ignore[attr-defined]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


def finish(result: Result, as_json: bool) -> None:
    """Show a result and end with exit code 2 if it is not all right."""
    show(result.data, result.lines, as_json)
    if not result.ok:
        sys.exit(2)


def account() -> str:
    """Return the name for the audit log of the account at the terminal."""
    return f"command line ({getpass.getuser()})"


def moment_of(text: str, option: str) -> datetime:
    """Return the moment, in UTC, that was typed behind an option.

    Raises BadInput for what is no moment or has no offset from UTC.
    """
    fix = "Write it with its offset, like 2018-06-08T10:00+13:00."
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        _refuse(option, "is not a moment.", text, fix)
    if moment.tzinfo is None:
        _refuse(option, "is not a moment.", text, fix)
    return moment.astimezone(UTC)


def day_of(text: str, option: str) -> date:
    """Return the day that was typed behind an option. Raises BadInput for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(option, "is not a day.", text, "Write it like 2018-02-09.")


def typed(here: Desk, text: str | None, option: str) -> date | None:
    """Return the day that was typed in words behind an option; None without one."""
    from bot.desk.waves.typed_days import typed_day

    return typed_day(text, here.office.day_of(here.now), option) if text else None


def asked_first(question: str, *more: str) -> Result:
    """Return what would happen: nothing is done without --yes. The exit code is 2."""
    lines = [question, *more, "Nothing was changed. Add --yes to do it."]
    return Result({"question": question, "changed": False}, lines, ok=False)


def _refuse(option: str, message: str, text: str, fix: str) -> NoReturn:
    from surveys.problems import BadInput, Problem

    raise BadInput((Problem(option, "", message, text, fix),)) from None


def fail(message: str) -> NoReturn:
    """End with a message for people and exit code 2."""
    typer.echo(message, err=True)
    sys.exit(2)
