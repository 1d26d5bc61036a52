"""The audit log: a line is written with its act, and no line can be changed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, text, update
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.office.audit import Act, Entry, entries, note_act
from storage.schema import audit

NOW = datetime(2018, 6, 8, 10, tzinfo=UTC)
LINE = Entry(NOW, "S-EVA", Act.WAVE_OPENED, "RM M6", {"people": 14})


def test_lines_come_back_in_order_and_since_a_moment(database: Database) -> None:
    later = Entry(NOW + timedelta(days=1), "plan", Act.WAVE_CLOSED, "RM M6", {})
    database.run(note_act, LINE)
    database.run(note_act, later)
    assert database.read(entries) == [LINE, later]
    assert database.read(entries, NOW + timedelta(hours=1)) == [later]


@pytest.mark.parametrize("change", [update(audit).values(who="nobody"), delete(audit)])
def test_the_database_itself_refuses_to_change_or_delete_a_line(
    database: Database, change: object
) -> None:
    database.run(note_act, LINE)
    with pytest.raises(DBAPIError, match="append-only"):
        database.run(lambda connection: connection.execute(change))  # type: ignore[call-overload]
    assert database.read(entries) == [LINE]


def test_postgresql_does_not_empty_the_log_either(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    database.run(note_act, LINE)
    with pytest.raises(DBAPIError, match="append-only"):
        database.run(lambda connection: connection.execute(text("TRUNCATE audit")))
    assert database.read(entries) == [LINE]
    database.close()


def test_an_act_that_fails_leaves_no_line(database: Database) -> None:
    def half_done(connection: Connection) -> None:
        note_act(connection, LINE)
        raise ValueError

    with pytest.raises(ValueError):
        database.run(half_done)
    assert database.read(entries) == []
