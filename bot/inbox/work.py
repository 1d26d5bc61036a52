"""Has rows handled: those whose turn it is side by side, and again after a fault. Logs no content."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.inbox.order import Line
from bot.inbox.protocol import Handler, Unreadable
from bot.inbox.rows import Rows
from bot.settings.logs import mark, place_of
from storage.database import is_passing
from storage.operations.inbox import Waiting

log = logging.getLogger("bot.inbox")

KNOWN_PLACES, STRANGER_PLACES = 16, 4
"""Conversations that are handled at a time."""
MOST_TRIES = 3
"""Faults of one row in a process, before it is given up."""
MOST_STARTS = 10
"""Tries of one row over all processes: it may be what ends them."""


@dataclass(frozen=True)
class Pauses:
    """Seconds: the first pause after a fault, which doubles, and the longest one; how long `stop`
    waits for what is in hand; and between two looks for the rows of processes that have ended.
    """

    first: float = 0.5
    longest: float = 30.0
    stop: float = 1.5
    take_over: float = 10.0

    def after(self, tries: int) -> float:
        """Return the pause after some tries."""
        return min(self.first * 2.0 ** min(tries, 20), self.longest)


class Work:
    """The rows of one bot that wait in this process, and those in hand."""

    def __init__(self, rows: Rows, handler: Handler, pauses: Pauses) -> None:
        self._rows = rows
        self._handler = handler
        self._pauses = pauses
        self._line = Line(KNOWN_PLACES, STRANGER_PLACES)
        self._here: set[int] = set()
        self._waits: dict[int, int] = {}
        self._faults: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = False
        self._troubled = False

    def open(self) -> None:
        """Begin to handle what is added."""
        self._open = True
        self._begin()

    async def close(self) -> None:
        """Begin with no more rows, and give those in hand a moment; the rest stays in the table."""
        self._open = False
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._pauses.stop)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def add(self, rows: Sequence[Waiting]) -> None:
        """Let rows wait for their turn. One that is here already is not added again."""
        for row in rows:
            if row.id not in self._here:
                self._here.add(row.id)
                self._line.add(row)
        self._begin()

    def set_haste(self, haste: bool) -> None:
        """Say whether more messages wait outside; strangers have few places meanwhile."""
        self._line.haste = haste
        self._begin()

    def waiting(self, conversation: str) -> tuple[int, bool]:
        """Return how many rows of a conversation wait, and whether one stands for an excess."""
        return self._line.waiting(conversation)

    def note_trouble(self, error: Exception) -> None:
        """Say once that the database cannot be used."""
        if not self._troubled:
            self._troubled = True
            log.warning("messages wait for the database: %s", type(error).__name__)

    def _begin(self) -> None:
        """Begin with all rows whose turn it is."""
        while self._open and (row := self._line.next()) is not None:
            task = asyncio.create_task(self._handle(row))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _handle(self, row: Waiting) -> None:
        """Handle a row. It is done when it is settled; else it is tried again after a pause."""
        mark(update=row.id)
        try:
            if row.tries >= MOST_STARTS:
                await self._give_up(row, "tries")
            else:
                await self._handler.handle(row, partial(self._free_place, row))
        except asyncio.CancelledError:
            self._line.back(row)
            raise
        except Exception as error:
            if not is_passing(error):
                await self._failed(replace(row, tries=row.tries + 1), error)
                return
            self.note_trouble(error)
            self._later(row)
        else:
            self._done(row)

    async def _failed(self, row: Waiting, error: Exception) -> None:
        """Count a fault that does not come from the database; give the row up after some."""
        unreadable = isinstance(error, Unreadable)
        place = str(error) if unreadable else f"{type(error).__name__} at {place_of(error)}"
        self._faults[row.id] = self._faults.get(row.id, 0) + 1
        lasts = unreadable or self._faults[row.id] >= MOST_TRIES
        log.error("an update %s: %s", "was given up" if lasts else "failed", place)
        try:
            await (self._give_up(row, place) if lasts else self._rows.count_try(row))
        except Exception as trouble:
            self.note_trouble(trouble)
            lasts = False
        if lasts:
            self._done(row)
        else:
            self._later(row)

    async def _give_up(self, row: Waiting, place: str) -> None:
        await self._rows.give_up(row, place)
        try:
            await self._handler.apologise(row)
        except Exception as error:
            # The row is settled: another try would decide what the person is asked to send again.
            log.warning("an apology was not said: %s at %s", type(error).__name__, place_of(error))

    def _done(self, row: Waiting) -> None:
        if self._troubled:
            self._troubled = False
            log.warning("messages are handled again")
        self._waits.pop(row.id, None)
        self._faults.pop(row.id, None)
        self._here.discard(row.id)
        self._line.done(row)
        self._begin()

    def _free_place(self, row: Waiting) -> None:
        self._line.free_place(row)
        self._begin()

    def _later(self, row: Waiting) -> None:
        """Try a row again after a pause, in which its conversation waits and others go on."""
        self._free_place(row)
        waits = self._waits.get(row.id, 0)
        self._waits[row.id] = waits + 1
        asyncio.get_running_loop().call_later(self._pauses.after(waits), self._again, row)

    def _again(self, row: Waiting) -> None:
        self._line.back(row)
        self._begin()
