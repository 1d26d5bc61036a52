"""Takes updates in: stored first, then acknowledged to the messenger, then handled in order."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

from bot.inbox.gaps import PATIENCE, Gaps
from bot.inbox.protocol import Handler
from bot.inbox.rows import Batch, Rows
from bot.inbox.work import Pauses, Work
from bot.settings.logs import place_of
from storage.database import is_passing
from storage.operations.inbox import Arrival, Waiting

log = logging.getLogger("bot.inbox")

SECONDS_BETWEEN_REPORTS = 60.0


class Intake:
    """The inbox of one bot. `channel` is the name of its channel, `bot` its number there."""

    def __init__(
        self, rows: Rows, bot: int, channel: str, handler: Handler, pauses: Pauses | None = None
    ) -> None:
        self._rows = rows
        self._bot = bot
        self._channel = channel
        self._pauses = pauses or Pauses()
        self._handler = handler
        self._work = Work(rows, handler, self._pauses)
        self._gaps: Gaps | None = None
        self._held: dict[int, Waiting] = {}
        self._batch: dict[int, Arrival] = {}
        self._last = -1
        self._taking = asyncio.Lock()
        self._watch: asyncio.Task[None] | None = None
        self._dropped, self._reported_at = 0, float("-inf")

    async def start(self, *, in_order: bool) -> None:
        """Begin to handle: first what processes that have ended left behind.

        `in_order` says that arrivals come in the order of their numbers, as they do from a poll.
        """
        await self._handler.flush()
        last = await self._rows.last_number(self._bot)
        self._last = max(self._last, -1 if last is None else last)
        if not in_order:
            self._gaps = Gaps(last)
        await self._take_over(mine=True)
        self._work.open()
        if self._watch is None and self._rows.shared:
            self._watch = asyncio.create_task(self._keep_taking_over())

    async def stop(self) -> None:
        """Begin with no more rows, and give those in hand a moment; the rest stays in the table."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        await self._work.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pauses.stop):
                await self._handler.flush()

    async def take(self, arrivals: Sequence[Arrival], *, more: bool = False) -> None:
        """Store arrivals; they may be acknowledged when this returns.

        `more` says that others wait at the messenger. What was stored before is not handled again.
        Raises the error of a database that cannot be used now.
        """
        self._work.set_haste(more)
        self._batch |= {one.number: one for one in arrivals}
        # Whoever waits may leave; what is stored has to be handled all the same.
        await asyncio.shield(self._take_batch())

    async def _take_batch(self) -> None:
        async with self._taking:
            # Whoever comes first stores what has come by then, for all that wait here.
            batch, self._batch = self._batch, {}
            try:
                await self._store([batch[number] for number in sorted(batch)])
            except BaseException:
                self._batch = batch | self._batch
                raise

    async def note_poll(self) -> None:
        """Note that the messenger was asked for updates."""
        try:
            await self._rows.note_poll()
        except Exception as error:
            self._work.note_trouble(error)

    async def _store(self, batch: list[Arrival]) -> None:
        if not batch:
            return
        waiting = {one.conversation: self._work.waiting(one.conversation) for one in batch}
        try:
            rows, dropped = await self._rows.take_in(
                Batch(self._bot, self._channel, batch, waiting, self._last)
            )
        except Exception as error:
            if is_passing(error):
                raise
            await self._store_singly(batch, error)
        else:
            self._last = max(self._last, batch[-1].number)
            self._report(dropped)
            self._line_up(batch, rows)

    async def _store_singly(self, batch: list[Arrival], error: Exception) -> None:
        """Find the one arrival that cannot be stored, and pass it over."""
        if len(batch) > 1:
            for one in batch:
                await self._store([one])
            return
        log.error("an update was not stored: %s at %s", type(error).__name__, place_of(error))

    def _line_up(self, batch: list[Arrival], rows: list[Waiting]) -> None:
        """Let rows wait for their turn; before that for lower numbers, if these may come later."""
        if self._gaps is None:
            self._work.add(rows)
            return
        new = {row.arrival.number: row for row in rows}
        self._held |= new
        for one in batch:
            self._pass(self._gaps.arrive(one.number))
        for number in new.keys() & self._held.keys():
            asyncio.get_running_loop().call_later(PATIENCE, self._expire, number)

    def _expire(self, number: int) -> None:
        if self._gaps is not None:
            self._pass(self._gaps.expire(number))

    def _pass(self, numbers: list[int]) -> None:
        self._work.add([self._held.pop(number) for number in numbers if number in self._held])

    def _report(self, dropped: int) -> None:
        """Count what was dropped, and say so once in a while."""
        self._dropped += dropped
        now = asyncio.get_running_loop().time()
        if self._dropped and now - self._reported_at >= SECONDS_BETWEEN_REPORTS:
            log.warning("messages dropped, because too many came from one chat: %d", self._dropped)
            self._dropped, self._reported_at = 0, now

    async def _take_over(self, *, mine: bool) -> None:
        self._work.add(await self._rows.take_over(self._bot, self._channel, mine))

    async def _keep_taking_over(self) -> None:
        while True:
            await asyncio.sleep(self._pauses.take_over)
            try:
                await self._take_over(mine=False)
            except Exception as error:
                self._work.note_trouble(error)
