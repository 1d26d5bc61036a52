"""Which of several processes hears what people write in the messenger: one, and who follows it.

The messenger gives each message to whoever asks, and refuses two who ask. So the processes of one
database agree by a lock in it; the others serve the page and the fieldwork, and wait.
"""

import asyncio

import structlog

from bot.channels.telegram import TelegramBot
from storage.operations.process_leases import ProcessLease

LOOK_SECONDS = 3
"""So often a process looks whether it may listen; so long people wait when the one before ends."""
log = structlog.get_logger("listening")


class Turn:
    """The turn of one process to listen. Plain polling only: a webhook has its own address."""

    def __init__(self, telegram: TelegramBot, lease: ProcessLease) -> None:
        self._telegram = telegram
        self._presence = lease

    async def look(self) -> bool:
        """Begin to listen if it is our turn, and end if it is not any more; whether it is."""
        ours = await asyncio.to_thread(self._presence.may_listen)
        if ours != self._telegram.listening:
            log.info("takes_messages" if ours else "leaves_messages_to_another_process")
            await self._telegram.listen(ours)
        return ours
