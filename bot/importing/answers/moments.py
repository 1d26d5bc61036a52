"""The moments of a column of dates: days with or without a time, in one order, in one time zone."""

import re
from datetime import UTC, datetime, time, tzinfo

from bot.importing.tables.cells import Cell
from bot.importing.tables.days import NoDay, read_days

NOON = time(12)
"""The time of an answer of which only the day is known."""
TIME = re.compile(
    r"[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?[Mm]?\.?"
    r"\s*(Z|UTC|[+-]\d{2}:?\d{2})?(?:\s*\(?[A-Z]{3,4}\)?)?\s*$"
)
FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f")


def moment_of(cell: Cell, order: str, zone: tzinfo) -> datetime:
    """Return the moment of a cell in UTC. Raise NoDay with the end of a sentence about its text."""
    text = cell.text.strip()
    clock = TIME.search(text)
    day_text = text[: clock.start()] if clock else text
    if cell.day is not None:
        day = cell.day
    else:
        span = read_days(Cell(day_text, number=cell.number), order, serials=True)
        if span.first is None or span.first != span.last:
            raise NoDay("is not one day.")
        day = span.first
    moment = datetime.combine(day, _time(clock) if clock else NOON)
    offset = clock[5] if clock else None
    if offset:
        utc = offset.replace("Z", "+0000").replace("UTC", "+0000")
        return datetime.strptime(f"{moment:%Y-%m-%d %H:%M:%S} {utc}", f"{FORMS[0]} %z").astimezone(
            UTC
        )
    return moment.replace(tzinfo=zone).astimezone(UTC)


def _time(clock: re.Match[str]) -> time:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    half = (clock[4] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise NoDay("has a time that does not exist.") from None
