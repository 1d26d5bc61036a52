"""Events of calendar programs (.ics, RFC 5545) as rows of a calendar.

Lines are unfolded before they are decoded: a fold may split a letter of several bytes.
"""

import codecs
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from bot.importing.calendars.event_days import EventDays, days_of, home_of
from bot.importing.calendars.series import (
    Unbounded,
    has_first,
    repeats,
    sitting_of,
    sittings_of,
)
from bot.importing.rows.rows import Reading, Row
from bot.importing.tables.cells import Cell, clean, text_cell
from bot.importing.tables.coding import coding_warning, decode
from surveys.xlsform.sheets import Unreadable

BEGIN = "BEGIN:VCALENDAR"
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
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
CANCELLED = "cancelled"


@dataclass(frozen=True)
class Event:
    """An event as it is written, with its number in the file and the time zone of its calendar."""

    number: int
    written: Any
    home: tzinfo | None
    cancelled: bool


def is_ics(content: bytes) -> bool:
    """Return whether a file is an iCalendar file."""
    head = content[: 4 * len(BEGIN)]
    text = head.decode("utf-16" if head.startswith(WIDE) else "latin-1", errors="ignore")
    return text.removeprefix("ï»¿").lstrip().upper().startswith(BEGIN)


def unfolded(content: bytes, reading: Reading, coding: str = "") -> str:
    """Return the text of a calendar with its folded lines joined.

    Raise Unreadable if its coding is not clear; warn if it was guessed.
    """
    if content.startswith(WIDE):
        return re.sub(r"\r?\n[ \t]", "", decode(content).text)
    try:
        text = decode(re.sub(rb"\r?\n[ \t]", b"", content), coding)
    except Unreadable as error:
        raise Unreadable(error.message, "Export it as UTF-8 in the calendar program.") from None
    if text.guessed:
        reading.warning("", coding_warning(text))
    return text.text


def event_rows(content: bytes, reading: Reading, coding: str = "") -> list[Row]:
    """Return the events of a calendar; of several versions of one event the newest.

    A series is one row, from its first to its last sitting. Events without a readable start are
    skipped with a warning. Raise BadInput for a file that is not a calendar.
    """
    from icalendar import Calendar

    text = unfolded(content, reading, coding)
    _refuse_large(text, reading)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, AttributeError):  # raised for a repeated line
        fix = "Save it again in the calendar program."
        reading.error("", "The calendar is damaged and cannot be read.", fix=fix)
        raise reading.refuse() from None
    groups = _newest(_events(calendars, reading))
    rows = [_row(events, reading) for events in groups]
    return [row for row in rows if row is not None]


def _events(calendars: Sequence[Any], reading: Reading) -> Iterator[Event]:
    number = 0
    for calendar in calendars:
        home = home_of(calendar, reading)
        all_off = str(calendar.get("METHOD", "")).upper() == "CANCEL"
        for written in calendar.walk("VEVENT"):
            number += 1
            status = str(written.get("STATUS", "")).upper()
            yield Event(number, written, home, all_off or status == "CANCELLED")


def _newest(events: Iterator[Event]) -> list[list[Event]]:
    """Return the newest version of each event, with the changed sittings of a series behind it."""
    found: dict[str, dict[object, Event]] = defaultdict(dict)
    for event in events:
        uid = str(event.written.get("UID", event.number))
        sitting = sitting_of(event.written)
        before = found[uid].get(sitting)
        if before is None or _sequence(event.written) >= _sequence(before.written):
            found[uid][sitting] = event
    return [sorted(one.values(), key=_is_sitting) for one in found.values()]


def _is_sitting(event: Event) -> bool:
    return event.written.get("RECURRENCE-ID") is not None


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


def _row(events: Sequence[Event], reading: Reading) -> Row | None:
    """Return the row of an event or a series; None, with a warning, if it has no days."""
    first = events[0]
    if not repeats([one.written for one in events]):
        return _dated(first, _single_days(first), reading)
    if not has_first([one.written for one in events]):
        why = "is one sitting of a series that is not in the file: left out."
        reading.doubtful(_as_row(first, None), "title", why, "Export the whole calendar.")
        return None
    return _series(events, reading)


def _single_days(event: Event) -> EventDays | None:
    try:
        return days_of(event.written, event.home)
    except OverflowError:  # a day after the year 9999
        return None


def _series(events: Sequence[Event], reading: Reading) -> Row | None:
    first = events[0]
    for event in events:
        if event.cancelled:
            event.written["STATUS"] = "CANCELLED"
    try:
        found = sittings_of([one.written for one in events], first.home)
    except Unbounded as error:
        fix = "End the series in the calendar program, and send the calendar again."
        reading.doubtful(_as_row(first, None), "title", f"{error}: left out.", fix)
        return None
    off = first.cancelled or not found.number
    row = _dated(Event(first.number, first.written, first.home, off), found.days, reading)
    if row is not None and found.number > 1:
        last = row.get("ends_on")
        said = f"is the first of {found.number} sittings: read as one workshop until {last}."
        reading.doubtful(row, "starts_on", said)
    return row


def _dated(event: Event, days: EventDays | None, reading: Reading) -> Row | None:
    row = _as_row(event, days)
    if days is None:
        message = f"'{row.get('title')}' has no readable first day: left out."
        reading.doubtful(row, "starts_on", message)
        return None
    return row


def _as_row(event: Event, days: EventDays | None) -> Row:
    written = event.written
    status = CANCELLED if event.cancelled else str(written.get("STATUS", "")).lower()
    cells = {
        "title": text_cell(clean(str(written.get("SUMMARY", "")))),
        "starts_on": Cell(days.first.isoformat(), day=days.first) if days else Cell(),
        "ends_on": Cell(days.last.isoformat(), day=days.last) if days else Cell(),
        "place": text_cell(str(written.get("LOCATION", ""))),
        "confirmed": text_cell(status),
        "uid": text_cell(str(written.get("UID", ""))),
    }
    if days and days.moments:
        start, end = days.moments
        cells |= {"from": Cell(start.isoformat()), "until": Cell(end.isoformat())}
    return Row(event.number, cells, LABELS, what="event")
