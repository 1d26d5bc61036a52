"""The connections to the messenger's server: time limits, pools, and what may be logged of them."""

import logging
from dataclasses import dataclass, field
from typing import Any

from telegram.error import Conflict, TelegramError

from bot.channels.telegram.channel import PAUSES
from bot.channels.telegram.transport import Door, Transport, open_door
from bot.inbox.work import Pauses

log = logging.getLogger("bot.telegram")

# More than the updates that are handled and the messages that leave at a time, each with a call beside
# it: what is stored as leaving must not wait for a connection, or a kill would make it unknown.
_CONNECTIONS = 64


@dataclass(frozen=True)
class Timing:
    """Time limits and pace of the bot in seconds; tests make it quicker.

    `connect`, `answer` and `connection` limit the connecting, an answer of the server, and the wait
    for a free connection; `poll` is how long a poll stays open. `per_second` messages leave over
    all chats, one each `between` seconds to the same chat. `patience` is the longest pause that is
    waited for; `pauses` come between the attempts of one call. `inbox` has the pauses of the inbox.
    """

    connect: float = 5.0
    answer: float = 10.0
    connection: float = 10.0
    poll: float = 25.0
    per_second: float = 29.0
    between: float = 1.0
    patience: float = 60.0
    pauses: tuple[float, ...] = PAUSES
    inbox: Pauses = field(default_factory=Pauses)


class _Polling(Transport):
    """The connection for polls; logs that the server has revoked the token."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        if status in (401, 404):
            log.error("Telegram no longer accepts the token: the bot receives nothing any more")
        return status, body


def requests_for_calls(timing: Timing, door: Door = open_door) -> Transport:
    """Return the connections for all calls except polls."""
    return Transport(_CONNECTIONS, timing.connect, timing.answer, timing.connection, door)


def requests_for_polls(timing: Timing) -> Transport:
    """Return the one connection for polls."""
    return _Polling(1, timing.connect, timing.answer, timing.connection)


def keep_secrets_out_of_logs() -> None:
    """Silence the library that logs texts that people wrote at DEBUG, answers and the token at ERROR,
    and whole updates at CRITICAL. Its errors are exceptions here, and are logged here.
    """
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)


def log_failed_poll(error: TelegramError) -> None:
    """Log why a poll failed; the library polls again."""
    if isinstance(error, Conflict):
        log.error("another program reads the messages of this bot: stop one of the two")
    else:
        log.warning("cannot reach Telegram, trying again: %s", type(error).__name__)
