"""followup doctor | backup | restore | retention."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from bot.cli.common import Config, Json, account, fail, opened, settings_of, show
from bot.operations.health import health_lines, health_of
from bot.operations.housekeeping import record_backup
from bot.operations.retention import delete_expired, find_expired
from bot.outbox.after_restore import Caught, take_as_sent
from bot.runtime.clock import utc_now
from bot.settings.office import Office
from storage.database import Database
from storage.erasure.erasing import erase_again
from storage.operations.restoring import carry_stops, check_alone, known_wishes
from storage.operations.restoring import restore as put_back
from storage.operations.upgrading import backup as copy_database
from storage.operations.upgrading import prepare

POSTGRESQL = (
    "Only a SQLite database is restored like this. PostgreSQL: use pg_restore, then "
    "`followup restore --by-hand`; the README says how."
)


@dataclass(frozen=True)
class Restored:
    """What a restore did. `kept` is the replaced file; `stops` those that the copy had not known.

    So are the `erased`. Both are None where the database before could not be read.
    """

    kept: str
    caught: Caught
    stops: int | None
    erased: int | None


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
        here.database.run(record_backup, here.office, here.now)
    show({"file": str(file)}, [f"Written: {file}"], as_json)


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; delete nothing.")] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Delete what is kept too long: addresses of people who are asked no more, old texts.

    `followup run` does it once a day; `retention` in the configuration says after how long.
    """
    with opened(config) as here:
        if dry_run:
            gone = here.database.read(find_expired, here.office, here.now)
        else:
            gone = delete_expired(here.database, here.office, here.now)
            here.database.scrub()
    did = "Would be deleted" if dry_run else "Deleted"
    lines = [
        f"{did}: addresses, codes and links of {len(gone.people)} people; "
        f"{gone.texts} texts in people's own words.",
        *gone.people,
    ]
    show(gone, lines, as_json)


def restore(
    file: Annotated[
        Path | None, typer.Argument(help="A copy that `followup backup` has written.")
    ] = None,
    by_hand: Annotated[
        bool, typer.Option("--by-hand", help="It is in its place already, by pg_restore.")
    ] = False,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Put a copy back in the place of the SQLite database. Stop the bot first.

    What fell due since the copy was made counts as sent, so that nobody is asked twice.
    """
    settings = settings_of(config)
    database = Database(settings.database)
    if by_hand:
        done = _caught_up(database, settings.office_of().acting_as(account()))
        show(done, _lines(done), as_json)
        return
    if database.path is None:
        fail(POSTGRESQL)
    if file is None or not file.is_file() or _same(file, database.path):
        fail("Name a copy that `followup backup` has written.")
    done = _put_back(database.path, file, settings.office_of().acting_as(account()))
    show(done, [f"Restored from {file}.", *_lines(done)], as_json)


def _same(file: Path, path: Path) -> bool:
    return path.exists() and file.samefile(path)


def _caught_up(database: Database, office: Office) -> Restored:
    try:
        check_alone(database)
        prepare(database, utc_now())
        return Restored("", database.run(take_as_sent, office, utc_now()), None, None)
    finally:
        database.close()


def _put_back(path: Path, file: Path, office: Office) -> Restored:
    now = utc_now()
    wishes = known_wishes(path)

    def ready(connection: Connection) -> tuple[int | None, int | None, Caught]:
        stops = carry_stops(connection, wishes.stops) if wishes else None
        erased = erase_again(connection, wishes.erasures) if wishes else None
        return stops, erased, take_as_sent(connection, office, now)

    kept, (stops, erased, caught) = put_back(path, file, now, ready)
    if erased:
        restored = Database(f"sqlite:///{path}")
        restored.scrub()
        restored.close()
    return Restored(str(kept or ""), caught, stops, erased)


def _lines(done: Restored) -> list[str]:
    since = f"{done.caught.since:%Y-%m-%d %H:%M} UTC" if done.caught.since else "not known"
    lines = [
        f"The last sign of life in the copy: {since}.",
        f"{done.caught.contacts} messages and {done.caught.waves} waves fell due since. They count "
        "as sent, so that nobody is asked twice; reminders go on as planned.",
    ]
    if done.kept:
        lines.insert(0, f"The database before is kept: {done.kept}")
    if done.stops is None:
        lines.append('Who was erased or has said "stop" since then is not known here.')
    else:
        lines.append(f'{done.stops} people had said "stop" since then; that is kept.')
        lines.append(f"{done.erased} people had been erased since then; they are erased again.")
    lines.append("Answers, used codes and waves opened by hand since then are not in the copy.")
    return lines
