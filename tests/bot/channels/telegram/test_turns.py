"""The pace over all chats, on a clock of the test: even, at the limit and never over it."""

import asyncio
from bisect import bisect_left
from itertools import cycle

import pytest

from bot.channels.telegram.application import Timing
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.turns import Turns, Window

ALLOWED = 30


class Time:
    """A clock that advances only during sleeps, each of which ends late by the next of the delays."""

    def __init__(self, late: tuple[float, ...]) -> None:
        self.now = 100.0
        self._late = cycle(late)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds + next(self._late)


async def taken(time: Time, number: int) -> list[float]:
    turns = Turns(Timing().per_second, time.clock, time.sleep)
    found = []
    for _ in range(number):
        await turns.turn(urgent=False)
        found.append(time.now)
    return found


def most_in_a_second(at: list[float]) -> int:
    return max(bisect_left(at, one + 1 - 1e-9) - number for number, one in enumerate(at))


@pytest.mark.parametrize("late", [(0.0,), (0.001, 0.004, 0.015), (0.0,) * 50 + (0.8,)])
async def test_no_second_has_more_messages_than_allowed(late: tuple[float, ...]) -> None:
    at = await taken(Time(late), 1000)
    assert most_in_a_second(at) <= ALLOWED


async def test_timers_that_come_late_cost_less_than_five_percent_of_what_is_allowed() -> None:
    at = await taken(Time((0.001, 0.004, 0.015)), 1000)
    assert (len(at) - 1) / (at[-1] - at[0]) >= 0.95 * ALLOWED


async def test_after_a_pause_there_is_no_burst() -> None:
    time = Time((0.0,))
    turns = Turns(10, time.clock, time.sleep)
    await turns.turn(urgent=False)
    time.now += 60
    began = time.now
    for _ in range(6):
        await turns.turn(urgent=False)
    # A few late turns are made up for, the others keep the pace.
    assert time.now - began > 0.09


async def test_a_card_that_a_tap_waits_for_goes_before_new_messages() -> None:
    time = Time((0.0,))
    order: list[str] = []

    async def yielding(seconds: float) -> None:
        await time.sleep(seconds)
        await asyncio.sleep(0)

    turns = Turns(10, time.clock, yielding)

    async def take(name: str, urgent: bool) -> None:
        await turns.turn(urgent)
        order.append(name)

    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(take(f"message {number}", urgent=False))
        await asyncio.sleep(0)
        group.create_task(take("card", urgent=True))
    # A few turns were taken before it came; then it waits for one.
    assert order.index("card") <= 7


async def test_calls_that_stood_still_after_their_turns_do_not_leave_together() -> None:
    """A slow commit between turn and departure, or a loop that stands still."""
    time, limit = Time((0.0, 0.004)), int(Timing().per_second)
    turns, window = Turns(limit, time.clock, time.sleep), Window(limit, time.clock, time.sleep)
    stalled, left = asyncio.Event(), list[float]()

    async def call() -> None:
        await turns.turn(urgent=False)
        await stalled.wait()
        await window.pass_through()
        left.append(time.now)

    calls = [asyncio.create_task(call()) for _ in range(100)]
    while not all(task.done() for task in calls):
        await asyncio.sleep(0)
        if time.now > 103:
            stalled.set()
    assert len(left) == 100
    assert most_in_a_second(left) <= ALLOWED
    assert left[-1] - left[0] < 4


async def test_only_messages_are_counted_when_they_leave() -> None:
    pace = Pace(1, 1, 1)
    await pace.depart("sendMessage")
    for _ in range(3):
        await pace.depart("answerCallbackQuery")
    waiting = asyncio.create_task(pace.depart("editMessageText"))
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()
