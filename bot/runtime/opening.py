"""Opening the database of the settings."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.settings.config import Settings
from storage.database import Database
from storage.instruments.questionnaires import newest_version, publish, published_keys
from storage.limits import Limits
from storage.operations.upgrading import prepare
from storage.people.administrations import all_administrations, put_administrations
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.people import Administration
from surveys.planning.administrations import packaged_administrations, read_administrations
from surveys.planning.timezones import check_zone_data
from surveys.problems import BadInput, Problem


def open_database(settings: Settings, now: datetime, limits: Limits | None = None) -> Database:
    """Return the database, brought up to date and filled with what comes packaged.

    It has the limits of the bot unless others are given. A database that has everything is only
    read: a command that shows something does not wait for those who write.
    """
    check_zone_data()
    administrations = list(administrations_of(settings).values())
    database = Database(settings.database, limits or settings.database_limits.limits())
    prepare(database, now)
    if database.read(lacks_packaged, administrations):
        database.run(put_packaged, administrations, now)
    return database


def lacks_packaged(connection: Connection, known: list[Administration]) -> bool:
    """Return whether `put_packaged` would change anything."""
    stored = all_administrations(connection)
    present = set(published_keys(connection))
    return any(stored.get(one.code) != one for one in known) or not present.issuperset(
        packaged_keys()
    )


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
    """Store administrations, and the packaged questionnaires that no version is stored of."""
    put_administrations(connection, known)
    for key in packaged_keys():
        if not newest_version(connection, key):
            publish(connection, packaged_questionnaire(key), now)
