"""Turns at an even pace: never more than the limit in any second, and late timers cost no time.

Knows numbers and a clock, no messages.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

CATCH_UP = 3
"""Late turns that are made up for; more would be a burst."""


class Turns:
    """One turn each 1/`per_second` seconds, and at most `per_second` turns in any second.

    An urgent turn waits for urgent ones before it and for at most one other. `clock` counts seconds.
    """

    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1 / per_second
        self._taken: deque[float] = deque(maxlen=max(1, int(per_second)))
        self._next = 0.0
        self._clock = clock
        self._sleep = sleep
        self._door = asyncio.Lock()
        self._patient = asyncio.Lock()

    async def turn(self, urgent: bool) -> None:
        """Wait for the turn of the caller."""
        if urgent:
            await self._take()
            return
        async with self._patient:
            await self._take()

    async def _take(self) -> None:
        async with self._door:
            while (wait := self._due() - self._clock()) > 0:
                await self._sleep(wait)
            now = self._clock()
            self._taken.append(now)
            self._next = max(self._next + self._gap, now - CATCH_UP * self._gap)

    def _due(self) -> float:
        full = len(self._taken) == self._taken.maxlen
        # The limit of a full second, if that is later than the even pace.
        return max(self._next, self._taken[0] + 1.0) if full else self._next


class Window:
    """At most `most` pass in any second. Who waits passes in the order of coming."""

    def __init__(
        self,
        most: int,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._passed: deque[float] = deque(maxlen=max(1, most))
        self._clock = clock
        self._sleep = sleep
        self._door = asyncio.Lock()

    async def pass_through(self) -> None:
        """Wait until the caller may pass."""
        async with self._door:
            while (wait := self._full_for()) > 0:
                await self._sleep(wait)
            self._passed.append(self._clock())

    def _full_for(self) -> float:
        full = len(self._passed) == self._passed.maxlen
        return self._passed[0] + 1.0 - self._clock() if full else 0.0
