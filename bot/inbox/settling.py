"""Which updates of a messenger are settled, by their numbers: only those may be forgotten there.

An update is settled when its changes are committed, or when it is given up. Until then the
messenger keeps it and delivers it again, also to the process that starts after a crash.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

REMEMBERED = 1000
"""Settled updates that are remembered, so that one that is pushed again is not handled again."""


class UpdateNumbers:
    """The numbers of the updates that were polled from a messenger or pushed by it."""

    def __init__(self) -> None:
        self._polled: set[int] = set()
        self._unsettled: set[int] = set()
        self._idle = asyncio.Event()
        self._pushed: dict[int, asyncio.Event] = {}

    def settle(self, number: int) -> None:
        """Mark an update as settled."""
        self._unsettled.discard(number)
        if not self._unsettled:
            self._idle.set()
        if number in self._pushed:
            self._pushed[number].set()

    def push(self, number: int) -> tuple[asyncio.Event, bool]:
        """Note an update that was pushed.

        Return the event that is set when the update is settled, and whether the update is new.
        """
        new = number not in self._pushed
        settled = self._pushed.setdefault(number, asyncio.Event())
        done = [one for one, event in self._pushed.items() if event.is_set()]
        for one in done[:-REMEMBERED]:
            del self._pushed[one]
        return settled, new

    async def wait_until_settled(self, seconds: float) -> None:
        """Return when all polled updates are settled, at the latest after some seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._until_idle(), seconds)

    def offset_of_poll(self, offset: int | None) -> int | None:
        """Return the number to poll from: that of the first unsettled update, else `offset`."""
        if not self._unsettled:
            self._polled.clear()
        return min(self._unsettled, default=offset)

    def take(self, numbers: Iterable[int]) -> set[int]:
        """Note the updates of one poll; return the numbers of those that were not polled before."""
        fresh = set(numbers) - self._polled
        self._polled |= fresh
        self._unsettled |= fresh
        return fresh

    def offset_at_end(self) -> int:
        """Return the number below which the messenger may forget all updates; 0 if none came."""
        return min(self._unsettled, default=max(self._polled, default=-1) + 1)

    async def _until_idle(self) -> None:
        if self._unsettled:
            self._idle.clear()
            await self._idle.wait()
