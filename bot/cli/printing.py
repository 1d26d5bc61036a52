"""How results look in a terminal: lines, tables, JSON, and files that are written."""

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from bot.desk.reports.undoable import Undoable
    from surveys.workshop import Workshop


def show(data: Any, lines: Iterable[str], as_json: bool) -> None:
    """Print a result: lines for people, or the whole data as JSON."""
    if as_json:
        typer.echo(json.dumps(_plain(data), ensure_ascii=False, indent=2))
        return
    for line in lines:
        typer.echo(line)


def act_lines(done: "Undoable") -> list[str]:
    """Return an act in words, with the command that takes it back."""
    return [done.said, *([f"Undo: `{done.undo_command}`"] if done.changed else [])]


def table(
    heading: Sequence[str], rows: Sequence[Sequence[object]], empty: str = "There is nothing yet."
) -> list[str]:
    """Return rows as aligned text under a heading; the words `empty` if there are none."""
    if not rows:
        return [empty]
    cells = [[str(cell) for cell in row] for row in (heading, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heading))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def place_words(workshop: "Workshop") -> str:
    """Return where a workshop is: "Suva (FJ)"."""
    return f"{workshop.city or '?'} ({workshop.country or 'no country'})"


def content_of(file: Path, most: int = 0) -> bytes:
    """Return the bytes of a file, `-` for standard input; `most` is another limit than that of lists.

    Raises BadInput if it cannot be read or is too large. A device has no size, so no more is read
    than shows that it is too large.
    """
    from bot.messaging.messages import LARGEST_FILE
    from bot.runtime.sandbox import check_size
    from surveys.xlsform.sheets import Unreadable

    largest = most or LARGEST_FILE
    if str(file) == "-":
        return sys.stdin.buffer.read(largest + 1)
    try:
        check_size(
            file.stat().st_size,
            "Save it smaller." if most else "Divide it into several files.",
            largest,
        )
        with file.open("rb") as opened:
            return opened.read(largest + 1)
    except Unreadable as error:
        _refuse(file, f"{error.message} {error.fix}")
    except OSError as error:
        _refuse(file, f"The file cannot be read: {error.strerror or 'not readable'}.")


def write_to(file: Path, content: bytes) -> None:
    """Write a result to a file of its owner alone. Raises BadInput if it cannot be written."""
    from storage.files import write_file

    with writable(file):
        write_file(file, content)


@contextmanager
def writable(file: Path) -> Iterator[None]:
    """Raise BadInput where writing a file fails."""
    try:
        yield
    except OSError as error:
        _refuse(file, f"The file cannot be written: {error.strerror or 'not writable'}.")


def _refuse(file: Path, message: str) -> NoReturn:
    from surveys.problems import BadInput, Problem

    raise BadInput((Problem(file.name, "", message),)) from None


def _plain(value: Any) -> Any:
    """Return a result as JSON can hold it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {one.name: _plain(getattr(value, one.name)) for one in fields}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value) if value % 1 else int(value)
    return value
