"""Wiring: settings -> database -> reception, pages and rounds of one process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.messaging.messages import Channel
from bot.reception import Reception
from bot.runtime.clock import Clock, utc_now
from bot.runtime.transactions import Transactions
from bot.service.rounds import Rounds
from bot.settings.config import Settings
from bot.settings.office import Office
from bot.staff_chat.staff_chat import StaffChat
from bot.web.interview.pages import Pages
from storage.database import Database
from storage.instruments.questionnaires import newest_version, publish
from storage.operations.upgrading import prepare
from storage.people.administrations import put_administrations
from surveys.authoring.reading import packaged_keys, packaged_questionnaire
from surveys.people import Administration
from surveys.planning.administrations import packaged_administrations, read_administrations
from surveys.planning.calendar import check_zone_data
from surveys.problems import BadInput, Problem


@dataclass(frozen=True)
class Application:
    """The use cases of one process: `reception` and `pages` take messages, `rounds` sends them."""

    transactions: Transactions
    office: Office
    reception: Reception
    pages: Pages
    rounds: Rounds
    clock: Clock


def open_database(settings: Settings, now: datetime) -> Database:
    """Return the database of the settings, migrated, with administrations and questionnaires."""
    check_zone_data()
    administrations = administrations_of(settings)
    database = Database(settings.database)
    prepare(database, now)
    database.run(_fill, list(administrations.values()), now)
    return database


def administrations_of(settings: Settings) -> Mapping[str, Administration]:
    """Return the administrations of the office's own table, or of the packaged one.

    Raises BadInput if the table cannot be read.
    """
    path = settings.administrations
    if path is None:
        return packaged_administrations()
    try:
        return read_administrations(path.read_text("utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput((Problem(path.name, "", f"cannot be read: {error}."),)) from None


def _fill(connection: Connection, known: list[Administration], now: datetime) -> None:
    put_administrations(connection, known)
    for key in packaged_keys():
        if not newest_version(connection, key):
            publish(connection, packaged_questionnaire(key), now)


def build_application(
    database: Database, office: Office, channels: Mapping[str, Channel], clock: Clock = utc_now
) -> Application:
    """Return the use cases on a database. `channels` may be filled until the first round."""
    transactions = Transactions(database)
    reception = Reception(transactions, office, clock, StaffChat(transactions, office, clock))
    pages = Pages(transactions, office, clock)
    rounds = Rounds(transactions, office, channels, clock)
    return Application(transactions, office, reception, pages, rounds, clock)
