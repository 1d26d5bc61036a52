"""Opening the database of the settings."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.settings.config import Settings
from storage.database import Database
from storage.instruments.questionnaires import correct, newest, newest_checksum, publish
from storage.operations.upgrading import prepare
from storage.people.administrations import put_administrations
from surveys.authoring.packaged import (
    Editions,
    Replacement,
    packaged_editions,
    packaged_keys,
    packaged_questionnaire,
)
from surveys.people import Administration
from surveys.planning.administrations import packaged_administrations, read_administrations
from surveys.planning.timezones import check_zone_data
from surveys.problems import BadInput, Problem


def open_database(settings: Settings, now: datetime) -> Database:
    """Return the database, brought up to date and filled with what comes packaged."""
    check_zone_data()
    administrations = administrations_of(settings)
    database = Database(settings.database)
    prepare(database, now)
    database.run(put_packaged, list(administrations.values()), now)
    return database


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
    for key in packaged_keys():
        _put_edition(connection, key, packaged_editions()[key], now)


def _put_edition(connection: Connection, key: str, editions: Editions, now: datetime) -> None:
    stored = newest_checksum(connection, key)
    if stored == editions.present:
        return
    replacement = editions.earlier.get(stored) if stored else Replacement.VERSION
    if replacement is Replacement.VERSION:
        publish(connection, packaged_questionnaire(key), now)
    elif replacement is Replacement.TEXTS:
        before = newest(connection, key)
        assert before is not None  # noqa: S101 - its checksum was found
        correct(connection, before, packaged_questionnaire(key), now)
