"""What was worked out is kept by what it was made of; what failed is tried again."""

import asyncio

import pytest

from bot.web.desk.shelf import MOST_KEPT, Shelf
from storage.database import Conflict
from tests.patience import PATIENCE


class Work:
    """Work that is counted, and fails while it is told to."""

    def __init__(self) -> None:
        self.done, self.fails = 0, False

    async def __call__(self) -> int:
        self.done += 1
        if self.fails:
            raise Conflict("Not now.")
        return self.done


async def test_it_is_worked_out_once_for_all_who_ask() -> None:
    shelf, work = Shelf[int](PATIENCE), Work()
    assert await asyncio.gather(*(shelf.get("a", work) for _ in range(5))) == [1] * 5
    assert await shelf.get("b", work) == 2
    assert await shelf.get("a", work) == 1


async def test_what_failed_is_said_and_tried_again() -> None:
    shelf, work = Shelf[int](PATIENCE), Work()
    work.fails = True
    with pytest.raises(Conflict):
        await shelf.get("a", work)
    work.fails = False
    assert await shelf.get("a", work) == 2


async def test_who_asks_does_not_wait_for_what_takes_long() -> None:
    shelf, may_end = Shelf[str](0), asyncio.Event()

    async def work() -> str:
        await may_end.wait()
        return "done"

    assert await shelf.get("a", work) is None
    may_end.set()
    while (found := await shelf.get("a", work)) is None:
        await asyncio.sleep(0)
    assert found == "done"


async def test_the_oldest_are_forgotten() -> None:
    shelf, work = Shelf[int](PATIENCE), Work()
    for number in range(MOST_KEPT + 1):
        await shelf.get(number, work)
    assert await shelf.get(MOST_KEPT, work) == MOST_KEPT + 1
    assert await shelf.get(0, work) == MOST_KEPT + 2
