"""Days in lists: one day or a range in a text, with one order of day and month per column.

Nothing is guessed: a month alone is not a day, and 31 April is an error. A day is read as it is
written; which calendar its year belongs to is decided by the caller.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from bot.importing.tables.cells import Cell
from bot.importing.tables.eras import COMMON, Ymd, day_of, month_names

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
NAMED = re.compile(r"(\d{1,2})([-/])([^\W\d_]{3,9})\2(\d{2})")
"""A day as spreadsheets show it in text files: "5-Feb-18"."""
IN_MONTH = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
"""Days of one month: "5-9/2/2018"."""
BETWEEN = re.compile(r"\s+(?:-|–|—|to|until|au|đến|ถึง|ដល់|تا|至|~)\s+|(?<=日)[-–—~至到](?=\d{4})")
"""What stands between the first and the last day."""
SMALL = frozenset(
    "and to until th st nd rd of dates date from the du au le et er ngày năm và đến thang nam"
    " monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
    " be ad bs ah b.e. a.d. b.s. a.h. พ.ศ. ค.ศ. ถึง และ วันที่ ที่ ដល់ ថ្ងៃទី ថ្ងៃ ខែ ឆ្នាំ និង تا و هجری شمسی"
    " 年 日 号 至 到 和".split()
)
"""Words that may stand beside days, months and years."""
FIRST_SERIAL = date(1899, 12, 30)
SERIALS = range(36526, 73051)
"""Excel's numbers for the days from 2000 to 2099."""
MAC_DAYS = 1462
"""How much smaller these numbers are in a workbook that counts from 1904."""
YEARS = range(1300, 2701)
"""What may be a year of any calendar."""
COMMON_YEARS = range(1900, 2201)


class NoDay(ValueError):
    """The text is not a day, or a day that does not exist."""


@dataclass(frozen=True)
class Span:
    """First and last day; None if the text has no days. `open` if they are not certain."""

    first: date | None
    last: date | None
    open: bool = False


@dataclass(frozen=True)
class Written:
    """First and last day as written, before their calendar is known; None if the text has no days.

    `calendar` is the one that the name of a month belongs to, '' if every calendar may be meant.
    """

    first: Ymd | None
    last: Ymd | None
    open: bool = False
    calendar: str = ""

    @property
    def days(self) -> list[Ymd]:
        """The days that are written."""
        return [day for day in (self.first, self.last) if day is not None]


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
    """Return the days of a cell, with years of the common calendar.

    With `serials` plain numbers are days as Excel counts them. Raise NoDay with the end of a sentence
    that begins with the value.
    """
    written = written_days(cell, order, serials=serials)
    if any(year > 99 and year not in COMMON_YEARS for year, _, _ in written.days):
        raise NoDay("is not a day.")
    return span_of(written)


def span_of(written: Written, calendar: str = COMMON) -> Span:
    """Return written days as days of a calendar. Raise NoDay for one that does not exist."""
    both = (written.first, written.last)
    try:
        first, last = (day_of(one, calendar) if one else None for one in both)
    except (ValueError, OverflowError):
        raise NoDay("is a day that does not exist.") from None
    return Span(first, last, written.open)


def written_days(
    cell: Cell, order: str = "", *, serials: bool = False, mac: bool = False
) -> Written:
    """Return the days of a cell as they are written.

    `mac` says that the numbers of its workbook count from 1904. Raise NoDay as `read_days` does.
    """
    if cell.day is not None:
        return _one(cell.day)
    uncertain = bool(OPEN.search(cell.text))
    text = re.sub(r"\(\s*(dates?)?\s*\)", "", OPEN.sub("", cell.text)).strip(" ,;")
    text = unicodedata.normalize("NFKC", text)
    if not text:
        return Written(None, None, open=True)
    serial = serial_day(text, mac=mac) if cell.number is not None or serials else None
    if serial is not None:
        return _one(serial, uncertain=uncertain)
    single = _single(text, order)
    if single is not None:
        return Written(single, single, uncertain)
    return _range(text, order, uncertain=uncertain)


