"""What several benchmarks and all their runs share: one PostgreSQL server, and offices to copy."""

import atexit
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from storage.database import Database
from tests.benchmarks.crowd import Crowd, fill, opened
from tests.bot.stage import copied
from tests.postgresql import create_database, server_in

_OPEN = ExitStack()
atexit.register(_OPEN.close)
_NUMBERS = count(1)


def new_folder() -> Path:
    """An empty folder that stays until all runs are over."""
    return Path(_OPEN.enter_context(TemporaryDirectory()))


@cache
def _server() -> Engine:
    return _OPEN.enter_context(server_in(new_folder() / "server"))


def postgresql_url() -> str:
    """A new database that is empty."""
    return create_database(_server(), f"bench_{next(_NUMBERS)}", "template0")


@cache
def _opened_there() -> str:
    name = f"opened_{next(_NUMBERS)}"
    opened(create_database(_server(), name, "template0")).close()
    return name


@cache
def _template(crowd: Crowd) -> str:
    name = f"template_{next(_NUMBERS)}"
    database = Database(create_database(_server(), name, _opened_there()))
    database.run(fill, crowd)
    database.close()
    return name


def postgresql_crowd(crowd: Crowd) -> str:
    """A new database with a crowd, copied from one that is made once."""
    return create_database(_server(), f"bench_{next(_NUMBERS)}", _template(crowd))


@cache
def _opened_here() -> Path:
    made = new_folder() / "opened.sqlite3"
    opened(f"sqlite:///{made}").close()
    return made


@cache
def file_of_crowd(crowd: Crowd) -> Path:
    """The SQLite file of a crowd, made once; copy it or change nothing in it."""
    made = new_folder() / "crowd.sqlite3"
    database = copied(_opened_here(), made)
    database.run(fill, crowd)
    database.close()
    return made


def copy_of_crowd(folder: Path, name: str, crowd: Crowd) -> Database:
    """A crowd on SQLite in a folder, copied from one that is made once."""
    return copied(file_of_crowd(crowd), folder / f"{name}.sqlite3")
