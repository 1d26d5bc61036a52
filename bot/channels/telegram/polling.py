"""Asks the messenger for updates, which are stored before the next question acknowledges them.

Each poll brings the raw updates: one that cannot be read must not hold back the others.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.arrivals import arrivals_of
from bot.channels.telegram.calls import MOST, PlainBot
from bot.channels.telegram.connection import log_failed_poll
from bot.inbox.intake import Intake
from bot.settings.logs import place_of
from storage.database import is_passing

log = logging.getLogger("bot.telegram")

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 10.0
LAST_POLL = 1.5
"""Seconds that the last acknowledgement may take: what is stored is not handled again anyway."""
NOTED_EACH = 30.0
"""Seconds between two notes that the messenger was asked."""


class Poller:
    """The polls of one bot. `seconds` is how long a poll stays open."""

    def __init__(
        self, bot: PlainBot, intake: Intake, kinds: Sequence[str], seconds: float
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._kinds = kinds
        self._seconds = seconds
        self._offset = 0
        self._pause = FIRST_PAUSE
        self._noted_at = float("-inf")
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Return whether polls are made."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Begin to poll."""
        if not self.running:
            self._task = asyncio.create_task(self._poll_for_ever())

    async def stop(self) -> None:
        """Poll no more, and acknowledge what was stored since the last poll."""
        if self._task is None:
            return
        running = self.running
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None
        if running and self._offset:
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(LAST_POLL):
                    await self._bot.updates(self._offset, 0, self._kinds, limit=1)

    async def _poll_for_ever(self) -> None:
        while True:
            try:
                await self._poll()
            except InvalidToken:
                # Said by the connection.
                return
            except Exception as error:
                self._log(error)
                await asyncio.sleep(self._pause)
                self._pause = min(2 * self._pause, LONGEST_PAUSE)

    async def _poll(self) -> None:
        found = await self._bot.updates(self._offset, self._seconds, self._kinds)
        arrivals, unread = arrivals_of(found)
        await self._intake.take(arrivals, more=len(found) >= MOST)
        self._offset = max([self._offset, *(one.number + 1 for one in arrivals)])
        if unread:
            raise ValueError(f"{unread} updates without a number")
        self._pause = FIRST_PAUSE
        await self._note()

    async def _note(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._noted_at >= NOTED_EACH:
            self._noted_at = now
            await self._intake.note_poll()

    def _log(self, error: Exception) -> None:
        """Say what was wrong; that the database cannot be used only once."""
        if isinstance(error, TelegramError):
            log_failed_poll(error)
        elif self._pause == FIRST_PAUSE or not is_passing(error):
            log.error("a poll was not stored: %s at %s", type(error).__name__, place_of(error))
