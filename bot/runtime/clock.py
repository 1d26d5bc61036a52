"""The one clock of the program."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment, aware and in UTC: the one clock of the program."""
    return datetime.now(UTC)
