"""Opening the database of the settings."""

import logging
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.settings.config import Settings
from storage.database import Conflict, Database
from storage.fieldwork.waves import asks_otherwise, set_asks_files
from storage.instruments.corrections import correct
from storage.instruments.questionnaires import newest, newest_checksums, publish
from storage.limits import Limits
from storage.operations.upgrading import SchemaState, left_by_restore, prepare, schema_state
from storage.people.administrations import all_administrations, put_administrations
from surveys.authoring.packaged import (
    Replacement,
    packaged_editions,
    packaged_questionnaire,
)
from surveys.people import Administration
from surveys.planning.administrations import packaged_administrations, read_administrations
from surveys.planning.timezones import check_zone_data
from surveys.problems import BadInput, Problem

log = logging.getLogger("upgrade")
"""Of the standard library: without a set-up, as in a command, it writes to the error output."""
UPGRADED = "The database was upgraded. The one before it is kept: %s"
NOT_MADE = (
    "There is no database at {place}. If it is elsewhere, go to its folder, or name its configuration "
    "with -c or FOLLOWUP_CONFIG. `followup check --create` makes a new one."
)


class NotMade(Conflict):
    """There is no database yet where the settings look for one."""


def open_database(settings: Settings, now: datetime, limits: Limits | None = None) -> Database:
    """Return the database, brought up to date and filled with what comes packaged.

    It has the limits of the bot unless others are given. A database that has everything is only
    read: a command that shows something does not wait for those who write. A new database is made
    where there is none; `open_existing` makes none.
    """
    database = _database_of(settings, limits)
    _prepare(database, settings, now)
    return database


def open_existing(settings: Settings, now: datetime, limits: Limits | None = None) -> Database:
    """Return the database like `open_database`. Raises NotMade, with a way out, if there is none.

    In the wrong folder a new one would look as if everything was lost.
    """
    database = _database_of(settings, limits)
    _check_made(database)
    _prepare(database, settings, now)
    return database


def check_made(settings: Settings) -> None:
    """Raise NotMade, with a way out, if the settings name a database that was not made yet."""
    database = _database_of(settings, None)
    _check_made(database)
    database.close()


def _database_of(settings: Settings, limits: Limits | None) -> Database:
    return Database(settings.database, limits or settings.database_limits.limits())


def _check_made(database: Database) -> None:
    if schema_state(database) is SchemaState.MISSING:
        database.close()
        path = database.path
        left = left_by_restore(path) if path else ""
        place = path.absolute() if path else database.url.render_as_string()
        raise Conflict(left) if left else NotMade(NOT_MADE.format(place=place))


def _prepare(database: Database, settings: Settings, now: datetime) -> None:
    """Bring a database up to date, and fill it with what comes packaged."""
    check_zone_data()
    administrations = list(administrations_of(settings).values())
    if saved := prepare(database, now):
        log.warning(UPGRADED, saved)
    if database.read(lacks_packaged, administrations):
        database.run(put_packaged, administrations, now)
    asks = settings.files.ask_participants
    if database.read(asks_otherwise, asks):
        database.run(set_asks_files, asks)


def lacks_packaged(connection: Connection, known: list[Administration]) -> bool:
    """Return whether `put_packaged` would change anything."""
    stored = all_administrations(connection)
    return bool(_new_editions(connection)) or any(stored.get(one.code) != one for one in known)


def administrations_of(settings: Settings) -> Mapping[str, Administration]:
    """Return the office's own table of administrations, or the packaged one."""
    path = settings.administrations
    if path is None:
        return packaged_administrations()
    try:
        return read_administrations(path.read_text("utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput((Problem(path.name, "", f"cannot be read: {error}."),)) from None


def put_packaged(connection: Connection, known: list[Administration], now: datetime) -> None:
    """Store administrations and the present editions of the packaged questionnaires.

    A questionnaire of which the office has published an own version is left alone.
    """
    put_administrations(connection, known)
    for key, replacement in _new_editions(connection).items():
        before = newest(connection, key)
        if before is not None and replacement is Replacement.TEXTS:
            correct(connection, before, packaged_questionnaire(key), now)
        else:
            publish(connection, packaged_questionnaire(key), now)


def _new_editions(connection: Connection) -> Mapping[str, Replacement]:
    """Return which packaged questionnaires are to be stored, by key, and how."""
    stored = newest_checksums(connection)
    return {
        key: replacement
        for key, editions in packaged_editions().items()
        if (replacement := editions.replacement(stored.get(key))) is not None
    }
