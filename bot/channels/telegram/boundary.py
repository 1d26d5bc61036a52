"""Handles one row of the inbox: read it, ask the inbox for the reply, deliver the reply.

Logs neither names, texts, answers nor tokens.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from telegram import Update
from telegram.error import TelegramError

from bot.channels.telegram.arrivals import content_of
from bot.channels.telegram.calls import PlainBot
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.errors import TokenRefused
from bot.channels.telegram.taps import query_of, tap_of
from bot.channels.telegram.texts import BEGUN, NOTICE_UNITS, SORRY, shorten
from bot.channels.telegram.updates import read_update
from bot.inbox.bounds import AnswersToStrangers
from bot.inbox.protocol import Inbox, Unreadable
from bot.inbox.replies import speak
from bot.inbox.rows import Rows
from bot.messaging.messages import (
    Card,
    DeliveryError,
    Inbound,
    Membership,
    Moved,
    Odd,
    Oddity,
    Reply,
    Sender,
)
from bot.settings.logs import place_of
from storage.operations.inbox import EXCESS, Waiting

log = logging.getLogger("bot.telegram")

LIMIT = 10.0
"""Seconds that a row may take before others get its place."""
SOON = 1.0
"""Seconds after which somebody who asked for long work hears that it has begun."""
LONGEST, LONGEST_WORK = 60.0, 900.0
"""Seconds after which a row has failed, and one that asks for long work."""


class Boundary:
    """Passes rows to the inbox and its replies to the channel."""

    def __init__(self, inbox: Inbox, rows: Rows, channel: TelegramChannel, bot: PlainBot) -> None:
        self._inbox = inbox
        self._rows = rows
        self._channel = channel
        self._bot = bot
        self._strangers = AnswersToStrangers()

    async def handle(self, row: Waiting, free_place: Callable[[], None]) -> None:
        """Decide and save, acknowledge the tap, deliver the reply, settle the row."""
        query, inbound = await self._read(row)
        if inbound is None or not self._may_decide(row, inbound):
            await self._rows.settle(row)
            return
        reply = await self._decide(inbound, free_place)
        if query:
            await self._acknowledge(query, reply.notice)
        delivered = await speak(self._inbox, self._channel, inbound.sender, reply)
        # Not before the reply: if it were lost in a kill, the person would still see the old
        # question, and their next words would answer another one.
        await self._inbox.answered(inbound.sender, delivered)

    async def flush(self) -> None:
        """Store what the inbox has noted of replies."""
        await self._inbox.flush()

    async def apologise(self, row: Waiting) -> None:
        """Say that something went wrong, on the button that was tapped or in the chat."""
        if not self._may_answer(row, way_in=False):
            return
        query = self._query(row)
        if query:
            await self._acknowledge(query, SORRY)
        elif row.arrival.kind == "message" and row.arrival.conversation.isdecimal():
            await self._say(row.arrival.conversation, SORRY)

    async def _read(self, row: Waiting) -> tuple[str, Inbound | None]:
        """Return the query of a tap, "" if it is none, and the message of a row."""
        if row.arrival.kind == EXCESS:
            sender = Sender(self._channel.name, row.arrival.conversation, row=row.id)
            return "", Odd(sender, Oddity.TOO_MANY)
        try:
            content = content_of(row.arrival)
            tap = tap_of(content, row.id, row.received_at)
            if tap is not None:
                return tap.query, tap.inbound
            update = Update.de_json(content, self._bot)
            inbound = await read_update(update, row.id, row.received_at)
            return query_of(content), inbound
        except TelegramError:
            # A file could not be fetched.
            raise
        except Exception as error:
            raise Unreadable(f"{type(error).__name__} at {place_of(error)}") from None

    def _query(self, row: Waiting) -> str:
        try:
            return query_of(content_of(row.arrival))
        except (ValueError, RecursionError) as error:
            log.debug("an update cannot be read: %s", type(error).__name__)
            return ""

    def _may_decide(self, row: Waiting, inbound: Inbound) -> bool:
        # These get no answer that would count.
        silent = isinstance(inbound, Membership | Moved)
        return silent or self._may_answer(row, self._inbox.opens(inbound))

    def _may_answer(self, row: Waiting, way_in: bool) -> bool:
        chat = row.arrival.conversation
        return row.known or self._strangers.allow(chat, way_in, time.monotonic())

    async def _decide(self, inbound: Inbound, free_place: Callable[[], None]) -> Reply:
        """Return the reply. What takes long gives its place to others first."""
        long = self._inbox.is_long(inbound)
        deciding = asyncio.ensure_future(self._inbox.receive(inbound))
        try:
            async with asyncio.timeout(LONGEST_WORK if long else LONGEST):
                done, _ = await asyncio.wait({deciding}, timeout=SOON if long else LIMIT)
                if not done:
                    free_place()
                    if long:
                        await self._say(inbound.sender.identifier, BEGUN)
                return await deciding
        finally:
            deciding.cancel()

    async def _say(self, identifier: str, text: str) -> None:
        try:
            await self._channel.send(identifier, Card(text))
        except (DeliveryError, TokenRefused) as error:
            log.warning("a message of the bot itself was not delivered: %s", type(error).__name__)

    async def _acknowledge(self, query: str, notice: str) -> None:
        """Stop the spinner of a tap. After a restart it is often too late, which does no harm."""
        said = {"text": shorten(notice, NOTICE_UNITS)} if notice else {}
        try:
            await self._bot.call("answerCallbackQuery", {"callback_query_id": query, **said})
        except TelegramError as error:
            log.debug("a tap was not acknowledged: %s", type(error).__name__)
