"""What an office has after a new program has opened its database."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, select

from bot.runtime.opening import open_database
from bot.settings.config import Settings
from storage.database import Database
from storage.instruments.questionnaires import newest, newest_version, publish
from storage.schema import questionnaires, waves
from surveys.authoring.packaged import packaged_editions, packaged_keys, packaged_questionnaire
from surveys.authoring.stored_form import checksum_of
from tests.databases import put_earlier

NOW = datetime(2018, 6, 18, tzinfo=UTC)


@pytest.fixture
def earlier(empty_url: str) -> Iterator[Database]:
    """The database of an office that ran the first edition of the packaged questionnaires."""
    database = put_earlier(empty_url, "0001")
    yield database
    database.close()


def opened(database: Database) -> Database:
    return open_database(Settings(database=str(database.url)), NOW)


def pins(connection: Connection) -> list[tuple[int, str | None, int | None]]:
    columns = (waves.c.id, waves.c.questionnaire_key, waves.c.questionnaire_version)
    return [tuple(row) for row in connection.execute(select(*columns).order_by(waves.c.id))]


def rows(connection: Connection) -> int:
    return len(connection.execute(select(questionnaires.c.key)).all())


def asks_may_see(connection: Connection) -> set[str]:
    """Return the questionnaires whose newest version asks it."""
    stored = {key: newest(connection, key) for key in packaged_keys()}
    return {key for key, one in stored.items() if one is not None and "may_see" in one.by_name}


def test_a_new_edition_is_a_new_version_and_open_waves_keep_theirs(earlier: Database) -> None:
    before = earlier.read(pins)
    database = opened(earlier)
    for key in packaged_keys():
        stored = database.read(newest, key)
        assert stored is not None
        assert (stored.version, stored.revision) == (2, 0)
        assert checksum_of(stored) == packaged_editions()[key].present
    assert any(version for _, _, version in before)
    assert database.read(pins) == before
    database.close()


def test_an_office_with_an_earlier_edition_asks_whether_the_own_administration_may_see(
    earlier: Database,
) -> None:
    assert earlier.read(asks_may_see) == set()
    opened(earlier).close()
    assert earlier.read(asks_may_see) == {"PRE", "M3", "M6", "M12"}


def test_the_copy_that_an_upgrade_has_made_is_named_once(
    earlier: Database, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        opened(earlier).close()
    copies = [] if earlier.path is None else list(earlier.path.parent.glob("*.backup"))
    said = [one.getMessage() for one in caplog.records if one.name == "upgrade"]
    assert len(copies) == earlier.is_sqlite
    assert said == [
        f"The database was upgraded. The one before it is kept: {one}" for one in copies
    ]


def test_opening_again_publishes_nothing(earlier: Database) -> None:
    opened(earlier).close()
    before = earlier.read(rows)
    opened(earlier).close()
    assert earlier.read(rows) == before


def test_an_own_version_of_the_office_is_left_alone(office_database: Database) -> None:
    packaged = packaged_questionnaire("M6")
    own = packaged.model_copy(update={"title": {**packaged.title, "en": "Our own"}})
    office_database.run(publish, own, NOW)
    database = opened(office_database)
    stored = database.read(newest, "M6")
    assert stored is not None
    assert stored.title["en"] == "Our own"
    assert database.read(newest_version, "M6") == 2
    database.close()
