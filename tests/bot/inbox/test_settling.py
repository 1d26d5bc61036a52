"""Numbers of updates: what a poll asks for, what is passed on once, what may be forgotten."""

import asyncio

import pytest

from bot.inbox import settling
from bot.inbox.settling import UpdateNumbers


@pytest.fixture
def numbers() -> UpdateNumbers:
    return UpdateNumbers()


def test_the_first_poll_asks_for_what_the_library_wants(numbers: UpdateNumbers) -> None:
    assert numbers.offset_of_poll(None) is None
    assert numbers.offset_of_poll(5) == 5


def test_a_poll_starts_at_the_first_update_that_is_not_settled(numbers: UpdateNumbers) -> None:
    assert numbers.take([5, 6, 7]) == {5, 6, 7}
    numbers.settle(5)
    numbers.settle(7)
    assert numbers.offset_of_poll(8) == 6
    numbers.settle(6)
    assert numbers.offset_of_poll(8) == 8


def test_an_update_that_is_fetched_again_is_passed_on_once(numbers: UpdateNumbers) -> None:
    numbers.take([5, 6])
    numbers.settle(6)
    numbers.offset_of_poll(7)
    # 5 is still in progress; 6 comes again because 5 is not confirmed.
    assert numbers.take([5, 6, 7]) == {7}
    numbers.settle(5)
    numbers.settle(7)
    # Settled between the question and the answer: still known.
    assert numbers.take([5, 6, 7, 8]) == {8}


def test_numbers_that_begin_anew_are_new_when_nothing_is_in_progress(
    numbers: UpdateNumbers,
) -> None:
    numbers.take([900])
    numbers.settle(900)
    numbers.offset_of_poll(901)
    assert numbers.take([3]) == {3}


def test_at_the_end_only_what_is_settled_may_be_forgotten(numbers: UpdateNumbers) -> None:
    assert numbers.offset_at_end() == 0
    numbers.take([5, 6, 7])
    numbers.settle(6)
    assert numbers.offset_at_end() == 5
    numbers.settle(5)
    numbers.settle(7)
    assert numbers.offset_at_end() == 8


async def test_a_poll_waits_for_the_updates_in_progress_and_not_for_ever(
    numbers: UpdateNumbers,
) -> None:
    await numbers.wait_until_settled(60)
    numbers.take([5, 6])
    await numbers.wait_until_settled(0.01)
    waiting = asyncio.create_task(numbers.wait_until_settled(60))
    await asyncio.sleep(0)
    numbers.settle(5)
    await asyncio.sleep(0.01)
    assert not waiting.done()
    numbers.settle(6)
    async with asyncio.timeout(5):
        await waiting


async def test_an_update_that_is_pushed_twice_is_new_once_and_both_wait_for_it(
    numbers: UpdateNumbers,
) -> None:
    settled, new = numbers.push(5)
    again, new_again = numbers.push(5)
    assert (new, new_again) == (True, False)
    assert not settled.is_set()
    numbers.settle(5)
    assert settled.is_set()
    assert again.is_set()
    assert numbers.push(5)[1] is False


def test_only_the_last_settled_pushes_are_remembered(
    numbers: UpdateNumbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "REMEMBERED", 2)
    numbers.push(0)  # stays in progress, and is never forgotten
    for number in (1, 2, 3):
        numbers.push(number)
        numbers.settle(number)
    numbers.push(4)
    assert [numbers.push(number)[1] for number in (0, 3, 2)] == [False, False, False]
    assert numbers.push(1)[1] is True
