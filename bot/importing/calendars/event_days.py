"""The first and last day of an event of a calendar program, and the time zone of a calendar."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any

from bot.importing.rows.rows import Reading
from bot.importing.tables.days import Span
from surveys.planning.timezones import zone
from surveys.problems import BadInput

DAY = timedelta(days=1)
WHOLE = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY", "X-ALLDAY")
"""Properties by which programs mark events of whole days."""
OFFSET = re.compile(r"\(?(?:UTC|GMT)\s*([+-])(\d{1,2}):?(\d{2})?\)?.*", re.IGNORECASE)
EASTERN = time(10)
"""At this hour or later in UTC a day begins in the east, up to UTC+14."""


@dataclass(frozen=True)
class EventDays:
    """First and last day; with `moments` they are in UTC, and no time zone is known."""

    first: date
    last: date
    moments: tuple[datetime, datetime] | None = None


def days_of(event: Any, home: tzinfo | None) -> EventDays | None:
    """Return the days of an event; None if it has no readable start.

    DTEND of whole days is the day after the last one. `home` is for moments in UTC.
    """
    start = _moment(event, "DTSTART")
    if start is None:
        return None
    end = _end(event, start)
    if isinstance(start, datetime) and isinstance(end, datetime):
        if _is_whole(event, start, end, home):
            return _whole_days(start, end)
        if home is None and _is_utc(start):
            span = span_in(start, end, UTC)
            return EventDays(*span, (start.astimezone(UTC), end.astimezone(UTC)))
        return EventDays(*_span(_local(start, home), _local(end, home)))
    return EventDays(*_span(start, end))


def span_in(start: datetime, end: datetime, where: tzinfo) -> tuple[date, date]:
    """Return the first and last day of two moments in a time zone."""
    return _span(start.astimezone(where), end.astimezone(where))


def local_span(moments: tuple[datetime, datetime], where: tzinfo) -> Span:
    """Return two moments as days in a time zone."""
    return Span(*span_in(*moments, where))


def _end(event: Any, start: date) -> date:
    """Return the end of an event: as written, or by its length; without both, its start."""
    length = value_of(event, "DURATION")
    end = _moment(event, "DTEND")
    if end is None and isinstance(length, timedelta):
        end = start + length
    if end is None:
        return start
    if isinstance(start, datetime):
        # An end without a zone is in that of the start; a mere day says nothing about the hour.
        return _with_zone(end, start.tzinfo) if isinstance(end, datetime) else start
    return end


def _with_zone(moment: datetime, where: tzinfo | None) -> datetime:
    return moment if moment.tzinfo or where is None else moment.replace(tzinfo=where)


def _span(start: date, end: date) -> tuple[date, date]:
    first, last = _date(start), _date(end)
    midnight = not isinstance(end, datetime) or end.time() == time()
    if midnight and last > first:
        last -= DAY
    return first, max(first, last)


def _is_whole(event: Any, start: datetime, end: datetime, home: tzinfo | None) -> bool:
    """Return whether an event in UTC is one of whole days: marked so, or from midnight to midnight."""
    if not _is_utc(start):
        return False
    marked = any(str(event.get(name, "")).upper() == "TRUE" for name in WHOLE)
    midnights = start.time() == end.time() == time()
    return (midnights and end.date() > start.date()) or (marked and home is None)


def _whole_days(start: datetime, end: datetime) -> EventDays:
    """Return whole days in UTC as the days that are meant: midnight elsewhere is near them."""
    first, last = _meant(start), _meant(end) - DAY
    return EventDays(first, max(first, last))


def _meant(moment: datetime) -> date:
    return moment.date() + (DAY if moment.time() >= EASTERN else timedelta())


def _moment(event: Any, name: str) -> date | None:
    found = value_of(event, name)
    return found if isinstance(found, date) else None


def value_of(event: Any, name: str) -> object:
    """Return the day, moment or duration of a property; None if it is damaged or missing."""
    from icalendar.error import BrokenCalendarProperty

    try:
        return getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        return None


def _local(moment: datetime, home: tzinfo | None) -> datetime:
    """Return a moment in its own zone, or in that of the calendar if it is in UTC."""
    return moment.astimezone(home) if home is not None and _is_utc(moment) else moment


def _date(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _is_utc(moment: datetime) -> bool:
    return moment.tzname() in ("UTC", "Z") and moment.utcoffset() == timedelta()


def home_of(calendar: Any, reading: Reading) -> tzinfo | None:
    """Return the time zone of a calendar: the one it names, or the only one that it describes."""
    name = str(calendar.get("X-WR-TIMEZONE", "")).strip()
    if not name:
        described = calendar.walk("VTIMEZONE")
        return _described(described[0]) if len(described) == 1 else None
    found = zone_named(name)
    if found is None:
        reading.warning("", "is not a known time zone.", name)
    return found


def _described(component: Any) -> tzinfo | None:
    named = zone_named(str(component.get("TZID", "")))
    try:
        described: tzinfo = component.to_tz()
    except (ValueError, KeyError, AttributeError, TypeError):
        return named
    return named or described


def zone_named(name: str) -> tzinfo | None:
    """Return the time zone of a name as calendar programs write it: IANA, Windows, or UTC+07:00."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    try:
        return zone(WINDOWS_TO_OLSON.get(name, name))
    except BadInput:
        found = OFFSET.fullmatch(name)
    if found is None:
        return None
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-ahead if found[1] == "-" else ahead) if ahead < DAY else None
