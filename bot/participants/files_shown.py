"""Files that people show: fetched only where a question asks for one, looked at, kept, then stored.

A file is in its folder before the transaction that stores the answer. If the process ends in between,
the message is handled again; the file without a row is removed after a day.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.inbound_context import InboundContext
from bot.filing.checking import LARGEST, Fault
from bot.filing.keeping import looked_at, settle
from bot.messaging.messages import HandedIn, Inbound, Odd, Oddity, Pictured, Reply, Uploaded
from bot.participants.open_cases import barred, meant_file, own_file
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from storage.fieldwork.interviews import load_interview
from storage.people.addresses import find_address
from surveys.interview.interview import question
from surveys.items.base import Shape


def asks_for_file(context: InboundContext, case_id: int | None = None) -> bool:
    """Return whether the question asked last, or that of a case, asks for a file; changes nothing."""
    file = meant_file(context) if case_id is None else own_file(context, case_id)
    if file is None or isinstance(file, Reply) or barred(context, file) is not None:
        return False
    if file.participant.stopped_at is not None or file.case.asked_at is None:
        return False
    asked = question(load_interview(context.connection, file, context.now))
    return asked is not None and asked.shape is Shape.FILE


class FilesShown:
    """What becomes of files in a chat, before the transaction that takes them as an answer."""

    def __init__(
        self, transactions: Transactions, office: Office, clock: Callable[[], datetime]
    ) -> None:
        self._transactions, self._office, self._clock = transactions, office, clock

    async def around(self, take: Callable[[Inbound], Awaitable[Reply]], inbound: Inbound) -> Reply:
        """Return what is replied to a message; a file that became no answer is removed after it."""
        seen = await self._looked_at(inbound)
        try:
            return await take(seen)
        finally:
            await self._settle(seen)

    async def _looked_at(self, inbound: Inbound) -> Inbound:
        """Return a file as handed in if a question asks for one; any other message as it is.

        A photo that nobody asked for is a message that cannot be an answer. Raises what a download
        raises.
        """
        if not isinstance(inbound, Pictured | Uploaded):
            return inbound
        asked = self._office.files.asked and await self._transactions.read(
            _is_asked, self._office, inbound, self._clock()
        )
        if asked:
            return await self._handed_in(inbound)
        return Odd(inbound.sender, Oddity.OTHER) if isinstance(inbound, Pictured) else inbound

    async def _handed_in(self, sent: Pictured | Uploaded) -> HandedIn:
        if sent.size > LARGEST:
            return HandedIn(sent.sender, None, Fault.TOO_LARGE)
        content = sent.content if isinstance(sent, Uploaded) else b""
        if not content and sent.fetch is not None:
            content = await sent.fetch()
        kept, fault = await looked_at(self._office, content)
        return HandedIn(sent.sender, kept, fault or "")

    async def _settle(self, inbound: Inbound) -> None:
        """Remove a file that became no answer."""
        if isinstance(inbound, HandedIn) and inbound.kept is not None:
            turns = self._transactions.turns
            await asyncio.to_thread(settle, turns, self._office, inbound.kept)


def _is_asked(
    connection: Connection, office: Office, sent: Pictured | Uploaded, now: datetime
) -> bool:
    address = find_address(connection, sent.sender.channel, sent.sender.identifier)
    return address is not None and asks_for_file(InboundContext(connection, office, address, now))
