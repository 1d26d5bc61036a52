"""The database of the demonstration: made anew for each run, so nothing is lost with the power."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.runtime.opening import open_database
from bot.settings.config import Settings
from storage.database import Database


def demo_database(file: Path, now: datetime) -> Database:
    """Return a database in a file, brought up to date; a commit does not wait for the disk."""
    database = open_database(Settings(database=f"sqlite:///{file}"), now)
    database.close()
    event.listen(database.engine, "connect", _without_waiting)
    return database


def _without_waiting(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")
