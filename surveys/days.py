"""Days, months and spans of days in words, as CLDR writes them for a language, through Babel.

English is that of the offices, which write the day first. In Thai the year is that of the Buddhist
era; files that are exchanged have ISO dates instead.
"""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from surveys.wording import ENGLISH

if TYPE_CHECKING:
    from babel import Locale

BUDDHIST_ERA = 543
CLOSER = {
    "km": ((" MMMM", " 'ខែ'MMMM"), (" y", " 'ឆ្នាំ'y")),
    "th": ((" G y", " y"),),
    "vi": ((", y", " 'năm' y"),),
}
"""Changes of CLDR's patterns where readers of a language miss a word in them, or have one too many."""


def locale_of(language: str) -> str:
    """Return the locale that writes days for a language; English if Babel lacks it."""
    return str(_locale(language))


@lru_cache(maxsize=64)
def _locale(language: str) -> "Locale":
    from babel import Locale, UnknownLocaleError

    for code in (language.replace("_", "-"), language.replace("_", "-").partition("-")[0]):
        try:
            return Locale.parse("en-GB" if code == ENGLISH else code, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en-GB", sep="-")


def year_text(day: date, language: str) -> str:
    """Return the year of a day as a language writes it."""
    return str(day.year + (BUDDHIST_ERA if is_thai(language) else 0))


def is_thai(language: str) -> bool:
    """Return whether years of a language are those of the Buddhist era."""
    return language.replace("_", "-").partition("-")[0] == "th"


def spelled(day: date, language: str) -> str:
    """Return a day with its year: "9 February 2018"."""
    return _written(day, _locale(language).date_formats["long"].pattern, language)


def moment_text(moment: datetime, language: str) -> str:
    """Return a day with its year and a time of it: "9 February 2018, 08:17"."""
    pattern = str(_locale(language).datetime_formats["medium"])
    return pattern.format(f"{moment:%H:%M}", spelled(moment.date(), language))


def day_text(day: date, language: str) -> str:
    """Return a day without its year: "6 July"."""
    return _written(day, _skeleton(language, "MMMMd"), language)


def month_text(day: date, language: str) -> str:
    """Return a month with its year: "December 2017"."""
    return _written(day, _skeleton(language, "yMMMM"), language)


def span_text(first: date, last: date, language: str) -> str:
    """Return the days from first to last: "4–8 December 2017", "27 November – 1 December 2017"."""
    if first == last:
        return spelled(last, language)
    differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    # CLDR has no spans with whole months: those with short ones are widened.
    begin, end = _locale(language).interval_formats["yMMMd"][differs]
    pair = (first, begin), (last, end)
    return "".join(_written(day, _widened(pattern), language) for day, pattern in pair)


def _skeleton(language: str, name: str) -> str:
    return str(_locale(language).datetime_skeletons[name].pattern)


def _widened(pattern: str) -> str:
    return re.sub(r"(?<!M)MMM(?!M)", "MMMM", pattern)


def _written(day: date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    locale = _locale(language)
    for cldr, closer in CLOSER.get(locale.language, ()):
        pattern = pattern.replace(cldr, closer)
    if is_thai(language):  # Babel has no Buddhist calendar
        pattern = pattern.replace("y", year_text(day, language))
    written = format_date(day, pattern, locale)
    return re.sub(r"\b1\b", "1er", written) if locale.language == "fr" else written
