"""Events of calendar programs (.ics, RFC 5545) as rows of a calendar.

Lines are unfolded before they are decoded: a fold may split a letter of several bytes.
"""

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from bot.importing.rows.rows import Reading, Row
from bot.importing.tables.cells import Cell, clean, text_cell
from surveys.planning.timezones import zone
from surveys.problems import BadInput

BEGIN = b"BEGIN:VCALENDAR"
MOST_EVENTS = 2_000
MOST_PARTS = 10_000
"""Events, alarms, time zones and their rules; each costs the library a thousandth of a second."""
PART = re.compile(r"^BEGIN:(\w*)", re.IGNORECASE | re.MULTILINE)
LABELS = {
    "title": "SUMMARY",
    "starts_on": "DTSTART",
    "ends_on": "DTEND",
    "place": "LOCATION",
    "confirmed": "STATUS",
}


def is_ics(content: bytes) -> bool:
    """Return whether a file is an iCalendar file."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[: len(BEGIN)].upper() == BEGIN


def unfolded(content: bytes) -> str:
    """Return the text of a calendar with its folded lines joined."""
    joined = re.sub(rb"\r?\n[ \t]", b"", content.removeprefix(b"\xef\xbb\xbf"))
    return joined.decode("utf-8", errors="replace")


def event_rows(content: bytes, reading: Reading) -> list[Row]:
    """Return the events of a calendar; of several versions of one event the newest.

    Events without a readable start are skipped with a warning. Raise BadInput for a file that is
    not a calendar.
    """
    from icalendar import Calendar

    text = unfolded(content)
    _refuse_large(text, reading)
    try:
        calendar = Calendar.from_ical(text)
    except (ValueError, AttributeError):  # raised for a repeated line
        fix = "Save it again in the calendar program."
        reading.error("", "The calendar is damaged and cannot be read.", fix=fix)
        raise reading.refuse() from None
    home = _home(calendar, reading)
    newest: dict[str, tuple[int, int, Any]] = {}
    for number, event in enumerate(calendar.walk("VEVENT"), 1):
        uid = str(event.get("UID", number))
        sequence = _sequence(event)
        if uid not in newest or sequence >= newest[uid][0]:
            newest[uid] = (sequence, number, event)
    rows = [_row(number, event, home, reading) for _, number, event in newest.values()]
    return [row for row in rows if row is not None]


def _refuse_large(text: str, reading: Reading) -> None:
    """Raise BadInput for more events than are read, before the library takes them apart."""
    parts = [name.upper() for name in PART.findall(text)]
    events = parts.count("VEVENT")
    if events > MOST_EVENTS:
        message = f"The calendar has {events:,} events; at most {MOST_EVENTS:,} are read."
    elif len(parts) > MOST_PARTS:
        message = f"The calendar has {len(parts):,} parts; at most {MOST_PARTS:,} are read."
    else:
        return
    reading.error("", message, fix="Save one year only, or a calendar of the workshops alone.")
    raise reading.refuse()


def _sequence(event: Any) -> int:
    """Return the version number of an event; 0 if it is missing or damaged."""
    found = str(event.get("SEQUENCE", ""))
    return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else 0


def _home(calendar: Any, reading: Reading) -> tzinfo | None:
    """Return the time zone of the calendar, for times without their own; None if there is none."""
    name = str(calendar.get("X-WR-TIMEZONE", ""))
    if not name:
        return None
    try:
        return zone(name)
    except BadInput:
        reading.warning("", "is not a known time zone.", name)
        return None


def _row(number: int, event: Any, home: tzinfo | None, reading: Reading) -> Row | None:
    title = clean(str(event.get("SUMMARY", "")))
    try:
        days = _days(event, home)
    except OverflowError:  # a day after the year 9999
        days = None
    row = Row(
        number,
        {
            "title": text_cell(title),
            "starts_on": Cell(days[0].isoformat(), day=days[0]) if days else Cell(),
            "ends_on": Cell(days[1].isoformat(), day=days[1]) if days else Cell(),
            "place": text_cell(str(event.get("LOCATION", ""))),
            "confirmed": text_cell(str(event.get("STATUS", "")).lower()),
            "uid": text_cell(str(event.get("UID", ""))),
        },
        LABELS,
        what="event",
    )
    if days is None:
        reading.doubtful(row, "starts_on", f"'{title}' has no readable first day: left out.")
        return None
    return row


def _days(event: Any, home: tzinfo | None) -> tuple[date, date] | None:
    """Return first and last day. DTEND of a whole-day event is the day after its last one."""
    start = _moment(event, "DTSTART")
    if start is None:
        return None
    end = _moment(event, "DTEND")
    length = _value(event, "DURATION")
    if end is None and isinstance(length, timedelta):
        end = start + length
    first = _local(start, home)
    if end is None:
        return first, first
    last = _local(end, home)
    midnight = not isinstance(end, datetime) or end.time().isoformat() == "00:00:00"
    if midnight and last > first:
        last -= timedelta(days=1)
    return first, max(first, last)


def _moment(event: Any, name: str) -> date | None:
    found = _value(event, name)
    return found if isinstance(found, date) else None


def _value(event: Any, name: str) -> object:
    """Return the day, moment or duration of a property; None if it is damaged or missing."""
    from icalendar.error import BrokenCalendarProperty

    try:
        return getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        return None


def _local(moment: date, home: tzinfo | None) -> date:
    """Return the local day of a moment: in its own zone, or that of the calendar if it is in UTC."""
    if not isinstance(moment, datetime):
        return moment
    if home is not None and moment.tzinfo is not None and _is_utc(moment):
        return moment.astimezone(home).date()
    return moment.date()


def _is_utc(moment: datetime) -> bool:
    return moment.tzname() in ("UTC", "Z") and moment.utcoffset() == timedelta()
