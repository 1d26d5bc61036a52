"""The database of the demonstration: made anew for each run, so nothing is lost with the power."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, event

from bot.runtime.opening import open_database
from bot.runtime.transactions import Transactions
from bot.settings.config import Settings
from storage.database import Database
from storage.due_workshops import workshops_due
from storage.fieldwork.due_contacts import next_due_at
from storage.fieldwork.elearning_reminders import due_reminders
from storage.office.notices import is_notice_due

P = ParamSpec("P")
T = TypeVar("T")


def demo_database(file: Path, now: datetime) -> Database:
    """Return a database in a file, brought up to date; a commit does not wait for the disk."""
    database = open_database(Settings(database=f"sqlite:///{file}"), now)
    database.close()
    event.listen(database.engine, "connect", _without_waiting)
    return database


def _without_waiting(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def has_work(connection: Connection, now: datetime) -> bool:
    """Return whether a round has something to do: a workshop, a message or a notice is due."""
    contact = next_due_at(connection)
    return bool(
        (contact is not None and contact <= now)
        or workshops_due(connection, now)
        or due_reminders(connection, now)
        or is_notice_due(connection, now)
    )


class AtOnce(Transactions):
    """Transactions in the thread that asks for them: nobody else waits while the year is lived."""

    pause = 0.0

    async def write(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        return self.database.run(function, *args, **kwargs)

    async def read(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        return self.database.read(function, *args, **kwargs)
