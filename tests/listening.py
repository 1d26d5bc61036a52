"""Listening to what a database does, whether it reads or writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from storage.database import Database


@contextmanager
def listening(database: Database, name: str, told: Callable[..., Any]) -> Iterator[None]:
    """Call a function at each event of this name, until the end of the block."""
    # On PostgreSQL readers and writers share their connections, and so what listens.
    engines = [database.engine, database.reading] if database.is_sqlite else [database.engine]
    for engine in engines:
        event.listen(engine, name, told)
    yield
    for engine in engines:
        event.remove(engine, name, told)


@contextmanager
def statements_of(database: Database) -> Iterator[list[str]]:
    """All statements that are run meanwhile."""
    said: list[str] = []
    with listening(database, "before_cursor_execute", lambda *call: said.append(call[2])):
        yield said


def instructions(connection: Connection, act: Callable[[Connection], object]) -> int:
    """How many instructions SQLite's machine runs for an act: they grow with the rows it reads."""
    raw: Any = connection.connection.driver_connection
    run = 0

    def one() -> None:
        nonlocal run
        run += 1

    raw.set_progress_handler(one, 1)
    act(connection)
    raw.set_progress_handler(None, 0)
    return run
