"""Handles one update: read it, ask the inbox for the reply, deliver the reply.

Nothing that happens here stops the bot. Logs neither names, texts, answers nor tokens.
"""

import logging
from collections.abc import Callable
from typing import Any

from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.errors import TokenRefused
from bot.channels.telegram.texts import NOTICE_UNITS, SORRY, shorten
from bot.channels.telegram.updates import read_update
from bot.inbox.protocol import Inbox
from bot.inbox.replies import speak
from bot.messaging.messages import Card, DeliveryError, Reply
from bot.settings.logs import place_of

log = logging.getLogger("bot.telegram")


class Boundary:
    """Passes updates to the inbox and its replies to the channel.

    `settle` is called with the number of each update that the messenger may forget.
    """

    def __init__(
        self, inbox: Inbox, channel: TelegramChannel, settle: Callable[[int], None]
    ) -> None:
        self._inbox = inbox
        self._channel = channel
        self._settle = settle

    async def handle(self, update: Update, _context: object) -> None:
        """Decide and save, acknowledge the tap, deliver the reply. Never raises."""
        query = update.callback_query
        try:
            inbound = await read_update(update)
            reply = await self._inbox.receive(inbound) if inbound else Reply()
            if query:
                await _acknowledge(query, reply.notice)
                query = None
            if inbound:
                await speak(self._inbox, self._channel, inbound.sender, reply)
            # Not before the reply: if it were lost in a kill, the person would still see the old
            # question, and their next words would answer another one.
            self._settle(update.update_id)
        except Exception as error:
            # Given up: the same fault would come again at each start.
            self._settle(update.update_id)
            log.error("an update failed: %s at %s", type(error).__name__, place_of(error))
            await self._apologise(update, query)

    async def give_up(self, update: object, context: Any) -> None:
        """Settle an update that failed before `handle`: it would fail again and delay all others."""
        error = context.error
        log.error("an update was lost: %s at %s", type(error).__name__, place_of(error))
        if isinstance(update, Update):
            self._settle(update.update_id)

    async def _apologise(self, update: Update, query: CallbackQuery | None) -> None:
        """Say that something went wrong; `query` is the tap if it is not acknowledged yet."""
        if query:
            await _acknowledge(query, SORRY)
            return
        chat = update.effective_chat
        if chat is None or chat.type != chat.PRIVATE or update.my_chat_member:
            return
        try:
            await self._channel.send(str(chat.id), Card(SORRY))
        except (DeliveryError, TokenRefused) as error:
            log.warning("an apology was not delivered: %s", type(error).__name__)


async def _acknowledge(query: CallbackQuery, notice: str) -> None:
    """Stop the spinner of a tap. After a restart it is often too late, which does no harm."""
    try:
        await query.answer(shorten(notice, NOTICE_UNITS) or None)
    except TelegramError as error:
        log.debug("a tap was not acknowledged: %s", type(error).__name__)
