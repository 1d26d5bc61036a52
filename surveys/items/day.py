"""date: a day typed as text and stored as ISO. Only unambiguous notations are accepted.

Years of other calendars are asked for again, with one exception: Thai uses Buddhist years.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from babel.dates import get_month_names

from surveys.days import BUDDHIST_ERA, is_thai, locale_of, spelled
from surveys.items.base import Asked, Choice, Level, Misread, Shape, plain, unspaced
from surveys.questionnaire import Item
from surveys.wording import ENGLISH, N_, Remark

LONGEST = 60
FIRST_YEAR, YEARS_AHEAD = 1900, 50
"""Later years belong to another calendar: the Nepali one is 57 years ahead, the Thai one 543."""
BUDDHIST_YEARS = range(2400, 2800)
DAY_FIRST = frozenset({"fr", "km", "th", "vi"})
"""Languages in which 9/2/2018 is the ninth of February for every reader."""
WHICH_DAY = Remark(N_("Please send the day like this: 9 February 2018, or 2018-02-09."))
WHICH_YEAR = Remark(
    N_("Please send the year of the international calendar, for example 9 February 2018.")
)


class Day:
    names: tuple[str, ...] = ("date",)
    shape: Shape | None = Shape.TEXT
    level = Level.DAY

    def choices(self, item: Item) -> tuple[Choice, ...]:
        return ()

    def read(self, asked: Asked, typed: str) -> str | Misread:
        found = read_day(typed, asked.language, asked.today)
        return Misread(found) if isinstance(found, Remark) else found.isoformat()

    def shown(self, value: str, language: str) -> str:
        """Return the day in words, with the international date beside it where the year differs."""
        told = spelled(date.fromisoformat(value), language)
        return f"{told} ({value})" if is_thai(language) else told


def read_day(typed: str, language: str, today: date) -> date | Remark:
    """Return the day of 2018-02-09, 9 Feb 2018, 9 ก.พ. 2561 or 2018年2月9日, or why it cannot be read.

    13/4/2018 is read where only one order is possible, or where the language has only one.
    """
    text = plain(typed)
    if len(typed) > LONGEST:
        return WHICH_DAY
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    possible = list(_orders(text, numbers, language))
    if any(not _years(today, language, text, year) for year, _, _ in possible):
        return WHICH_YEAR
    days = {
        day
        for year, month, number in possible
        if (day := _day(_years(today, language, text, year), month, number))
    }
    return days.pop() if len(days) == 1 else WHICH_DAY


def _orders(text: str, numbers: list[int], language: str) -> Iterator[tuple[int, int, int]]:
    """Yield what a text may mean, as year, month and day; nothing if its form is not known."""
    month = _month(text, language)
    if month and len(numbers) == 2:
        day, year = numbers if numbers[1] > numbers[0] else reversed(numbers)
        if year >= 1000:
            yield year, month, day
    elif re.fullmatch(r"\d{4}([-/.年] ?)\d{1,2}([-/.月] ?)\d{1,2}日?", text):
        yield numbers[0], numbers[1], numbers[2]
    elif re.fullmatch(r"(ngày )?\d{1,2} tháng \d{1,2},?( năm)? \d{4}", text):
        yield numbers[2], numbers[1], numbers[0]
    elif re.fullmatch(r"\d{1,2}[/. -]\d{1,2}[/. -]\d{4}", text):
        first, second, year = numbers
        yield year, second, first
        if language.partition("-")[0] not in DAY_FIRST:
            yield year, first, second


def _years(today: date, language: str, text: str, year: int) -> int:
    """Return the international year of a written one; 0 if it must be of another calendar."""
    if "พ.ศ" in text or (is_thai(language) and year in BUDDHIST_YEARS):
        year -= BUDDHIST_ERA
    return year if FIRST_YEAR <= year <= today.year + YEARS_AHEAD else 0


def _month(text: str, language: str) -> int | None:
    """Return the month whose name, in the language or in English, is a word of the text."""
    words = set(re.split(r"[\s,/-]+|(?<=\d)(?=\D)|(?<=\D)(?=\d)", text))
    for locale in (locale_of(language), ENGLISH):
        for number, name in _month_names(locale):
            if name in words or (unspaced(name) and name in text):
                return number
    return None


@lru_cache(maxsize=64)
def _month_names(locale: str) -> tuple[tuple[int, str], ...]:
    """Return numbers and names of the months for comparison, longest first; numbers are no names."""
    found: Iterable[tuple[int, str]] = (
        (int(number), plain(name))
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    )
    named = {(number, name) for number, name in found if not re.search(r"\d", name)}
    return tuple(sorted(named, key=lambda one: -len(one[1])))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
