"""Databases that are made once and copied for each test."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count

import pytest
from sqlalchemy import Connection, Engine, text

from bot.runtime.opening import put_packaged
from storage.database import Database
from storage.instruments.questionnaires import newest_version
from storage.operations.upgrading import prepare
from surveys.planning.administrations import packaged_administrations
from tests.postgresql import create_database

ON_SQLITE = pytest.mark.parametrize("office_database", ["sqlite"], indirect=True)
"""For stories of rules, whose statements are tested on both databases elsewhere."""
EMPTY_ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""The same for tests that ask for `database`: of what is read or refused before it is stored."""
MADE_AT = datetime(2017, 10, 1, tzinfo=UTC)

_numbers = count(1)


def prepared(url: str, fill: Callable[[Connection], None] | None = None) -> None:
    """Migrate the database at a URL, and fill it."""
    database = Database(url)
    prepare(database, MADE_AT)
    if fill is not None:
        database.run(fill)
    database.close()


def copied(server: Engine, template: str, worker: str) -> Iterator[str]:
    """Yield the URL of a copy of a PostgreSQL database, and drop the copy afterwards."""
    name = f"test_{worker}_{next(_numbers)}"
    yield create_database(server, name, template)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def fill_office(connection: Connection) -> None:
    """Store the packaged administrations and questionnaires, unless they are there."""
    if newest_version(connection, "M6"):
        return
    put_packaged(connection, list(packaged_administrations().values()), MADE_AT)
