"""What an error of the mail library means for a letter, by how far the letter had come.

Only a clear answer of the server tells what became of a letter whose text had begun to leave.
Enhanced codes are those of RFC 3463; x.7.x is about us and not about the address.
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

REST_SECONDS = 600.0
"""A server that does not let us in is left alone for so long, for all letters."""
_ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
# Full mailboxes are emptied, and policies are about the sender: neither says that nobody is there.
_NOT_THE_ADDRESS = re.compile(r"5\.2\.2|5\.2\.3|5\.3\.\d+|5\.5\.\d+|5\.7\.\d+")


def of_connection(problem: SMTPException | OSError) -> DeliveryError:
    """No letter could be begun: nothing has left, and the next one would fare no better."""
    if isinstance(problem, SMTPAuthenticationError):
        reason = "login"
    elif isinstance(problem, SMTPResponseException):
        reason = "server"
    elif isinstance(problem, SMTPTimeoutError):
        reason = "timed_out"
    else:
        reason = "network" if isinstance(problem, SMTPConnectError | OSError) else "server"
    return DeliveryError(reason, retry_after=REST_SECONDS)


def of_recipient(problem: SMTPException | OSError) -> DeliveryError:
    """The server was told the address and nothing else yet."""
    if not isinstance(problem, SMTPResponseException) or problem.code < 500:
        return DeliveryError("server")
    if _NOT_THE_ADDRESS.fullmatch(_enhanced(problem)):
        return DeliveryError("refused")
    return DeliveryError(NO_MAILBOX, permanent=True)


def of_data(problem: SMTPException | OSError) -> DeliveryError:
    """The letter itself was handed over, or was going to be."""
    if not isinstance(problem, SMTPResponseException):
        return DeliveryError("timed_out", outcome_unknown=True)
    return DeliveryError("refused" if problem.code >= 500 else "server")


def numbers(problem: Exception) -> str:
    """What may be logged of an error: its kind and its codes, never the server's words."""
    if not isinstance(problem, SMTPResponseException):
        return type(problem).__name__
    return f"{type(problem).__name__} {problem.code} {_enhanced(problem)}".strip()


def _enhanced(problem: SMTPResponseException) -> str:
    found = _ENHANCED.search(problem.message)
    return found[0] if found else ""
