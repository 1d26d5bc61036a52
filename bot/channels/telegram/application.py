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
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, TypeHandler, Updater
from telegram.request import HTTPXRequest

from bot.channels.telegram.boundary import Boundary
from bot.channels.telegram.channel import PAUSES, TelegramChannel
from bot.channels.telegram.errors import TokenRefused, translated
from bot.channels.telegram.listening import ListeningBot
from bot.channels.telegram.pace import ChatOrder, Pace
from bot.channels.telegram.updates import HANDLED
from bot.messaging.messages import Inbox
from bot.settings.logs import place_of

log = logging.getLogger("bot.telegram")

_AT_ONCE = 16
# Some more than updates at once: the fieldwork sends beside them.
_CONNECTIONS = 20
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)

_Application = Application[Any, Any, Any, Any, Any, Any]
Commands = Sequence[tuple[str, str]]
"""The lines of a menu: the command without its stroke, and what it does."""


@dataclass(frozen=True)
class Timing:
    """How long the bot waits and how fast it writes, in seconds; tests make it quicker."""

    connect: float = 5.0
    answer: float = 10.0
    connection: float = 10.0
    poll: float = 25.0
    per_second: float = 29.0
    between: float = 1.0
    patience: float = 60.0
    pauses: tuple[float, ...] = PAUSES


@dataclass(frozen=True)
class Webhook:
    """Where the messenger brings updates, and the secret that it shows there."""

    url: str
    secret: str = field(repr=False)


class TelegramBot:
    """The running side of the channel: listens, lets the inbox decide, and speaks."""

    def __init__(
        self, application: _Application, channel: TelegramChannel, poll: timedelta
    ) -> None:
        self._application = application
        self._poll = poll
        self.channel = channel

    @property
    def username(self) -> str:
        """The bot's name for links to it; known once the bot was started."""
        return str(self._application.bot.username)

    @property
    def listening(self) -> bool:
        """Whether it asks the messenger for messages now."""
        updater = self._application.updater
        return updater is not None and updater.running

    async def start(self, listen: bool = True, webhook: Webhook | None = None) -> None:
        """Checks the token, then listens; with `listen` False it can only send.

        With a webhook it does not ask for updates: they are brought there, and given to `take`.
        Messages that came while the bot was away are kept. Raises TokenRefused, or DeliveryError
        when the messenger cannot be reached.
        """
        try:
            await self._application.initialize()
            if webhook:
                await self._be_called(webhook)
            elif listen:
                await self._listen()
            return
        except TelegramError as problem:
            meaning = translated(problem)
        await self.stop()
        # Outside of the handler: the library's error quotes the token.
        raise meaning

    async def listen(self, now: bool) -> None:
        """Begins or ends to ask for messages; after `start`, and not beside a webhook."""
        if now and not self.listening:
            await self._listen()
        elif not now and self.listening:
            await cast(Updater, self._application.updater).stop()

    async def stop(self) -> None:
        """Hears nothing new, finishes what it is doing, closes its connections."""
        updater = self._application.updater
        if updater and updater.running:
            # A token that was revoked meanwhile has ended the polling with this error.
            with suppress(InvalidToken):
                await updater.stop()
        if self._application.running:
            await self._application.stop()
            await cast(ListeningBot, self._application.bot).forget_settled()
        await self._application.shutdown()
        # After a failed start the application does not know that its connections are open.
        await self._application.bot.shutdown()

    async def take(self, body: bytes) -> bool:
        """An update that the messenger brought; True when it is committed, False if it is none."""
        try:
            update = Update.de_json(json.loads(body), self._application.bot)
            number = update.update_id
        except (ValueError, KeyError, TypeError, AttributeError):
            return False
        if type(number) is not int:
            return False
        settled, new = cast(ListeningBot, self._application.bot).bring(number)
        if new:
            await self._application.update_queue.put(update)
        await settled.wait()
        return True

    async def set_menus(self, everyone: Commands, chats: Mapping[str, Commands]) -> None:
        """Sets the menu of all chats and of some, by chat id. What fails is logged and left."""
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

    async def _be_called(self, webhook: Webhook) -> None:
        await self._application.start()
        await self._application.bot.set_webhook(
            webhook.url,
            secret_token=webhook.secret,
            allowed_updates=list(HANDLED),
            max_connections=_AT_ONCE,
            drop_pending_updates=False,
        )

    async def _listen(self) -> None:
        if not self._application.running:
            await self._application.start()
        updater = cast(Updater, self._application.updater)
        await updater.start_polling(
            timeout=self._poll,
            allowed_updates=list(HANDLED),
            drop_pending_updates=False,
            error_callback=_report_polling,
        )


def build_telegram(
    token: str,
    inbox: Inbox,
    *,
    base_url: str | None = None,
    base_file_url: str | None = None,
    timing: Timing | None = None,
) -> TelegramBot:
    """The bot for a token, not started yet. Raises TokenRefused for what can be no token.

    base_url: another Bot API server, up to and with "/bot"; base_file_url likewise.
    """
    if not _TOKEN.fullmatch(token):
        raise TokenRefused("This is not a token of a Telegram bot: 123456:letters is its form.")
    keep_secrets_out_of_logs()
    timing = timing or Timing()
    servers = {"base_url": base_url, "base_file_url": base_file_url}
    bot = ListeningBot(
        token,
        request=_request(HTTPXRequest, timing, _CONNECTIONS),
        get_updates_request=_request(_Polling, timing, 1),
        rate_limiter=Pace(timing.per_second, timing.between, timing.patience),
        **{name: address for name, address in servers.items() if address},
    )
    order = ChatOrder(_AT_ONCE)
    application = ApplicationBuilder().bot(bot).concurrent_updates(order).job_queue(None).build()
    channel = TelegramChannel(bot, timing.pauses)
    application.add_handler(TypeHandler(Update, Boundary(inbox, channel, bot.settle).handle))
    application.add_error_handler(_give_up)
    return TelegramBot(application, channel, timedelta(seconds=timing.poll))


def keep_secrets_out_of_logs() -> None:
    """Silences the libraries that log addresses with the token, or what people wrote.

    httpx logs every address at INFO; the messenger's library logs texts at DEBUG and quotes
    answers and the token at ERROR. All its errors reach us as exceptions, and are logged here.
    """
    for name, level in (
        ("httpx", logging.WARNING),
        ("httpcore", logging.WARNING),
        ("telegram", logging.CRITICAL),
    ):
        logging.getLogger(name).setLevel(level)


class _Polling(HTTPXRequest):
    """The line on which the bot listens; says when the messenger ends it for good."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        if status in (401, 404):
            log.error("Telegram no longer accepts the token: the bot hears nothing any more")
        return status, body


def _request(kind: type[HTTPXRequest], timing: Timing, connections: int) -> HTTPXRequest:
    return kind(
        connection_pool_size=connections,
        connect_timeout=timing.connect,
        read_timeout=timing.answer,
        write_timeout=timing.answer,
        pool_timeout=timing.connection,
    )


def _report_polling(problem: TelegramError) -> None:
    if isinstance(problem, Conflict):
        log.error("another program reads the messages of this bot: stop one of the two")
    else:
        log.warning("cannot reach Telegram, trying again: %s", type(problem).__name__)


async def _give_up(update: object, context: Any) -> None:
    """An update that failed before it was heard: it would fail again, and hold back the others."""
    problem = context.error
    log.error("an update was lost: %s at %s", type(problem).__name__, place_of(problem))
    if isinstance(update, Update):
        cast(ListeningBot, context.bot).settle(update.update_id)
