"""Rows in hand: a passing fault, a lasting one, a stop, a restart, and what takes long."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError

from bot.inbox.intake import Intake
from bot.inbox.protocol import Unreadable
from bot.inbox.rows import Rows
from bot.inbox.work import MOST_STARTS, MOST_TRIES, Pauses
from bot.runtime.transactions import Transactions
from storage.database import Database
from storage.operations.inbox import Arrival, InboxState, Waiting, inbox_state
from tests.patience import PATIENCE

NOW = datetime(2018, 6, 18, 12, tzinfo=UTC)
QUICK = Pauses(first=0.001, longest=0.004, stop=0.02, take_over=0.01)
LOCKED = OperationalError("", {}, Exception("database is locked"))


@dataclass
class Desk:
    """Handles rows, and fails as the test says: `faults` are raised in turn, by number."""

    rows: Rows
    faults: dict[int, list[Exception]] = field(default_factory=dict)
    handled: list[int] = field(default_factory=list)
    apologies: list[int] = field(default_factory=list)
    doors: dict[int, asyncio.Event] = field(default_factory=dict)
    impatient: bool = False
    flushes: int = 0

    async def handle(self, row: Waiting, free_place: Callable[[], None]) -> None:
        number = row.arrival.number
        if self.faults.get(number):
            raise self.faults[number].pop(0)
        if self.impatient:
            free_place()
        if number in self.doors:
            await self.doors[number].wait()
        self.handled.append(number)
        await self.rows.settle(row)

    async def apologise(self, row: Waiting) -> None:
        self.apologies.append(row.arrival.number)

    async def flush(self) -> None:
        self.flushes += 1


@pytest.fixture
def transactions(sqlite_database: Database) -> Iterator[Transactions]:
    transactions = Transactions(sqlite_database)
    yield transactions
    transactions.close()


@pytest.fixture
def desk(transactions: Transactions) -> Desk:
    return Desk(Rows(transactions, lambda: NOW))


def intake_of(desk: Desk) -> Intake:
    return Intake(desk.rows, 4242, "telegram", desk, QUICK)


def arrivals(*numbers: int, chat: str = "7001") -> list[Arrival]:
    """Of one stranger each thousand, who may send codes."""
    return [
        Arrival(number, f"{chat}{number // 1000}", "message", "{}", way_in=True)
        for number in numbers
    ]


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)


def state(transactions: Transactions) -> InboxState:
    return transactions.database.read(inbox_state, NOW)


async def test_a_passing_fault_is_tried_again_until_it_is_over_and_the_order_stays(
    desk: Desk, transactions: Transactions, caplog: pytest.LogCaptureFixture
) -> None:
    desk.faults[1] = [LOCKED] * 6
    intake = intake_of(desk)
    await intake.start(in_order=True)
    await intake.take(arrivals(1, 2, 1001))
    await until(lambda: len(desk.handled) == 3)
    assert desk.handled == [1001, 1, 2]
    await intake.stop()
    assert state(transactions).waiting == 0
    assert [r.getMessage() for r in caplog.records].count(
        "messages wait for the database: OperationalError"
    ) <= 2


async def test_a_lasting_fault_is_given_up_after_some_tries_and_the_next_row_has_its_turn(
    desk: Desk, transactions: Transactions
) -> None:
    desk.faults[1] = [ValueError("secret words")] * 9
    intake = intake_of(desk)
    await intake.start(in_order=True)
    await intake.take(arrivals(1, 2))
    await until(lambda: desk.handled == [2])
    await intake.stop()
    assert len(desk.faults[1]) == 9 - MOST_TRIES
    assert desk.apologies == [1]
    ((kind, place),) = state(transactions).given_up
    assert kind == "message"
    assert place.startswith("ValueError at test_work.py:")


async def test_what_cannot_be_read_is_given_up_at_once(desk: Desk) -> None:
    desk.faults[1] = [Unreadable("KeyError at updates.py:7")] * 2
    intake = intake_of(desk)
    await intake.start(in_order=True)
    await intake.take(arrivals(1))
    await until(lambda: desk.apologies == [1])
    await intake.stop()
    assert len(desk.faults[1]) == 1


async def test_after_a_stop_the_next_start_begins_with_what_was_left(
    desk: Desk, transactions: Transactions
) -> None:
    desk.doors[1] = asyncio.Event()
    intake = intake_of(desk)
    await intake.start(in_order=True)
    await intake.take(arrivals(1, 2))
    await intake.stop()
    assert desk.handled == []
    desk.doors.clear()
    again = intake_of(desk)
    await again.start(in_order=True)
    # Brought again by the messenger, with a new one.
    await again.take(arrivals(1, 2, 3))
    await until(lambda: len(desk.handled) == 3)
    assert desk.handled == [1, 2, 3]
    await again.stop()
    await again.start(in_order=True)
    await again.stop()
    assert desk.handled == [1, 2, 3]


async def test_a_row_that_ends_each_process_is_given_up(
    desk: Desk, transactions: Transactions
) -> None:
    desk.doors[1] = asyncio.Event()
    intake = intake_of(desk)
    await intake.start(in_order=True)
    await intake.take(arrivals(1))
    for _ in range(MOST_STARTS):
        await intake.stop()
        intake = intake_of(desk)
        await intake.start(in_order=True)
    await until(lambda: desk.apologies == [1])
    await intake.stop()
    assert list(state(transactions).given_up) == [("message", "tries")]


async def test_more_slow_conversations_than_there_are_places_hold_nobody_back(desk: Desk) -> None:
    desk.impatient = True
    desk.doors = {1000 * n: asyncio.Event() for n in range(30)}
    intake = intake_of(desk)
    await intake.start(in_order=True)
    await intake.take(arrivals(*desk.doors, 99_001))
    await until(lambda: desk.handled == [99_001])
    await intake.stop()


async def test_one_arrival_that_cannot_be_stored_does_not_hold_back_the_others(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    intake = intake_of(desk)
    await intake.start(in_order=True)
    await intake.take([*arrivals(1), Arrival(2**70, "7001", "message", "secret"), *arrivals(3)])
    await until(lambda: desk.handled == [1, 3])
    await intake.stop()
    assert "an update was not stored: OverflowError" in caplog.text
    assert "secret" not in caplog.text


async def test_what_was_answered_is_settled_before_rows_are_taken_over_and_at_the_end(
    desk: Desk,
) -> None:
    intake = intake_of(desk)
    await intake.start(in_order=True)
    await intake.stop()
    assert desk.flushes == 2


async def test_a_database_that_is_away_is_told_to_the_messenger_and_nothing_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = [LOCKED]
    take_in = desk.rows.take_in

    async def sometimes(batch):  # type: ignore[no-untyped-def]
        if away:
            raise away.pop()
        return await take_in(batch)

    monkeypatch.setattr(desk.rows, "take_in", sometimes)
    intake = intake_of(desk)
    await intake.start(in_order=True)
    with pytest.raises(OperationalError):
        await intake.take(arrivals(1))
    await intake.take(arrivals(2))
    await until(lambda: desk.handled == [1, 2])
    await intake.stop()
