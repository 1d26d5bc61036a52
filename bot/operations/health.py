"""Health checks of the installation, for `followup doctor`, /health and /healthz.

Reads only. Its texts hold numbers and commands, never a name, an address or an answer.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from bot.desk.people.call_list import NOBODY_TO_CALL, call_list
from bot.fieldwork.language_of_contact import language_in_english
from bot.fieldwork.untranslated import waiting_groups
from bot.operations.backup_failures import backup_failure
from bot.operations.checks import Check, Level, Way, age
from bot.operations.file_checks import files
from bot.operations.job_checks import channels, clock, inbox, rounds
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.database import Database
from storage.fieldwork.attempts import count_unknown
from storage.fieldwork.due_contacts import count_due_by_channel, count_faults
from storage.operations.heartbeats import BACKUP, last_heartbeats
from storage.operations.upgrading import SchemaState, left_by_restore, schema_state

__all__ = ["Check", "Health", "Level", "Way", "examine", "health_lines", "health_of"]

ENOUGH_BYTES, FEW_BYTES = 1_000_000_000, 200_000_000
DAILY, MANUAL = timedelta(days=2), timedelta(days=7)
"""How old the newest copy may be where copies are made daily, and where they are made by hand."""


@dataclass(frozen=True)
class Health:
    """The results of all checks at a moment."""

    at: datetime
    checks: tuple[Check, ...]

    @property
    def well(self) -> bool:
        """Whether no check needs a person to act now."""
        return all(check.level is not Level.WRONG for check in self.checks)


SCHEMAS = {
    SchemaState.MISSING: (
        "There is no database yet.",
        "Check `database` in the configuration; `followup check --create` makes a new one.",
    ),
    SchemaState.OLDER: (
        "The database is of an earlier version.",
        "Any command migrates it; a SQLite file is copied first.",
    ),
    SchemaState.NEWER: (
        "The database is of a later version than this program.",
        "Install the later version.",
    ),
}


UNUSABLE = (
    "The database cannot be used.",
    "Check `database` in the configuration, and whether its server runs.",
)


def health_of(database: Database, office: Office, now: datetime) -> Health:
    """Return the health of a database and its bot; nothing is created, migrated or changed."""
    try:
        state = schema_state(database)
    except DatabaseError:
        return Health(now, (Check("database", Level.WRONG, *UNUSABLE),))
    disk = free_bytes(database)
    if state is not SchemaState.PRESENT:
        says, fix = SCHEMAS[state]
        if state is SchemaState.MISSING and database.path is not None:
            fix = left_by_restore(database.path) or fix
        checks = (Check("database", Level.WRONG, says, fix), *_disk(disk))
        return Health(now, checks)
    return database.read(examine, office, disk, now)


def free_bytes(database: Database) -> int | None:
    """Return the free bytes on the disk of a SQLite file; None for other databases."""
    if database.path is None:
        return None
    folder = database.path.resolve().parent
    return shutil.disk_usage(folder).free if Path(folder).is_dir() else None


def examine(connection: Connection, office: Office, disk: int | None, now: datetime) -> Health:
    """Return the health of a migrated database and its bot. `disk` is the free space in bytes."""
    kind = "SQLite" if connection.dialect.name == "sqlite" else "PostgreSQL"
    checks = [Check("database", Level.FINE, f"{kind}, up to date.")]
    readings: tuple[Callable[[Connection, Office, datetime], Check], ...] = (
        rounds,
        clock,
        channels,
        inbox,
        _contacts,
        _faults,
        _unknown,
        _unreachable,
        _languages,
        _copies,
        files,
    )
    checks += [reading(connection, office, now) for reading in readings]
    return Health(now, (*checks, *_disk(disk)))


def health_lines(health: Health) -> list[str]:
    """Return the health as text, the most urgent checks first."""
    order = (Level.WRONG, Level.LOOK, Level.FINE)
    lines = []
    for check in sorted(health.checks, key=lambda one: order.index(one.level)):
        lines.append(f"{check.level:5}  {check.name}: {check.says}")
        if check.fix:
            lines.append(f"       {check.fix}")
    return lines


def _contacts(connection: Connection, office: Office, now: datetime) -> Check:
    by_channel = count_due_by_channel(connection, now - office.watch.late)
    late = sum(by_channel.values())
    if not late:
        return Check("contacts", Level.FINE, "No message is late.")
    says = f"{counted(late, 'message')} should have left more than {age(office.watch.late)} ago."
    named = [f"{name} {number}" for name, number in sorted(by_channel.items()) if name]
    if len(named) > 1:
        says += f" By channel: {', '.join(named)}."
    fix = "Check that the bot runs and reaches the messenger: `followup check`, and its log."
    return Check("contacts", Level.WRONG, says, fix)


def _faults(connection: Connection, _office: Office, _now: datetime) -> Check:
    held = count_faults(connection)
    if not held:
        return Check("faults", Level.FINE, "No errors in the program.")
    fix = 'They are retried each hour. Send the log lines with "fault" to the developers.'
    return Check(
        "faults",
        Level.WRONG,
        f"A fault of the program stopped {counted(held, 'questionnaire')}.",
        fix,
    )


def _unknown(connection: Connection, _office: Office, _now: datetime) -> Check:
    number = count_unknown(connection)
    if not number:
        return Check("unknown", Level.FINE, "The outcome of every message is known.")
    fix = "Nothing is sent twice: the next reminder reaches these people."
    return Check("unknown", Level.LOOK, f"{counted(number, 'message')} may not have arrived.", fix)


def _unreachable(connection: Connection, office: Office, now: datetime) -> Check:
    people = len({call.participant for call in call_list(connection, office, now)})
    if not people:
        return Check("addresses", Level.FINE, NOBODY_TO_CALL)
    fix = "Call them: `followup participants list --unreachable`, or /unreachable in chat."
    return Check(
        "addresses",
        Level.LOOK,
        f"{counted(people, 'person', 'people')} cannot be reached.",
        fix,
        Way.CALLS,
    )


def _languages(connection: Connection, office: Office, now: datetime) -> Check:
    """Check that nobody waits for a translation, in an open or a coming wave."""
    waiting = waiting_groups(connection, office, now)
    if not waiting:
        return Check("languages", Level.FINE, "Nobody is waiting for a translation.")
    languages = sorted({language_in_english(one.speakers.language) for one in waiting})
    waves = len({(one.workshop, one.wave) for one in waiting})
    says = f"In {counted(waves, 'wave')} people wait for a translation: {', '.join(languages)}."
    fix = "They wait until it is translated or English is accepted: `followup check` shows who."
    return Check("languages", Level.LOOK, says, fix, Way.LANGUAGES)


def _copies(connection: Connection, office: Office, now: datetime) -> Check:
    """Check the age of the newest copy; copies of PostgreSQL are made by its own tools, unseen here."""
    if connection.dialect.name != "sqlite":
        says = "PostgreSQL is copied with pg_dump: see docs/administrators.md."
        return Check("backup", Level.FINE, says)
    if office.watch.copies and (failed := backup_failure(connection, now)):
        why, since = failed
        says = f"No copy could be written to {office.watch.copies}: {why}, {age(now - since)} ago."
        fix = "Let the bot write there, or set backups.folder: see docs/administrators.md."
        return Check("backup", Level.WRONG, says, fix)
    at = last_heartbeats(connection, now).get(BACKUP)
    fix = "Make one with `followup backup FILE`, or daily: `backups` in the configuration."
    if at is None:
        return Check(
            "backup", Level.LOOK, "There is no copy of the database yet.", fix, Way.COPIES
        )
    most = DAILY if office.watch.copies else MANUAL
    level = Level.FINE if now - at <= most else Level.WRONG
    says = f"The newest copy is {age(now - at)} old."
    if level is Level.FINE:
        return Check("backup", level, says)
    return Check("backup", level, says, fix, Way.COPIES)


def _disk(free: int | None) -> Iterator[Check]:
    if free is None:
        return
    few = Level.WRONG if free < FEW_BYTES else Level.LOOK
    level = Level.FINE if free >= ENOUGH_BYTES else few
    fix = "" if level is Level.FINE else "Free some space: without it no answer can be stored."
    yield Check("disk", level, f"{free / 1e9:.1f} GB are free.", fix)
