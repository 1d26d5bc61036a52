"""What all commands share: options, the opened database, and how results and errors are shown."""

import dataclasses
import getpass
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.importing.rows.imported import Imported
from bot.runtime.clock import utc_now
from bot.service.wiring import open_database
from bot.settings.config import Settings
from bot.settings.office import Office
from bot.settings.reading import read_settings
from storage.database import Database
from surveys.problems import BadInput, Problem

DEFAULT_CONFIG = Path("config.yaml")

Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="The configuration file. [default: config.yaml if there]"),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only look; change nothing.")]
Answer = Annotated[
    list[str] | None,
    typer.Option("--answer", help="An answer to a question about the list: KEY=VALUE."),
]
Code = Annotated[str, typer.Argument(help="The code of the workshop.")]


@dataclass(frozen=True)
class Desk:
    """An opened database with its office, for one command."""

    database: Database
    office: Office
    settings: Settings
    now: datetime


def config_file(config: Path | None) -> Path | None:
    """The file named, or ./config.yaml if it is there."""
    return config or (DEFAULT_CONFIG if DEFAULT_CONFIG.is_file() else None)


def settings_of(config: Path | None) -> Settings:
    """The settings of the file named, of ./config.yaml, or the defaults."""
    return read_settings(config_file(config))


@contextmanager
def opened(config: Path | None) -> Iterator[Desk]:
    """The desk of a command; the database is brought up to date first."""
    settings = settings_of(config)
    now = utc_now()
    path = Database(settings.database).path
    new = path is not None and not path.exists()
    database = open_database(settings, now)
    if new:
        # In the wrong folder everything would look empty: say that nothing was there.
        typer.echo(f"A new database was made: {path}", err=True)
    try:
        yield Desk(database, settings.office_of().acting_as(account()), settings, now)
    finally:
        database.close()


def account() -> str:
    """Who is at the terminal, for the audit log."""
    return f"command line ({getpass.getuser()})"


def moment_of(text: str, option: str) -> datetime:
    """A moment that a person typed behind an option; BadInput without its offset from UTC."""
    fix = "Write it with its offset, like 2018-06-08T10:00+13:00."
    problem = Problem(option, "", "is not a moment.", text, fix)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput((problem,)) from None
    if moment.tzinfo is None:
        raise BadInput((problem,))
    return moment.astimezone(UTC)


def content_of(file: Path) -> bytes:
    """The bytes of a file that a person named; BadInput if it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or "not readable"
        raise BadInput((Problem(file.name, "", f"The file cannot be read: {reason}."),)) from None


def write_to(file: Path, content: bytes, *, private: bool = False) -> None:
    """Write a result to a file that a person named; BadInput if it cannot be written.

    `private`: with names or codes in it, so it is its owner's alone from the first byte on.
    """
    try:
        if private:
            file.touch(0o600)
            file.chmod(0o600)
        file.write_bytes(content)
    except OSError as error:
        reason = error.strerror or "not writable"
        raise BadInput(
            (Problem(file.name, "", f"The file cannot be written: {reason}."),)
        ) from None


def show(data: Any, lines: Sequence[str], as_json: bool) -> None:
    """Print a result: lines for people, or the whole data as JSON."""
    if as_json:
        typer.echo(json.dumps(_plain(data), ensure_ascii=False, indent=2))
        return
    for line in lines:
        typer.echo(line)


def table(
    heading: Sequence[str], rows: Sequence[Sequence[object]], empty: str = "There is nothing yet."
) -> list[str]:
    """Rows as aligned text under a heading; the words `empty` if there are none."""
    if not rows:
        return [empty]
    cells = [[str(cell) for cell in row] for row in (heading, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heading))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def counts(what: str, done: Imported, dry_run: bool) -> list[str]:
    """The result of an import: what it did, how the list was understood, what is open."""
    line = f"{what}: {done.new} new, {done.changed} corrected, {done.same} as before."
    if dry_run or done.questions:
        line = f"Only looked, nothing was changed. {line}"
    return [
        line,
        *done.notes,
        *(f"Look at {warning}" for warning in done.warnings),
        *(f"Please answer: {question}" for question in done.questions),
    ]


def finish_import(done: Imported, lines: Sequence[str], as_json: bool, dry_run: bool) -> None:
    """Show an import; with open questions nothing was done, which is exit code 2."""
    show(done, lines, as_json)
    if done.questions and not dry_run:
        sys.exit(2)


def fail(message: str) -> NoReturn:
    """End with a message for people and exit code 2."""
    typer.echo(message, err=True)
    sys.exit(2)


def _plain(value: Any) -> Any:
    """A result as JSON can hold it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {one.name: _plain(getattr(value, one.name)) for one in fields}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
