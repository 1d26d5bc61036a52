"""Runs one item of a round so that its fault does not stop the others."""

from collections import Counter
from collections.abc import Awaitable
from typing import TypeVar

import structlog

from bot.outbox.round_summary import RoundSummary
from bot.settings.logs import place_of
from storage.database import is_passing

T = TypeVar("T")
PATIENCE = 10
"""How often in a row trouble of the database stops an item before the organisers hear of it."""
log = structlog.get_logger("outbox")


class Troubles:
    """Which items the database has stopped, how often in a row."""

    def __init__(self) -> None:
        self._in_a_row: Counter[str] = Counter()

    async def guarded(self, item: str, work: Awaitable[T], summary: RoundSummary) -> T | None:
        """Return the result of `work`, or None if it raised: one item does not stop the others."""
        try:
            result = await work
        except Exception as error:
            self.is_fault(item, error, summary)
            return None
        self.worked(item)
        return result

    def worked(self, item: str) -> None:
        """Forget the trouble of an item."""
        self._in_a_row.pop(item, None)

    def is_fault(self, item: str, error: Exception, summary: RoundSummary) -> bool:
        """Note an error of an item; return whether it is a fault.

        An error of the database that may pass is none: the next round tries again. It is logged when
        it begins, and the organisers get a notice if it lasts.
        """
        if not is_passing(error):
            note_fault(item, error, summary)
            return True
        self._in_a_row[item] += 1
        if self._in_a_row[item] % PATIENCE == 0:
            lasts = f"{item}: the database has stopped it {self._in_a_row[item]} times in a row."
            summary.notices.append(f"{lasts} It is tried again later.")
            _log_fault(item, error)
            return True
        if self._in_a_row[item] == 1 and not summary.troubled:
            log.warning("passing_trouble", item=item, error=type(error).__name__)
        summary.troubled = True
        return False


def note_fault(item: str, error: Exception, summary: RoundSummary) -> None:
    """Log a fault of an item by its kind and place, and leave a notice for the organisers."""
    _log_fault(item, error)
    summary.notices.append(f"{item}: a fault, see the log. It is tried again later.")


def _log_fault(item: str, error: Exception) -> None:
    log.error("fault", item=item, error=type(error).__name__, place=place_of(error))
