"""followup doctor | backup."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Config, Json, fail, opened, settings_of, show
from bot.health import health_lines, health_of
from bot.wiring import utc_now
from storage.beats import BACKUP, note_beat
from storage.database import Database
from storage.migrating import backup as copy_database


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (doctor, backup):
        app.command()(command)


def doctor(config: Config = None, as_json: Json = False) -> None:
    """How the bot is, and how to put right what is not; exit code 2 if a person must act."""
    settings = settings_of(config)
    database = Database(settings.database)
    try:
        health = health_of(database, settings.office_of(), utc_now())
    finally:
        database.close()
    show(health, health_lines(health), as_json)
    if not health.well:
        sys.exit(2)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Copy the SQLite database into a file while it is in use."""
    if file.exists():
        fail(f"{file} exists already. Name a new file.")
    with opened(config) as here:
        if copy_database(here.database, file) is None:
            fail("Only a SQLite database is copied like this; use pg_dump for PostgreSQL.")
        here.database.run(note_beat, BACKUP, here.now)
    show({"file": str(file)}, [f"Written: {file}"], as_json)
