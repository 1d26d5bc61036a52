"""date: a day typed as text and stored as ISO. Only notations with one meaning are accepted."""

import re
from datetime import date

from babel.dates import format_date, get_month_names

from surveys.items.base import Asked, Choice, Level, Misread, Shape, plain
from surveys.items.number import latin_digits
from surveys.questionnaire import Item
from surveys.wording import N_, Remark

LONGEST = 40
YEARS = range(1900, 2200)
"""Years of the usual calendar; a Buddhist year such as 2561 is asked for again, never guessed."""
WHICH_DAY = Remark(N_("Please send the day like this: 9 February 2018, or 2018-02-09."))


class Day:
    names: tuple[str, ...] = ("date",)
    shape: Shape | None = Shape.TEXT
    level = Level.DAY

    def choices(self, item: Item) -> tuple[Choice, ...]:
        return ()

    def read(self, asked: Asked, typed: str) -> str | Misread:
        found = read_day(latin_digits(typed), asked.language)
        return found.isoformat() if found else Misread(WHICH_DAY)

    def shown(self, value: str, language: str) -> str:
        return spelled(date.fromisoformat(value), language)


def spelled(day: date, language: str) -> str:
    """A day with its year in words: "9 February 2018"."""
    # The library's English is American; the field writes the day first.
    pattern = "d MMMM y" if language == "en" else "long"
    return format_date(day, format=pattern, locale=language)


def read_day(typed: str, language: str) -> date | None:
    """2018-02-09, 9 Feb 2018, or 13/4/2018 where only one order is possible; else None."""
    if len(typed) > LONGEST:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", typed)]
    text = plain(typed)
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        return _day(*numbers)
    if re.fullmatch(r"\d{1,2}[/. -]\d{1,2}[/. -]\d{4}", text):
        first, second, year = numbers
        possible = {_day(year, second, first), _day(year, first, second)} - {None}
        return possible.pop() if len(possible) == 1 else None
    month = _month(text, language)
    if month and len(numbers) == 2:
        return _day(numbers[1], month, numbers[0])
    return None


def _month(text: str, language: str) -> int | None:
    """The month whose name in the language, or in English, is a word of the text."""
    words = set(re.split(r"[\s,/-]+", text))
    for locale in (language, "en"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                if plain(name) in words:
                    return int(number)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
