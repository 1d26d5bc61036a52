"""Reports that were worked out for pages, kept while what they are made of is the same.

They are worked out one at a time in a thread, outside the request: whoever asks waits a moment, and is
told to look again if it takes longer. Nothing is stored, so looking changes nothing.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
MOST_KEPT = 24
Work = Callable[[], Awaitable[T]]


class Shelf(Generic[T]):
    """What was worked out in this process, by what it was made of."""

    def __init__(self, soon: float) -> None:
        self._soon = soon
        self._kept: OrderedDict[Hashable, asyncio.Task[T]] = OrderedDict()
        self._turn = asyncio.Semaphore(1)

    async def get(self, key: Hashable, work: Work[T]) -> T | None:
        """Return what is kept under a key, or work it out; None while it takes longer.

        What failed is not kept: its exception is raised.
        """
        task = self._kept.get(key)
        if task is None:
            task = self._kept[key] = asyncio.create_task(self._in_turn(work))
            self._forget_oldest()
        self._kept.move_to_end(key)
        await asyncio.wait((task,), timeout=self._soon)
        if not task.done():
            return None
        if task.cancelled() or task.exception() is not None:
            self._kept.pop(key, None)
        return task.result()

    def kept(self, fits: Callable[[Hashable], bool]) -> Iterator[T]:
        """Give what is kept under keys that fit, the newest first; nothing is worked out."""
        for key, task in reversed(self._kept.items()):
            if fits(key) and task.done() and not task.cancelled() and not task.exception():
                yield task.result()

    async def _in_turn(self, work: Work[T]) -> T:
        async with self._turn:
            return await work()

    def _forget_oldest(self) -> None:
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