def _one(day: date, *, uncertain: bool = False) -> Written:
    found = (day.year, day.month, day.day)
    return Written(found, found, uncertain)


def serial_day(text: str, *, mac: bool) -> date | None:
    """Return the day of an Excel number; None for other texts."""
    if not re.fullmatch(r"\d{5}(\.0+)?", text):
        return None
    number = int(float(text)) + (MAC_DAYS if mac else 0)
    return FIRST_SERIAL + timedelta(days=number) if number in SERIALS else None


def _single(text: str, order: str) -> Ymd | None:
    named = NAMED.fullmatch(text)
    meant = _month(named[3].casefold()) if named else None
    if named and meant and meant[0] == COMMON:
        return int(named[4]), meant[1], int(named[1])
    found = ISO.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups() if part is not None)
        return year, month, day
    found = NUMERIC.fullmatch(text)
    if not found:
        return None
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    return (year, one, two) if order == "month first" else (year, two, one)


def _range(text: str, order: str, *, uncertain: bool) -> Written:
    """Return the days of "28 Feb. - 2 Mar. 2029", "3,4 and 6 April 2029" or two numeric days."""
    within = IN_MONTH.fullmatch(text)
    if within:
        first, last, month, year = map(int, within.groups())
        return Written((year, month, first), (year, month, last), uncertain)
    halves = [half.strip() for half in BETWEEN.split(text)]
    both = [_single(half, order) for half in halves] if len(halves) == 2 else []
    if both and None not in both:
        return Written(both[0], both[1], uncertain)
    marks = _marks(text)
    years = [number for kind, number in marks if kind == "year"]
    months = [(kind, number) for kind, number in marks if kind not in ("year", "day")]
    days = [number for kind, number in marks if kind == "day"]
    if not years or not months or len({kind for kind, _ in months}) > 1:
        raise NoDay("is not a day.")
    if not days:
        return Written(None, None, open=True)
    if len(days) < len(months):
        raise NoDay("is not a day.")
    return _joined(years, months, days, uncertain=uncertain)


def _joined(
    years: list[int], months: list[tuple[str, int]], days: list[int], *, uncertain: bool
) -> Written:
    """Return the first and the last of some days; a first year that is not written may be earlier."""
    (calendar, month), (_, end) = months[0], months[-1]
    first, last = (years[0], month, days[0]), (years[-1], end, days[-1])
    if last < first and len(years) == 1 and end < month:
        first = (years[0] - 1, month, days[0])
    return Written(first, last, uncertain, "" if calendar == COMMON else calendar)


@cache
def _words() -> re.Pattern[str]:
    """Return the pattern of the parts of a text: months and words of any script, words, numbers."""
    named = (one for one in (*month_names(), *SMALL) if not re.fullmatch("[a-z]+", one))
    joined = "|".join(re.escape(one) for one in sorted(named, key=len, reverse=True))
    return re.compile(rf"{joined}|[^\W\d_]+|\d+|[^\s\d\W]|[^\s\w.,;:()/–—-]")


def _marks(text: str) -> list[tuple[str, int]]:
    """Return days, months (by calendar) and years in their order. Raise NoDay for other words."""
    marks = []
    for word in _words().findall(text.casefold()):
        if word.isdigit():
            marks.append(_number(int(word)))
        elif (month := _month(word)) is not None:
            marks.append(month)
        elif word not in SMALL:
            raise NoDay("is not a day.")
    return marks


def _number(number: int) -> tuple[str, int]:
    if number <= 32:
        return "day", number
    if number not in YEARS:
        raise NoDay("is not a day.")
    return "year", number


def _month(word: str) -> tuple[str, int] | None:
    """Return the calendar and number of a month, also of an English one that is cut or misspelt."""
    known = month_names()
    found = known.get(word)
    if found is None and word.isascii() and word[:3] in known and word not in SMALL:
        found = known[word[:3]]
    return found
