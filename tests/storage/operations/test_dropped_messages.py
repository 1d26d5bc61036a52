"""What was not taken in is counted, by hours, and forgotten after a day."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from storage.database import Database
from storage.operations.dropped_messages import count_dropped, dropped_lately
from storage.operations.inbox import delete_settled, last_number
from storage.schema import inbox

NOW = datetime(2018, 6, 18, 12, tzinfo=UTC)
BOT = 4242


def test_messages_that_were_dropped_are_counted_in_a_row_for_an_hour(database: Database) -> None:
    for minutes, number in ((0, 5), (1, 0), (2, 7), (70, 1)):
        database.run(count_dropped, BOT, 1, number, NOW + timedelta(minutes=minutes))
    rows = database.read(lambda c: c.scalar(select(func.count()).select_from(inbox)))
    assert rows == 2
    assert database.read(dropped_lately, NOW + timedelta(hours=2)) == 13
    assert database.read(dropped_lately, NOW + timedelta(days=2)) == 0
    assert database.read(last_number, BOT) is None
    assert database.run(delete_settled, NOW + timedelta(days=2)) == 2
