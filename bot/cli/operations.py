"""followup doctor | backup | restore | retention."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import Config, Desk, Json, Result, at_desk, fail, finish
from bot.cli.configuration import settings_of, tell_database
from bot.cli.printing import writable

POSTGRESQL = (
    "Only a SQLite database is restored like this. PostgreSQL: use pg_restore, then "
    "`followup restore --by-hand`: see docs/administrators.md."
)


def doctor(config: Config = None, as_json: Json = False) -> None:
    """Show the state of the bot and how to fix what is wrong; exit code 2 if a person must act."""
    from bot.operations.health import health_lines, health_of
    from bot.runtime.clock import utc_now
    from storage.database import Database

    settings = settings_of(config)
    tell_database(settings, config)
    # The database is examined as it is: opening it would bring it up to date.
    database = Database(settings.database, settings.database_limits.limits())
    try:
        health = health_of(database, settings.office_of(), utc_now())
    finally:
        database.close()
    data = {"well": health.well, "at": health.at, "checks": health.checks}
    finish(Result(data, health_lines(health), ok=health.well), as_json)


@at_desk
def backup(here: Desk, file: Annotated[Path, typer.Argument(help="The file to write.")]) -> Result:
    """Copy the SQLite database into a file while it is in use, and the files outside it beside it."""
    from bot.operations.backups import copy_all, record_backup
    from bot.wording.counts import counted
    from storage.operations.file_copies import folder_beside

    if file.exists() or folder_beside(file).exists():
        fail(f"{file} exists already. Name a new file.")
    with writable(file):
        made = copy_all(here.database, here.office, file)
    if made is None:
        fail("Only a SQLite database is copied like this; use pg_dump for PostgreSQL.")
    here.act(record_backup, here.now)
    lines = [f"Written: {file}"]
    if made.files:
        lines.append(f"Written: {folder_beside(file)} with {counted(made.files, 'file')}")
    return Result({"file": str(file), "files": made.files}, lines)


@at_desk
def retention(
    here: Desk,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; delete nothing.")] = False,
) -> Result:
    """Delete old data: addresses of people who are no longer asked, and old texts.

    `followup run` does it once a day; `retention` in the configuration says after how long.
    """
    from bot.operations.retention import delete_expired, find_expired, scrub
    from bot.operations.retention_due import check_clock
    from bot.wording.counts import counted

    if not dry_run:
        here.database.read(check_clock, here.now)
    if dry_run:
        gone = here.database.read(find_expired, here.office, here.now)
    else:
        gone = delete_expired(here.database, here.office, here.now)
        here.remove_files()
    left = "" if dry_run else scrub(here.database)
    did = "Would be deleted" if dry_run else "Deleted"
    lines = [
        f"{did}: addresses, codes and links of {counted(len(gone.people), 'person', 'people')}; "
        f"{counted(gone.texts, 'text')} in people's own words; {counted(gone.files, 'file')}.",
        *gone.people,
        *([left] if left else []),
    ]
    return Result(gone, lines, ok=not left)


@at_desk
def restore(
    here: Desk,
    file: Annotated[
        Path | None, typer.Argument(help="A copy that `followup backup` has written.")
    ] = None,
    by_hand: Annotated[
        bool,
        typer.Option("--by-hand", help="The database has already been restored with pg_restore."),
    ] = False,
) -> Result:
    """Replace the SQLite database with a copy. Stop the bot first.

    What fell due since the copy was made counts as sent, so that nobody is asked twice.
    """
    from bot.cli.restoring import catch_up, lines_of, put_back
    from storage.database import Database

    tell_database(here.settings, here.config)
    database = Database(here.settings.database, here.settings.database_limits.limits().patient)
    if by_hand:
        done = catch_up(database, here.office)
        return Result(done, lines_of(done, here.office.zone))
    if database.path is None:
        fail(POSTGRESQL)
    if file is None or not file.is_file() or _same(file, database.path):
        fail("Name a copy that `followup backup` has written.")
    done = put_back(database.path, file, here.office)
    return Result(done, [f"Restored from {file}.", *lines_of(done, here.office.zone)])


def _same(file: Path, path: Path) -> bool:
    return path.exists() and file.samefile(path)
