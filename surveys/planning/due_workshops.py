"""When a round must check the waves of a workshop. Pure; knows days and no people."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

EARLIEST_ZONE = timedelta(hours=14)
LATEST_ZONE = timedelta(hours=12)
HALF_WAY_DAY = 9
"""After two reminders, while calls can still raise the response."""


def opens_at(day: date) -> datetime:
    """Return when a day begins in the earliest time zone: the wave opens then."""
    return datetime.combine(day, time(), UTC) - EARLIEST_ZONE


def over_at(day: date) -> datetime:
    """Return when a day has ended in the latest time zone."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) + LATEST_ZONE


def midpoint_at(opens_on: date, closes_on: date) -> datetime | None:
    """Return when to tell the progress of a wave: at the start of its ninth day; None if it is short."""
    day = opens_on + timedelta(days=HALF_WAY_DAY)
    return datetime.combine(day, time(), UTC) if day < closes_on else None


def next_due(moments: Iterable[datetime | None], closing: Iterable[date]) -> datetime | None:
    """Return the first of some moments with something to do, or when the first of some waves is over.

    `closing` are last days of open waves. None if nothing comes.
    """
    found = [moment for moment in moments if moment is not None]
    return min([*found, *(over_at(day) for day in closing)], default=None)


def reminder_at(day: date) -> datetime:
    """Return when organisers are reminded of something on a day."""
    return datetime.combine(day, time(), UTC)
