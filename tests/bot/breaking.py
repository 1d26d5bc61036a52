"""A process that ends in the middle of its work."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from storage.database import Database
from tests.listening import listening


class Broken(Exception):
    """The end of the process."""


@contextmanager
def ends_at(database: Database, begins: str, number: int = 2) -> Iterator[None]:
    """Raise before the second statement that begins so, or another; fail if there are fewer."""
    seen = []

    def is_cut_off(_c: object, _cursor: object, said: str, *_more: object) -> None:
        if said.startswith(begins):
            seen.append(said)
            if len(seen) == number:
                raise Broken

    with listening(database, "before_cursor_execute", is_cut_off), pytest.raises(Broken):
        yield


@contextmanager
def in_trouble(database: Database, begins: str, times: int) -> Iterator[None]:
    """Let the first statements that begin so, a pattern, meet a database that has hung up."""
    left = times

    def refused(_c: object, _cursor: object, said: str, *_more: object) -> None:
        nonlocal left
        if re.match(begins, said, re.DOTALL) and left:
            left -= 1
            raise OperationalError(said, {}, ConnectionError())

    with listening(database, "before_cursor_execute", refused):
        yield
    assert left == 0


class Unconfirmed(Database):
    """A database that hangs up after a commit, before it has confirmed it.

    `lost` says for which functions, by name, and how often.
    """

    lost: dict[str, int]

    def run(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        result = super().run(function, *args, **kwargs)
        name = getattr(function, "__name__", "")
        if self.lost.get(name):
            self.lost[name] -= 1
            raise OperationalError(name, {}, ConnectionError())
        return result
