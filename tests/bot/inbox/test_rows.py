"""How much of the database one batch of a poll asks for, however many messages wait already."""

from datetime import UTC, datetime

import pytest

from bot.inbox.rows import Batch, take_in
from storage.database import Database
from storage.operations.inbox import Arrival
from tests.listening import statements_of

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
    batch = Batch(1, "telegram", arrivals, {}, MANY - 1)
    with statements_of(database) as statements:
        rows, dropped = database.run(take_in, batch, 1, AT)
    assert (len(rows), dropped) == (accounts, 1)
    # Who is known, who is a guest of a room, what was dropped, and what is taken in.
    assert len([one for one in statements if not one.startswith("BEGIN")]) == 4
