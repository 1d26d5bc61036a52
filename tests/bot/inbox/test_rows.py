"""How much of the database one batch of a poll asks for, however many messages wait already."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from bot.inbox.rows import Batch, take_in
from storage.database import Database
from storage.operations.inbox import Arrival

AT = datetime(2018, 6, 8, tzinfo=UTC)
MANY = 1_000


@pytest.mark.parametrize("accounts", [1, 100])
def test_a_batch_of_strangers_takes_four_statements_beside_many_that_wait(
    database: Database, accounts: int
) -> None:
    flood = [Arrival(n, str(n), "message", "{}") for n in range(MANY)]
    database.run(take_in, Batch(1, "telegram", flood, {}, -1), 1, AT)
    arrivals = [
        Arrival(MANY + n, str(MANY + n % accounts), "message", "{}") for n in range(accounts + 1)
    ]
    statements: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda *said: statements.append(said[2])
    )
    rows, dropped = database.run(take_in, Batch(1, "telegram", arrivals, {}, MANY - 1), 1, AT)
    assert (len(rows), dropped) == (accounts, 1)
    # Who is known, who is a guest of a room, what was dropped, and what is taken in.
    assert len([one for one in statements if not one.startswith("BEGIN")]) == 4
