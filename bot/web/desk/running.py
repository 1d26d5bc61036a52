"""Runs long work outside the request: it goes on when the window is closed, and beats meanwhile.

A process that ends leaves the job without beats, so that everybody sees that it was interrupted. Work
that hears that its job was given up stops at its next step.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.runtime.clock import Clock
from bot.runtime.transactions import Door, Transactions
from bot.settings.logs import place_of
from storage.database import Conflict, Ended, NotFound, is_passing
from storage.office.jobs import JobEnd, JobState, beat_job, end_job
from surveys.problems import BadInput

P = ParamSpec("P")
T = TypeVar("T")
LOST = timedelta(minutes=1)
"""A job whose last beat is older was interrupted."""
AT_ONCE = 2
"""So many jobs of a process work at the same time; the others wait for their turn."""
FAULT = (
    "Something went wrong, and the fault is noted. Start it again: what was done already is not "
    "done twice."
)
log = structlog.get_logger("jobs")


@dataclass(frozen=True)
class Pace:
    """Seconds between two beats, and those in which quick work ends, so that nobody follows it."""

    beat: float = 3.0
    soon: float = 2.0


PACE = Pace()


class Told:
    """How far some work is. Threads may tell it."""

    def __init__(self) -> None:
        self.done = self.total = 0
        self.lost = False

    def tell(self, done: int, total: int = 0) -> None:
        """Say how far the work is. Raise Ended if its job was given up."""
        self.done, self.total = done, total
        if self.lost:
            raise Ended

    def door(self, door: Door) -> Door:
        """Return the way to the database that tells each step of work in transactions."""
        return _Counted(door, self)


class _Counted:
    """A door whose writing transactions are the steps of some work."""

    def __init__(self, door: Door, told: Told) -> None:
        self._door, self._told = door, told

    def run(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function in a writing transaction, unless the job was given up."""
        self._told.tell(self._told.done, self._told.total)
        result = self._door.run(function, *args, **kwargs)
        self._told.done += 1
        return result

    def read(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function in a reading transaction; return its result."""
        return self._door.read(function, *args, **kwargs)


Work = Callable[[Told], Awaitable[JobEnd]]


class Runner:
    """The jobs of this process."""

    def __init__(self, transactions: Transactions, clock: Clock, pace: Pace) -> None:
        self._transactions, self._clock, self.pace = transactions, clock, pace
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[Exception | None]] = set()

    def start(self, number: int, work: Work) -> asyncio.Task[Exception | None]:
        """Begin to work on a job. The task returns what made it fail, None after success."""
        task = asyncio.create_task(self._run(number, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _run(self, number: int, work: Work) -> Exception | None:
        told = Told()
        working = asyncio.ensure_future(self._in_turn(work, told))
        try:
            while not (await asyncio.wait((working,), timeout=self.pace.beat))[0]:
                await self._beats(number, told)
        finally:
            # The process ends: a thread hears it at its next step, and the job stays without beats.
            told.lost = told.lost or not working.done()
            working.cancel()
        problem = working.exception()
        if isinstance(problem, Ended):
            log.warning("job_given_up", job=number)
            return problem
        if isinstance(problem, Exception):
            await self._ended(number, JobEnd(JobState.FAILED, sentence_of(problem)))
            return problem
        await self._ended(number, working.result())
        return None

    async def _in_turn(self, work: Work, told: Told) -> JobEnd:
        async with self._places:
            return await work(told)

    async def _beats(self, number: int, told: Told) -> None:
        """Store a beat. A database that is busy gets the next one."""
        try:
            beat = (number, told.done, told.total, self._clock())
            told.lost = not await self._transactions.write(beat_job, *beat)
        except SQLAlchemyError as error:
            if not is_passing(error):
                raise

    async def _ended(self, number: int, end: JobEnd) -> None:
        if not await self._transactions.write(end_job, number, end, self._clock()):
            log.warning("job_given_up", job=number)


def sentence_of(problem: Exception) -> str:
    """Return what is said about a failure: the sentence for people, or that it was a fault."""
    if isinstance(problem, BadInput | Conflict | NotFound):
        return str(problem)
    log.error("job_failed", error=type(problem).__name__, place=place_of(problem))
    return FAULT
