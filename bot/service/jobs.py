"""Jobs by the clock: each repeats its work at an interval; the trouble of one holds no other back."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.exc import OperationalError

from bot.service.ticker import Ticker
from bot.settings.logs import mark, new_number, place_of
from storage.database import trouble_of

SECONDS_TO_END = 3.2
"""How long a stop waits for the step that a job is in."""
log = structlog.get_logger("jobs")


class Job:
    """Work that is repeated every `seconds`, one run at a time, each within `limit` seconds.

    Work without a limit has one for each of its steps.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], Awaitable[None]],
        seconds: float,
        limit: float | None,
    ) -> None:
        self._name = name
        self._work = work
        self._limit = limit
        self._ticker = Ticker(self.run, seconds)
        self._running: asyncio.Task[None] | None = None
        self._begins = False
        self._again = False

    def start(self) -> None:
        """Run now and at each interval."""
        self._begins = True
        self._ticker.start()

    def soon(self) -> None:
        """Run now, or once more after a run in progress, which may have read before what is new."""
        if self._begins:
            self._again = True
            self._run()

    async def run(self) -> None:
        """Run once; a run in progress is waited for instead. A failure is logged."""
        await asyncio.wait({self._run()})

    def _run(self) -> asyncio.Task[None]:
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._in_turn())
        return self._running

    async def _in_turn(self) -> None:
        self._again = True
        while self._again:
            self._again = False
            await self._guarded()

    async def end(self) -> None:
        """Begin no more; wait for the step in progress, and cut it off if it takes too long."""
        self._begins = self._again = False
        self._ticker.pause()
        if self._running is not None:
            await asyncio.wait({self._running}, timeout=SECONDS_TO_END)
            self._running.cancel()
            await asyncio.wait({self._running})
        self._ticker.stop()

    async def _guarded(self) -> None:
        mark(job=self._name, run=new_number())
        try:
            async with asyncio.timeout(self._limit):
                await self._work()
        except TimeoutError:
            log.error("job_timed_out", seconds=self._limit)
        except OperationalError as error:
            log.error("job_failed", error=trouble_of(error))
        except Exception as error:
            place = place_of(error)
            log.error("job_failed", error=type(error).__name__, place=place)
