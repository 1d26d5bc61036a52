"""Days and moments as staff read them, in the time zone of the office."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_words(day: date) -> str:
    """Return a day as staff read it: "Fri 8 June 2018"."""
    return f"{day:%a} {day.day} {day:%B %Y}"


def day_at(moment: datetime, zone: str) -> str:
    """Return the day of a moment as staff read it."""
    return day_words(moment.astimezone(ZoneInfo(zone)))


def time_words(moment: datetime, zone: str) -> str:
    """Return the time of day with the place whose time it is: "10:36 in Bangkok", or "10:36 UTC"."""
    area, _, place = zone.rpartition("/")
    where = f"in {place.replace('_', ' ')}" if area and area != "Etc" else zone
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M} {where}"


def moment_words(moment: datetime, zone: str) -> str:
    """Return a moment as staff read it: "Fri 8 June 2018, 10:36 in Bangkok"."""
    return f"{day_at(moment, zone)}, {time_words(moment, zone)}"


def span_words(first: date, last: date) -> str:
    """Return the days from one to another: "Mon 4 June 2018 to Fri 8 June 2018"."""
    return f"{day_words(first)} to {day_words(last)}"


def short_span(first: date, last: date) -> str:
    """Return the days from one to another in short: "5 to 9 Feb 2018", "29 Jan to 2 Feb 2018"."""
    end = f"{last.day} {last:%b %Y}"
    if first == last:
        return end
    month = "" if (first.year, first.month) == (last.year, last.month) else f" {first:%b}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day}{month}{year} to {end}"
