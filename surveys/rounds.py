"""When a round of fieldwork has to see to the waves of a workshop. Pure; knows days and no people."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

EARLIEST_ZONE = timedelta(hours=14)
LATEST_ZONE = timedelta(hours=12)


def opens_at(day: date) -> datetime:
    """When a day begins in the earliest zone: the wave opens; each person waits for local ten."""
    return datetime.combine(day, time(), UTC) - EARLIEST_ZONE


def over_at(day: date) -> datetime:
    """When a day has ended in the latest zone."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) + LATEST_ZONE


def next_look(opening: Iterable[date], closing: Iterable[date]) -> datetime | None:
    """When the first of some waves opens, or the first of others is over; None if there is none.

    `opening` are first days of waves that have not opened, `closing` last days of open ones.
    """
    moments = [opens_at(day) for day in opening] + [over_at(day) for day in closing]
    return min(moments, default=None)
