"""When a round of fieldwork has to see to the waves of a workshop. Pure; knows days and no people."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

EARLIEST_ZONE = timedelta(hours=14)
LATEST_ZONE = timedelta(hours=12)
HALF_WAY_DAY = 9
"""Two reminders have gone by then, and calls can still change something."""


def opens_at(day: date) -> datetime:
    """When a day begins in the earliest zone: the wave opens; each person waits for local ten."""
    return datetime.combine(day, time(), UTC) - EARLIEST_ZONE


def over_at(day: date) -> datetime:
    """When a day has ended in the latest zone."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) + LATEST_ZONE


def half_way_at(opens_on: date, closes_on: date) -> datetime | None:
    """When to tell how a wave goes: as its ninth day begins. None for a wave that is too short."""
    day = opens_on + timedelta(days=HALF_WAY_DAY)
    return datetime.combine(day, time(), UTC) if day < closes_on else None


def next_due(
    opening: Iterable[date], closing: Iterable[date], telling: Iterable[datetime] = ()
) -> datetime | None:
    """When the first of some waves opens, or the first of others is over; None if there is none.

    `opening` are first days of waves that have not opened, `closing` last days of open ones, and
    at `telling` there is something to tell.
    """
    moments = [opens_at(day) for day in opening] + [over_at(day) for day in closing] + [*telling]
    return min(moments, default=None)
