"""An event loop without threads and without waiting: the same seed gives the same schedule.

What the program gives to a thread runs in the loop, whole, when the seed says; a timer is due as
soon as nothing else is left to do, and the clock of the loop is then moved on.
"""

import asyncio
import random
import selectors
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

T = TypeVar("T")
MOST_TURNS = 3


class Driver(asyncio.SelectorEventLoop):
    """The loop of one schedule."""

    def __init__(self, chance: random.Random) -> None:
        self._moved = 0.0
        self._chance = chance
        super().__init__(Impatient(self._moves))

    def _moves(self, seconds: float) -> None:
        self._moved += seconds

    def time(self) -> float:
        """The clock of timers, in seconds, which moves only when everything waits."""
        return self._moved

    def run_in_executor(  # type: ignore[override]
        self, executor: object, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Run a function in the loop, a few turns later, instead of in a thread."""
        future = self.create_future()
        self._later(self._chance.randint(0, MOST_TURNS), future, func, *args)
        return future

    def _later(
        self, turns: int, future: asyncio.Future[Any], func: Callable[..., Any], *args: Any
    ) -> None:
        if turns:
            self.call_soon(self._later, turns - 1, future, func, *args)
        elif not future.cancelled():
            _runs(future, func, *args)


def _runs(future: asyncio.Future[Any], func: Callable[..., Any], *args: Any) -> None:
    """Run a function; its result or whatever it raises is that of the future."""
    try:
        result = func(*args)
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)


class Impatient(selectors.DefaultSelector):
    """A selector that does not wait, and says how long it would have waited."""

    def __init__(self, moves: Callable[[float], None]) -> None:
        super().__init__()
        self._says = moves

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if not found:
            if timeout is None:
                raise RuntimeError("everything waits for something that cannot come")
            self._says(max(timeout, 0.0))
        return list(found)


def drive(work: Coroutine[Any, Any, T], chance: random.Random) -> T:
    """Run a coroutine to its end with a driver of its own."""
    loop = Driver(chance)
    loop.set_exception_handler(_silent)
    try:
        asyncio.set_event_loop(loop)
        return loop.run_until_complete(work)
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def _silent(_loop: asyncio.AbstractEventLoop, _context: Mapping[str, Any]) -> None:
    """Say nothing of tasks that died with their process."""
