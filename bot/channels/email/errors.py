"""Translates errors of the mail library to delivery errors, by the step that failed.

If the text of a letter was being sent, only an answer of the server tells its outcome. Enhanced
codes are those of RFC 3463; x.7.x is about the sender and not about the address.
"""

import re

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPResponseException,
    SMTPTimeoutError,
)

from bot.channels.email.composing import NO_MAILBOX
from bot.messaging.messages import DeliveryError

PAUSE_SECONDS = 600.0
"""The pause for all letters after the server refused a connection or a login."""
_ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
# A full mailbox will be emptied and a policy is about the sender: the address itself exists.
_NOT_THE_ADDRESS = re.compile(r"5\.2\.2|5\.2\.3|5\.3\.\d+|5\.5\.\d+|5\.7\.\d+")


def of_connection(problem: SMTPException | OSError) -> DeliveryError:
    """Return the meaning of a failed connection: nothing was sent, and all letters have to wait."""
    if isinstance(problem, SMTPAuthenticationError):
        reason = "login"
    elif isinstance(problem, SMTPResponseException):
        reason = "server"
    elif isinstance(problem, SMTPTimeoutError):
        reason = "timed_out"
    else:
        reason = "network" if isinstance(problem, SMTPConnectError | OSError) else "server"
    return DeliveryError(reason, retry_after=PAUSE_SECONDS)


def of_recipient(problem: SMTPException | OSError) -> DeliveryError:
    """Return the meaning of an error after the recipient, before any text was sent."""
    if not isinstance(problem, SMTPResponseException) or problem.code < 500:
        return DeliveryError("server")
    if _NOT_THE_ADDRESS.fullmatch(_enhanced(problem)):
        return DeliveryError("refused")
    return DeliveryError(NO_MAILBOX, permanent=True)


def of_data(problem: SMTPException | OSError) -> DeliveryError:
    """Return the meaning of an error while the text was being sent."""
    if not isinstance(problem, SMTPResponseException):
        return DeliveryError("timed_out", outcome_unknown=True)
    return DeliveryError("refused" if problem.code >= 500 else "server")


def codes_of(problem: Exception) -> str:
    """Return what may be logged of an error: its kind and codes, never the text of the server."""
    if not isinstance(problem, SMTPResponseException):
        return type(problem).__name__
    return f"{type(problem).__name__} {problem.code} {_enhanced(problem)}".strip()


def _enhanced(problem: SMTPResponseException) -> str:
    found = _ENHANCED.search(problem.message)
    return found[0] if found else ""
