"""Builds, starts and stops the bot. Knows the library's parts, not what the bot says."""

import json
import logging
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from telegram import BotCommand, BotCommandScopeChat, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, TypeHandler, Updater

from bot.channels.telegram.boundary import Boundary
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.chat_order import ChatOrder
from bot.channels.telegram.connection import (
    Timing,
    keep_secrets_out_of_logs,
    log_failed_poll,
    requests_for_calls,
    requests_for_polls,
)
from bot.channels.telegram.errors import TokenRefused, translated
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.polling import PollingBot
from bot.channels.telegram.updates import HANDLED
from bot.inbox.protocol import Inbox
from bot.inbox.settling import UpdateNumbers

log = logging.getLogger("bot.telegram")

_CONCURRENCY = 16
"""Chats whose updates are handled at the same time."""
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)

_Application = Application[Any, Any, Any, Any, Any, Any]
Commands = Sequence[tuple[str, str]]
"""The lines of a menu: the command without its slash, and what it does."""


@dataclass(frozen=True)
class Webhook:
    """The address to which the messenger pushes updates, and the secret that it sends along."""

    url: str
    secret: str = field(repr=False)


class TelegramBot:
    """The bot: receives updates, passes them to the inbox, and sends its replies."""

    def __init__(
        self,
        application: _Application,
        channel: TelegramChannel,
        numbers: UpdateNumbers,
        poll_timeout: timedelta,
    ) -> None:
        self._application = application
        self._numbers = numbers
        self._poll_timeout = poll_timeout
        self.channel = channel

    @property
    def username(self) -> str:
        """Return the bot's user name, for links to it; known after `start`."""
        return str(self._application.bot.username)

    @property
    def polling(self) -> bool:
        """Return whether the bot polls for updates now."""
        updater = self._application.updater
        return updater is not None and updater.running

    async def start(self, poll: bool = True, webhook: Webhook | None = None) -> None:
        """Check the token and begin to poll; with `poll` False the bot only sends.

        With a webhook the bot does not poll: updates are pushed to the webhook and passed to `take`.
        Updates that arrived while the bot was stopped are kept. Raises TokenRefused, or
        DeliveryError if the messenger cannot be reached.
        """
        try:
            await self._application.initialize()
            if webhook:
                await self._set_webhook(webhook)
            elif poll:
                await self._start_polling()
            return
        except TelegramError as problem:
            meaning = translated(problem)
        await self.stop()
        # Raised outside of the handler, because the library's error quotes the token.
        raise meaning

    async def set_polling(self, on: bool) -> None:
        """Start or stop polling; call it after `start`, and never with a webhook."""
        if on and not self.polling:
            await self._start_polling()
        elif not on and self.polling:
            await cast(Updater, self._application.updater).stop()

    async def stop(self) -> None:
        """Receive no more updates, finish those in progress, close the connections."""
        updater = self._application.updater
        if updater and updater.running:
            # Polling ends with this error if the token was revoked in the meantime.
            with suppress(InvalidToken):
                await updater.stop()
        if self._application.running:
            await self._application.stop()
            await cast(PollingBot, self._application.bot).confirm_settled()
        await self._application.shutdown()
        # After a failed start the application does not close the connections of the bot.
        await self._application.bot.shutdown()

    async def take(self, body: bytes) -> bool:
        """Handle a pushed update; return True when it is settled, False if `body` is no update."""
        try:
            update = Update.de_json(json.loads(body), self._application.bot)
            number = update.update_id
        except (ValueError, KeyError, TypeError, AttributeError):
            return False
        if type(number) is not int:
            return False
        settled, new = self._numbers.push(number)
        if new:
            await self._application.update_queue.put(update)
        await settled.wait()
        return True

    async def set_menus(self, everyone: Commands, chats: Mapping[str, Commands]) -> None:
        """Set the menu of all chats, and of some by chat id. A failure is logged and skipped."""
        await self._set_menu(everyone, None)
        for identifier, commands in chats.items():
            await self._set_menu(commands, BotCommandScopeChat(identifier))

    async def _set_menu(self, commands: Commands, scope: BotCommandScopeChat | None) -> None:
        lines = [BotCommand(name, words) for name, words in commands]
        try:
            await self._application.bot.set_my_commands(lines, scope=scope)
        except TelegramError as problem:
            kind = "a chat" if scope else "all chats"
            log.warning("the menu of %s was not set: %s", kind, type(problem).__name__)

    async def _set_webhook(self, webhook: Webhook) -> None:
        await self._application.start()
        await self._application.bot.set_webhook(
            webhook.url,
            secret_token=webhook.secret,
            allowed_updates=list(HANDLED),
            max_connections=_CONCURRENCY,
            drop_pending_updates=False,
        )

    async def _start_polling(self) -> None:
        if not self._application.running:
            await self._application.start()
        updater = cast(Updater, self._application.updater)
        await updater.start_polling(
            timeout=self._poll_timeout,
            allowed_updates=list(HANDLED),
            drop_pending_updates=False,
            error_callback=log_failed_poll,
        )


def build_telegram(
    token: str,
    inbox: Inbox,
    *,
    base_url: str | None = None,
    base_file_url: str | None = None,
    timing: Timing | None = None,
) -> TelegramBot:
    """Return the bot of a token, not started. Raises TokenRefused if the token has a wrong form.

    `base_url` is the address of another Bot API server including "/bot", `base_file_url` the same
    for files.
    """
    if not _TOKEN.fullmatch(token):
        raise TokenRefused("This is not a Telegram bot token: a token looks like 123456:letters.")
    keep_secrets_out_of_logs()
    timing = timing or Timing()
    servers = {"base_url": base_url, "base_file_url": base_file_url}
    numbers = UpdateNumbers()
    bot = PollingBot(
        numbers,
        token,
        request=requests_for_calls(timing),
        get_updates_request=requests_for_polls(timing),
        rate_limiter=Pace(timing.per_second, timing.between, timing.patience),
        **{name: address for name, address in servers.items() if address},
    )
    order = ChatOrder(_CONCURRENCY)
    application = ApplicationBuilder().bot(bot).concurrent_updates(order).job_queue(None).build()
    channel = TelegramChannel(bot, timing.pauses)
    boundary = Boundary(inbox, channel, numbers.settle)
    application.add_handler(TypeHandler(Update, boundary.handle))
    application.add_error_handler(boundary.give_up)
    return TelegramBot(application, channel, numbers, timedelta(seconds=timing.poll))
