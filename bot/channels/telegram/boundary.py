"""The update boundary: one update in, one reply out, and nothing that happens here stops the bot.

Knows how to speak a reply, not what it says. Logs neither names, texts, answers nor tokens.
"""

import logging
from collections.abc import Callable

from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.errors import TokenRefused
from bot.channels.telegram.texts import NOTICE_UNITS, SORRY, shorten
from bot.channels.telegram.updates import read_update
from bot.messaging.messages import (
    Card,
    DeliveryError,
    Inbox,
    Membership,
    Moved,
    Reply,
    Say,
    Sender,
)
from bot.settings.logs import place_of

log = logging.getLogger("bot.telegram")


class Boundary:
    """Takes updates to the inbox and speaks what it replies.

    `settle` is told the number of each update that need not be kept any longer.
    """

    def __init__(
        self, inbox: Inbox, channel: TelegramChannel, settle: Callable[[int], None]
    ) -> None:
        self._inbox = inbox
        self._channel = channel
        self._settle = settle

    async def handle(self, update: Update, _context: object) -> None:
        """One update: decide and save, acknowledge the tap, speak. Never raises."""
        query = update.callback_query
        try:
            inbound = await read_update(update)
            reply = await self._inbox.receive(inbound) if inbound else Reply()
            if query:
                await _acknowledge(query, reply.notice)
                query = None
            if inbound:
                await self._speak(inbound.sender, reply)
            # Not before: after a kill the reply would be lost, and the next words of somebody who
            # still sees the old question would answer another one.
            self._settle(update.update_id)
        except Exception as problem:
            # Given up: the same fault would come again at each start.
            self._settle(update.update_id)
            log.error("an update failed: %s at %s", type(problem).__name__, place_of(problem))
            await self._apologise(update, query)

    async def _speak(self, sender: Sender, reply: Reply) -> None:
        for say in reply.says:
            try:
                ref = await self._show(sender.identifier, say)
            except DeliveryError as problem:
                log.warning("a reply was not delivered: %s", problem.reason)
                if problem.moved_to:
                    await self._inbox.receive(Moved(sender, problem.moved_to))
                    return
                if problem.permanent:
                    await self._inbox.receive(Membership(sender, active=False))
                    return
            else:
                await self._inbox.shown(sender, say, ref)

    async def _show(self, identifier: str, say: Say) -> str:
        if say.file:
            return await self._channel.send_file(identifier, say.file, say.card)
        return await self._channel.send(identifier, say.card, say.replace)

    async def _apologise(self, update: Update, query: CallbackQuery | None) -> None:
        """`query` is the tap if it still waits for an answer."""
        if query:
            await _acknowledge(query, SORRY)
            return
        chat = update.effective_chat
        if chat is None or chat.type != chat.PRIVATE or update.my_chat_member:
            return
        try:
            await self._channel.send(str(chat.id), Card(SORRY))
        except (DeliveryError, TokenRefused) as problem:
            log.warning("an apology was not delivered: %s", type(problem).__name__)


async def _acknowledge(query: CallbackQuery, notice: str) -> None:
    """Stops the spinner of a tap. Too late is common after a restart and changes nothing."""
    try:
        await query.answer(shorten(notice, NOTICE_UNITS) or None)
    except TelegramError as problem:
        log.debug("a tap was not acknowledged: %s", type(problem).__name__)
