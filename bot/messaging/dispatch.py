"""Tables by which messages are dispatched: one row for each command and each button."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

Menu = Sequence[tuple[str, str]]
"""A command menu of a messenger: the name of each command and what stands beside it."""

Menus = Mapping[str, Menu]
"""A command menu in each language, by its code; "" is for readers of any other language."""

COMMAND_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
"""What messengers take as the name of a command, without its slash."""

Key = TypeVar("Key")
Row = TypeVar("Row")


def check_handler(row: object, handler: object) -> None:
    """Refuse a row whose handler cannot be called, with a TypeError."""
    if not callable(handler):
        raise TypeError(f"{row} has no handler: give it a function.")


def check_command(name: str, help_line: str) -> None:
    """Refuse, with a ValueError, a name no messenger takes, or help that tells of another command."""
    if not COMMAND_NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot name a command: use small letters, at most 32.")
    if help_line and not help_line.startswith(f"/{name}: "):
        raise ValueError(f"The help of /{name} has to begin with '/{name}: '.")


def table_of(rows: Iterable[Row], key: Callable[[Row], Key]) -> Mapping[Key, Row]:
    """Return rows by their keys, in their order. ValueError if two rows have the same key."""
    table: dict[Key, Row] = {}
    for row in rows:
        if key(row) in table:
            raise ValueError(f"{key(row)!r} has two rows. Take one of them out.")
        table[key(row)] = row
    return table
