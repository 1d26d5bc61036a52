"""Runs one item of a round so that its fault does not stop the others."""

from collections.abc import Awaitable
from typing import TypeVar

import structlog

from bot.outbox.round_summary import RoundSummary
from bot.settings.logs import place_of

T = TypeVar("T")
log = structlog.get_logger("outbox")


async def guarded(item: str, work: Awaitable[T], summary: RoundSummary) -> T | None:
    """Return the result of `work`, or None if it raised: one faulty item does not stop the others.

    The exception is logged by its kind and place, and the organisers get a notice.
    """
    try:
        return await work
    except Exception as error:
        note_fault(item, error, summary)
        return None


def note_fault(item: str, error: Exception, summary: RoundSummary) -> None:
    """Log a fault of an item by its kind and place, and leave a notice for the organisers."""
    log.error("fault", item=item, error=type(error).__name__, place=place_of(error))
    summary.notices.append(f"{item}: a fault, see the log. It is tried again later.")
