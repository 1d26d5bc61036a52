"""Days of the calendars that offices use beside the common one, as days of the common one.

Thailand counts Buddhist years, Iran and Afghanistan Persian ones, Nepal those of Bikram Sambat, and
the Maldives also use Islamic ones. All lists of numbers below begin with the first month.
"""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

Ymd = tuple[int, int, int]
"""Year, month and day as written; a year below 100 is the end of one."""
BUDDHIST, PERSIAN, NEPALI, ISLAMIC = "buddhist", "persian", "nepali", "islamic"
COMMON = "common"

MONTHS_OF = {
    PERSIAN: (
        "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand",
        "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
        "hamal sawr jawza saratan asad sunbula mizan aqrab qaws jadi dalw hoot",
        "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
    ),
    NEPALI: (
        "baisakh jestha ashadh shrawan bhadra ashwin kartik mangsir poush magh falgun chaitra",
        "बैशाख जेठ असार साउन भदौ असोज कार्तिक मंसिर पुस माघ फागुन चैत",
        "वैशाख ज्येष्ठ आषाढ श्रावण भाद्र आश्विन कार्तिक मार्ग पौष माघ फाल्गुन चैत्र",
    ),
    ISLAMIC: (
        "muharram safar rabi1 rabi2 jumada1 jumada2 rajab shaban ramadan shawwal dhulqadah dhulhijjah",
        "محرم صفر ربیع‌الاول ربیع‌الثانی جمادی‌الاول جمادی‌الثانی رجب شعبان رمضان شوال ذیقعده ذیحجه",
    ),
}
"""Names of months, Latin and in their own script."""


@cache
def month_names() -> Mapping[str, tuple[str, int]]:
    """Return the calendar and number of each month by its name, in the languages of the offices."""
    from babel import Locale

    found: dict[str, tuple[str, int]] = {}
    for calendar, rows in MONTHS_OF.items():
        for row in rows:
            found |= {_small(name): (calendar, at) for at, name in enumerate(row.split(), 1)}
    for language in ("en", "fr", "th", "km", "vi", "zh", "fa"):
        for widths in Locale(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in widths[width].items():
                    found[_small(name).rstrip(".")] = COMMON, number
                    # Persian writes a vowel sign at the end of some months, or leaves it out.
                    found[_small(name).rstrip("ٔ.")] = COMMON, number
    return found | {
        "sept": (COMMON, 9),
        "fev": (COMMON, 2),
        "aout": (COMMON, 8),
        "dec": (COMMON, 12),
    }


def _small(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def day_of(written: Ymd, calendar: str) -> date:
    """Return a written day of a calendar. Raise ValueError for a day that does not exist in it."""
    year, month, day = written
    return CONVERTED[calendar](year if year > 99 else _whole(year, calendar), month, day)


def _whole(year: int, calendar: str) -> int:
    """Return a year of which only the last two digits are written."""
    if calendar == PERSIAN:
        return year + (1300 if year >= 50 else 1400)
    return year + {BUDDHIST: 2500, ISLAMIC: 1400}.get(calendar, 2000)


def _buddhist(year: int, month: int, day: int) -> date:
    return date(year - 543, month, day)


def _persian(year: int, month: int, day: int) -> date:
    from convertdate import persian  # type: ignore[import-untyped]

    found = persian.to_gregorian(year, month, day)
    return _real(found, persian.from_gregorian(*found) == (year, month, day))


def _islamic(year: int, month: int, day: int) -> date:
    from convertdate import islamic

    found = islamic.to_gregorian(year, month, day)
    return _real(found, islamic.from_gregorian(*found) == (year, month, day))


def _real(found: Ymd, exists: bool) -> date:
    """Return a converted day; the library takes days that do not exist as later ones."""
    if not exists:
        raise ValueError(found)
    return date(*found)


def _nepali(year: int, month: int, day: int) -> date:
    import nepali_datetime  # type: ignore[import-untyped]

    found: date = nepali_datetime.date(year, month, day).to_datetime_date()
    return found


CONVERTED: Mapping[str, Callable[[int, int, int], date]] = {
    COMMON: date,
    BUDDHIST: _buddhist,
    PERSIAN: _persian,
    NEPALI: _nepali,
    ISLAMIC: _islamic,
}


def calendars_with(days: list[Ymd], years: range) -> list[str]:
    """Return the calendars other than the common one in which all days fall into some years."""
    return [name for name in CONVERTED if name != COMMON and fits(days, name, years)]


def fits(days: list[Ymd], calendar: str, years: range) -> bool:
    """Return whether all days exist in a calendar and fall into some years of the common one."""
    try:
        return all(day_of(one, calendar).year in years for one in days)
    except (ValueError, OverflowError):
        return False
