"""The rows of the inbox, for async code: taken in, settled, given up, taken over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.inbox.bounds import admit
from bot.runtime.transactions import Transactions
from storage.operations.dropped_messages import count_dropped
from storage.operations.heartbeats import record_heartbeat
from storage.operations.inbox import (
    POLL,
    Arrival,
    Waiting,
    adopt,
    count_try,
    give_up,
    insert_rows,
    known_chats,
    last_number,
    settle,
    stored_numbers,
    unsettled,
)


@dataclass(frozen=True)
class Batch:
    """What is taken in at once: the bot, its channel, the arrivals, and what waits by chat.

    `last` is the highest number taken in before: only lower ones can be there already.
    """

    bot: int
    channel: str
    arrivals: Sequence[Arrival]
    waiting: Mapping[str, tuple[int, bool]]
    last: int


class Rows:
    """The table of the inbox. `clock` returns the present moment, aware and in UTC."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._clock = clock

    @property
    def shared(self) -> bool:
        """Whether other processes may use the same table."""
        return not self._transactions.database.is_sqlite

    async def take_in(self, batch: Batch) -> tuple[list[Waiting], int]:
        """Store a batch; return its new rows and how many arrivals were dropped."""
        holder = self._transactions.lease.number
        return await self._transactions.write(take_in, batch, holder, self._clock())

    async def take_over(self, bot: int, channel: str, mine: bool) -> list[Waiting]:
        """Take over the rows that processes which no longer run have left, and perhaps own ones."""
        lease = self._transactions.lease
        return await self._transactions.write(adopt, bot, channel, lease, mine)

    async def last_number(self, bot: int) -> int | None:
        """Return the highest number that a bot has taken in lately."""
        return await self._transactions.read(last_number, bot)

    async def settle(self, row: Waiting) -> None:
        """Settle a row that needs no answer."""
        await self._transactions.write(settle, row.id, self._clock())

    async def count_try(self, row: Waiting) -> None:
        """Count a try that failed."""
        await self._transactions.write(count_try, row.id)

    async def give_up(self, row: Waiting, place: str) -> None:
        """Settle a row that cannot be handled, and note where it failed."""
        await self._transactions.write(give_up, row.id, place, self._clock())

    async def note_poll(self) -> None:
        """Note that the messenger was asked for updates."""
        await self._transactions.write(record_heartbeat, POLL, self._clock())


def take_in(
    connection: Connection, batch: Batch, holder: int, now: datetime
) -> tuple[list[Waiting], int]:
    """Store what the bounds allow, in one transaction; return the new rows and how many were dropped."""
    chats = {one.conversation for one in batch.arrivals}
    known = known_chats(connection, batch.channel, chats)
    lower = [one.number for one in batch.arrivals if one.number <= batch.last]
    there = stored_numbers(connection, batch.bot, lower)
    admission = admit(
        [one for one in batch.arrivals if one.number not in there], known, batch.waiting
    )
    count_dropped(connection, batch.bot, holder, admission.dropped, now)
    ids = insert_rows(connection, batch.bot, holder, admission.taken, now)
    new = [one for one in admission.taken if one.number in ids]
    rows = [Waiting(ids[one.number], one, one.conversation in known, now) for one in new]
    return [*unsettled(connection, batch.bot, holder, there, known), *rows], admission.dropped
