"""Days as staff type them, in words: "11 June", "Fri 8 June to 6 July", "2018-06-11"."""

import re
from datetime import date, timedelta

from bot.importing.tables.cells import Cell
from bot.importing.tables.days import NoDay, Span, order_of, read_days
from surveys.problems import BadInput, Problem

WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b\.?,?\s*", re.IGNORECASE)
WORDS = {"today": 0, "tomorrow": 1}
YESTERDAY = "yesterday"
FIX = "Write it in words, such as 11 June or 11 June 2018."


def typed_day(text: str, today: date, place: str) -> date:
    """Return the day that was typed at a place. Raise BadInput for what is not one day."""
    first, last = typed_span(text, today, place)
    if first != last:
        raise BadInput((Problem(place, "", "is more than one day.", text, FIX),))
    return first


def past_day(text: str, today: date, place: str) -> date:
    """Return the day that was typed at a place; without a year, the last such day up to today."""
    if text.strip().casefold() == YESTERDAY:
        return today - timedelta(days=1)
    coming = typed_day(text, today, place)
    return (
        coming if _says_when(text) or coming == today else typed_day(text, _year_ago(today), place)
    )


def _says_when(text: str) -> bool:
    """Return whether a text names a year, or counts from today."""
    return bool(re.search(r"\d{4}", text)) or text.strip().casefold() in WORDS


def _year_ago(today: date) -> date:
    return today - timedelta(days=365)


def typed_span(text: str, today: date, place: str) -> tuple[date, date]:
    """Return the first and the last of the days that were typed at a place; one day is both.

    Without a year, the next such days are meant. Raise BadInput for what is no day.
    """
    if text.strip().casefold() in WORDS:
        day = today + timedelta(days=WORDS[text.strip().casefold()])
        return day, day
    said = WEEKDAY.sub("", text).strip()
    if re.search(r"\d{4}", said):
        found = _read(said, text, place)
    else:
        years = (_read(f"{said} {year}", text, place) for year in (today.year, today.year + 1))
        found = next((days for days in years if days[1] >= today), (today, today))
    return found


def _read(said: str, text: str, place: str) -> tuple[date, date]:
    cell = Cell(said)
    try:
        span = Span(None, None) if order_of([cell]) == "unclear" else read_days(cell)
    except NoDay:
        span = Span(None, None)
    if span.first is None or span.last is None:
        raise BadInput((Problem(place, "", "is not a day.", text, FIX),))
    return span.first, span.last
