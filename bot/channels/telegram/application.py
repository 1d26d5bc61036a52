"""Builds, starts and stops the bot. Knows the library's parts, not what the bot says."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram import BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.channels.telegram.arrivals import arrivals_of, updates_of
from bot.channels.telegram.boundary import Boundary
from bot.channels.telegram.calls import PlainBot
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import (
    Timing,
    keep_secrets_out_of_logs,
    requests_for_calls,
    requests_for_polls,
)
from bot.channels.telegram.errors import translated
from bot.channels.telegram.identity import number_of
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.updates import HANDLED
from bot.inbox.intake import Intake
from bot.inbox.protocol import Inbox
from bot.inbox.rows import Rows

log = logging.getLogger("bot.telegram")

_CONNECTIONS = 16
"""Over which the messenger pushes at the same time."""

Commands = Mapping[str, Sequence[tuple[str, str]]]
"""The lines of a menu by language, "" for all others: the command without its slash, what it does."""


@dataclass(frozen=True)
class Webhook:
    """The address to which the messenger pushes updates, and the secret that it sends along."""

    url: str
    secret: str = field(repr=False)


class TelegramBot:
    """The bot: takes updates in, has them handled, and sends the replies."""

    def __init__(
        self,
        bot: PlainBot,
        channel: TelegramChannel,
        intake: Intake,
        poll_timeout: timedelta,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._poller = Poller(bot, intake, HANDLED, poll_timeout.total_seconds())
        self.channel = channel

    @property
    def username(self) -> str:
        """Return the bot's user name, for links to it; known after `start`."""
        return str(self._bot.username)

    @property
    def polling(self) -> bool:
        """Return whether the bot polls for updates now."""
        return self._poller.running

    async def start(self, poll: bool = True, webhook: Webhook | None = None) -> None:
        """Check the token and begin to poll; with `poll` False the bot only sends.

        With a webhook the bot does not poll: updates are pushed to the webhook and passed to `take`.
        Updates that arrived while the bot was stopped are kept. Raises TokenRefused, or
        DeliveryError if the messenger cannot be reached.
        """
        try:
            await self._bot.initialize()
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
            await self._poller.stop()

    async def stop(self) -> None:
        """Receive no more updates, finish those in hand, close the connections."""
        # Side by side, because each may wait a moment; what is still stored now stays in the table.
        await asyncio.gather(self._poller.stop(), self._intake.stop())
        await self._bot.shutdown()

    async def take(self, body: bytes) -> None:
        """Store a pushed update, so that it may be acknowledged; one that is none is passed over.

        Raises the error of a database that cannot be used now.
        """
        arrivals, unread = arrivals_of(updates_of(body))
        if unread or not arrivals:
            log.warning("something was pushed that is no update with a number")
        await self._intake.take(arrivals)

    async def set_menus(self, everyone: Commands, chats: Mapping[str, Commands]) -> None:
        """Set the menu of all chats, and of some by chat id. A failure is logged, and the rest of
        that menu is left."""
        await self._set_menu(everyone, None)
        for identifier, commands in chats.items():
            await self._set_menu(commands, BotCommandScopeChat(identifier))

    async def _set_menu(self, commands: Commands, scope: BotCommandScopeChat | None) -> None:
        try:
            for code, menu in commands.items():
                lines = [BotCommand(name, words) for name, words in menu]
                await self._bot.set_my_commands(lines, scope=scope, language_code=code or None)
        except TelegramError as problem:
            kind = "a chat" if scope else "all chats"
            log.warning("the menu of %s was not set: %s", kind, type(problem).__name__)

    async def _set_webhook(self, webhook: Webhook) -> None:
        await self._intake.start(in_order=False)
        await self._bot.set_webhook(
            webhook.url,
            secret_token=webhook.secret,
            allowed_updates=list(HANDLED),
            max_connections=_CONNECTIONS,
            drop_pending_updates=False,
        )

    async def _start_polling(self) -> None:
        # The messenger refuses polls while it pushes.
        await self._bot.delete_webhook(drop_pending_updates=False)
        await self._intake.start(in_order=True)
        self._poller.start()


def build_telegram(
    token: str,
    inbox: Inbox,
    rows: Rows,
    *,
    base_url: str | None = None,
    base_file_url: str | None = None,
    timing: Timing | None = None,
) -> TelegramBot:
    """Return the bot of a token, not started. Raises TokenRefused if the token has a wrong form.

    `base_url` is the address of another Bot API server including "/bot", `base_file_url` the same
    for files.
    """
    number = number_of(token)
    keep_secrets_out_of_logs()
    timing = timing or Timing()
    servers: dict[str, Any] = {"base_url": base_url, "base_file_url": base_file_url}
    pace = Pace(timing.per_second, timing.between, timing.patience)
    bot = PlainBot(
        token,
        request=requests_for_calls(timing, pace.depart),
        get_updates_request=requests_for_polls(timing),
        rate_limiter=pace,
        **{name: address for name, address in servers.items() if address},
    )
    channel = TelegramChannel(bot, timing.pauses)
    boundary = Boundary(inbox, rows, channel, bot)
    intake = Intake(rows, number, channel.name, boundary, timing.inbox)
    return TelegramBot(bot, channel, intake, timedelta(seconds=timing.poll))
