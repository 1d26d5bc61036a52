"""What several benchmarks and all their runs share: one PostgreSQL server, and offices to copy."""

import atexit
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from storage.database import Database
from tests.benchmarks.crowd import Crowd, crowded
from tests.bot.stage import copied
from tests.postgresql import create_database, server_in

_OPEN = ExitStack()
atexit.register(_OPEN.close)
_NUMBERS = count(1)


@cache
def _folder() -> Path:
    return Path(_OPEN.enter_context(TemporaryDirectory()))


@cache
def _server() -> Engine:
    return _OPEN.enter_context(server_in(_folder() / "server"))


def postgresql_url() -> str:
    """A new database that is empty."""
    return create_database(_server(), f"bench_{next(_NUMBERS)}", "template0")


@cache
def _template(crowd: Crowd) -> str:
    name = f"template_{next(_NUMBERS)}"
    crowded(create_database(_server(), name, "template0"), crowd).close()
    return name


def postgresql_crowd(crowd: Crowd) -> str:
    """A new database with a crowd, copied from one that is made once."""
    return create_database(_server(), f"bench_{next(_NUMBERS)}", _template(crowd))


@cache
def office(make: Callable[[str], Database], name: str = "") -> Path:
    """The SQLite file of an office that `make` fills once; copy it or change nothing in it."""
    made = _folder() / f"{make.__module__}-{make.__name__}-{name}.sqlite3"
    make(f"sqlite:///{made}").close()
    return made


@cache
def _crowd(crowd: Crowd) -> Path:
    return office(lambda url: crowded(url, crowd), f"{crowd.cases}-{crowd.begun}-{crowd.channel}")


def copy_of_crowd(folder: Path, name: str, crowd: Crowd) -> Database:
    """A crowd on SQLite in a folder, copied from one that is made once."""
    return copied(_crowd(crowd), folder / f"{name}.sqlite3")
