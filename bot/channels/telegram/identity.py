"""Which bot a token belongs to, asked of the messenger without receiving or sending anything."""

import re
from dataclasses import dataclass
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.connection import Timing, keep_secrets_out_of_logs, requests_for_calls
from bot.channels.telegram.errors import TokenRefused, translated

_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)


@dataclass(frozen=True)
class Identity:
    """A bot as the messenger knows it: its user name without @, and its number."""

    username: str
    number: int


def number_of(token: str) -> int:
    """Return the number of the bot, with which its token begins. TokenRefused if it is no token."""
    if not _TOKEN.fullmatch(token):
        raise TokenRefused("This is not a Telegram bot token: a token looks like 123456:letters.")
    return int(token.partition(":")[0])


async def identity_of(token: str, base_url: str | None = None) -> Identity:
    """Return the bot of a token. Raises TokenRefused, or DeliveryError without the messenger."""
    number_of(token)
    keep_secrets_out_of_logs()
    server: dict[str, Any] = {"base_url": base_url} if base_url else {}
    bot = Bot(token, request=requests_for_calls(Timing()), **server)
    try:
        async with bot:
            return Identity(str(bot.username), bot.id)
    except TelegramError as problem:
        meaning = translated(problem)
    # Raised outside of the handler, because the library's error quotes the token.
    raise meaning
