"""Elects the one process that polls the messenger, and the one that follows when it ends.

The messenger delivers each message once and refuses two processes that poll at the same time. So
the processes of one database agree by a lock in it: the leader polls, the others serve the web
page and run rounds until they become the leader.
"""

import asyncio

import structlog

from bot.channels.telegram import TelegramBot
from storage.operations.process_leases import ProcessLease

ELECTION_SECONDS = 3
"""Seconds between two elections, which is also how long nobody polls after the leader has ended."""
log = structlog.get_logger("leader")


class LeaderElection:
    """The election from the view of one process. For polling only: a webhook needs no leader."""

    def __init__(self, telegram: TelegramBot, lease: ProcessLease) -> None:
        self._telegram = telegram
        self._lease = lease

    async def hold(self) -> bool:
        """Return whether this process is the leader, after it has started or stopped polling."""
        leads = await asyncio.to_thread(self._lease.may_listen)
        if leads != self._telegram.polling:
            log.info("polling_started" if leads else "polling_left_to_another_process")
            await self._telegram.set_polling(leads)
        return leads
