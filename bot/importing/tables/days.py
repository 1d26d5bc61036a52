"""Days in lists: one day or a range in a text, with one order of day and month per column.

Nothing is guessed: a month alone is not a day, and 31 April is an error.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.importing.tables.cells import Cell

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
OPEN = re.compile(
    r"\b(tbc|tbd|t\.b\.c|t\.b\.d|tba|to be (?:confirmed|decided|determined|announced)"
    r"|provisional|tentative|postponed|indicative)\b\.?",
    re.IGNORECASE,
)
"""Words for days that are not certain."""
NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ T]+\d{1,2}:\d{2}.*)?")
ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:.*)?|(\d{4})年(\d{1,2})月(\d{1,2})日"
)
WORD = re.compile(r"[^\W\d_]+\.?|\d+")
FIRST_SERIAL = date(1899, 12, 30)
SERIALS = range(36526, 73051)
"""Excel's numbers for the days from 2000 to 2099."""


class NoDay(ValueError):
    """The text is not a day, or a day that does not exist."""


@dataclass(frozen=True)
class Span:
    """First and last day; None if the text has no days. `open` if they are not certain."""

    first: date | None
    last: date | None
    open: bool = False


def order_of(cells: Iterable[Cell]) -> str:
    """Return the order of day and month in a column: "day first" or "month first".

    Return "" if it makes no difference, "unclear" if no cell decides, "mixed" if cells contradict.
    """
    first = second = ambiguous = False
    for cell in cells:
        found = NUMERIC.fullmatch(cell.text.strip()) if cell.day is None else None
        if found:
            one, two = int(found[1]), int(found[2])
            first, second = first or one > 12, second or two > 12
            ambiguous = ambiguous or (one <= 12 and two <= 12 and one != two)
    if first and second:
        return "mixed"
    if first or second:
        return "day first" if first else "month first"
    return "unclear" if ambiguous else ""


def read_days(cell: Cell, order: str = "", *, serials: bool = False) -> Span:
    """Return the days of a cell. With `serials` plain numbers are days as Excel counts them.

    Raise NoDay with the end of a sentence that begins with the value.
    """
    if cell.day is not None:
        return Span(cell.day, cell.day)
    uncertain = bool(OPEN.search(cell.text))
    text = re.sub(r"\(\s*(dates?)?\s*\)", "", OPEN.sub("", cell.text)).strip(" ,;")
    if not text:
        return Span(None, None, open=True)
    if cell.number is not None or serials:
        serial = serial_day(text)
        if serial is not None:
            return Span(serial, serial, uncertain)
    single = _single(text, order)
    if single is not None:
        return Span(single, single, uncertain)
    first, last = _range(text, order)
    return Span(first, last, uncertain or first is None)


def serial_day(text: str) -> date | None:
    """Return the day of an Excel number; None for other texts."""
    if re.fullmatch(r"\d{5}(\.0+)?", text) and int(float(text)) in SERIALS:
        return FIRST_SERIAL + timedelta(days=int(float(text)))
    return None


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        raise NoDay("is a day that does not exist.") from None


def _single(text: str, order: str) -> date | None:
    found = ISO.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups() if part is not None)
        return _day(year, month, day)
    found = NUMERIC.fullmatch(text)
    if not found:
        return None
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    if order == "month first":
        one, two = two, one
    return _day(year, two, one)


def _range(text: str, order: str) -> tuple[date | None, date | None]:
    """Return the days of "28 Feb. - 2 Mar. 2029", "3,4 and 6 April 2029" or two numeric days."""
    halves = [half.strip() for half in re.split(r"\s+(?:-|–|—|to|until|~)\s+", text)]
    if len(halves) == 2:
        both = [_single(half, order) for half in halves]
        if both[0] is not None and both[1] is not None:
            return both[0], both[1]
    marks = _marks(text)
    years = [value for kind, value in marks if kind == "year"]
    months = [value for kind, value in marks if kind == "month"]
    days = [value for kind, value in marks if kind == "day"]
    if not years or not months:
        raise NoDay("is not a day.")
    if not days:
        return None, None
    if len(days) < len(months):
        raise NoDay("is not a day.")
    first = _day(years[0], months[0], days[0])
    last = _day(years[-1], months[-1], days[-1])
    if last < first and len(years) == 1 and months[-1] < months[0]:
        first = _day(years[0] - 1, months[0], days[0])
    return first, last


def _marks(text: str) -> list[tuple[str, int]]:
    """Return days, months and years of a text in their order. Raise NoDay for other words."""
    marks = []
    for word in WORD.findall(text):
        if word.isdigit():
            number = int(word)
            kind = "day" if number <= 31 else "year"
            if kind == "year" and not 1900 <= number <= 2200:
                raise NoDay("is not a day.")
            marks.append((kind, number))
            continue
        small = word.rstrip(".").casefold()
        if small[:3] in MONTHS and (len(small) <= 4 or small.isalpha()):
            marks.append(("month", MONTHS.index(small[:3]) + 1))
        elif small not in ("and", "to", "until", "th", "st", "nd", "rd", "of", "dates", "date"):
            raise NoDay("is not a day.")
    return marks
