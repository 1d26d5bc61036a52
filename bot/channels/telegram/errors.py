"""Translates errors of the messenger to delivery errors. Knows no cards and sends nothing.

Each rule answers one question: may the message have arrived? Then it must not be sent again.
"""

from datetime import timedelta

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.transport import NotConnected
from bot.messaging.messages import DeliveryError


class TokenRefused(Exception):
    """The messenger does not accept the bot's token; an administrator must act. Holds no token."""

    def __init__(
        self,
        why: str = "Telegram does not accept the token of the bot. Copy it again from BotFather.",
    ) -> None:
        super().__init__(why)


# These come as 400 or 403, depending on the method and the version of the server.
_GONE = {
    "user is deactivated": "deleted",
    "chat not found": "not_found",
    "user not found": "not_found",
    "peer_id_invalid": "not_found",
    "bot can't initiate conversation": "not_found",
    "bots can't send messages to bots": "not_found",
    "bot was kicked": "blocked",
    "not enough rights to send": "blocked",
    "have no rights to send": "blocked",
    "chat_write_forbidden": "blocked",
}
_BEYOND_EDITING = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
)
_BAD_PICTURE = ("photo_invalid_dimensions", "image_process_failed", "photo_ext_invalid")


def translated(problem: TelegramError) -> DeliveryError | TokenRefused:
    """Return the meaning of an error. Order matters: BadRequest and TimedOut are NetworkErrors."""
    if isinstance(problem, InvalidToken):
        return TokenRefused()
    gone = _gone(problem)
    if gone:
        return DeliveryError(gone, permanent=True)
    if isinstance(problem, RetryAfter):
        return DeliveryError("flood", retry_after=wait_seconds(problem))
    if isinstance(problem, ChatMigrated):
        return DeliveryError("not_found", moved_to=str(problem.new_chat_id))
    if isinstance(problem, BadRequest):
        return DeliveryError("refused")
    if _never_left(problem):
        return DeliveryError("network")
    if isinstance(problem, TimedOut):
        return DeliveryError("timed_out", outcome_unknown=True)
    return _network_or_server(problem)


def _network_or_server(problem: TelegramError) -> DeliveryError:
    words = problem.message.lower()
    if not isinstance(problem, NetworkError):
        # Not an answer of the Bot API: from a proxy, or cut off in the middle.
        return DeliveryError("server", outcome_unknown=True)
    if problem.__cause__ is not None:
        # The connection broke when the request may have been sent, or the body is no answer of the
        # Bot API: a proxy answers, which may have passed the message on.
        reason = (
            "network" if isinstance(problem.__cause__, aiohttp.ClientError | OSError) else "server"
        )
        return DeliveryError(reason, outcome_unknown=True)
    if "too large" in words or "conflict" in words:
        return DeliveryError("refused")
    if "gateway time" in words:
        return DeliveryError("timed_out", outcome_unknown=True)
    # A 5xx in the form of the Bot API: it restarts or is overloaded and has not accepted the message,
    # so a retry is safe.
    return DeliveryError("server")


def wait_seconds(problem: RetryAfter) -> float:
    """Return the pause that the messenger asks for; the library gives a number or a timedelta."""
    wait = problem.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def shown_already(problem: BadRequest) -> bool:
    """Return whether an edit failed because the message shows the card already."""
    return "message is not modified" in problem.message.lower()


def beyond_editing(problem: BadRequest) -> bool:
    """Return whether the message is gone, too old or of another kind, so that a new one is needed."""
    return any(words in problem.message.lower() for words in _BEYOND_EDITING)


def bad_picture(problem: BadRequest) -> bool:
    """Return whether a picture was refused as such; it can still be sent as a file."""
    return any(words in problem.message.lower() for words in _BAD_PICTURE)


def _gone(problem: TelegramError) -> str:
    if not isinstance(problem, Forbidden | BadRequest):
        return ""
    words = problem.message.lower()
    known = next((reason for text, reason in _GONE.items() if text in words), "")
    return known or ("blocked" if isinstance(problem, Forbidden) else "")


def _never_left(problem: BaseException) -> bool:
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, NotConnected):
            return True
        cause = cause.__cause__
    return False
