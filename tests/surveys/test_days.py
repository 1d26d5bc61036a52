"""Days, months and spans of days, as readers of each language write them."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from surveys.days import day_text, month_text, span_text, spelled
from surveys.items.day import read_day
from surveys.wording import worded_languages

FIRST_OF_MONTH, EIGHTH = date(2017, 12, 1), date(2017, 12, 8)
BEFORE_THE_MONTH, AFTER_THE_YEAR = date(2017, 11, 27), date(2018, 1, 3)


def plain(text: str) -> str:
    """Return a text with ordinary spaces: CLDR sets thin ones around its dash."""
    return unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    ("language", "day", "without_year", "month"),
    [
        ("en", "1 December 2017", "1 December", "December 2017"),
        ("fr", "1er décembre 2017", "1er décembre", "décembre 2017"),
        ("vi", "1 tháng 12 năm 2017", "1 tháng 12", "tháng 12 năm 2017"),
        ("km", "1 ខែធ្នូ ឆ្នាំ2017", "1 ខែធ្នូ", "ធ្នូ ឆ្នាំ2017"),
        ("th", "1 ธันวาคม 2560", "1 ธันวาคม", "ธันวาคม 2560"),
        ("zh", "2017年12月1日", "12月1日", "2017年12月"),
        ("fa", "1 دسامبر 2017", "1 دسامبر", "دسامبر 2017"),
        ("tet", "1 December 2017", "1 December", "December 2017"),
    ],
)
def test_a_day_and_a_month(language: str, day: str, without_year: str, month: str) -> None:
    assert spelled(FIRST_OF_MONTH, language) == day
    assert day_text(FIRST_OF_MONTH, language) == without_year
    assert month_text(FIRST_OF_MONTH, language) == month


@pytest.mark.parametrize(
    ("language", "in_a_month", "over_months", "over_years"),
    [
        (
            "en",
            "1–8 December 2017",
            "27 November – 1 December 2017",
            "27 November 2017 – 3 January 2018",
        ),
        (
            "fr",
            "1er–8 décembre 2017",
            "27 novembre – 1er décembre 2017",
            "27 novembre 2017 – 3 janvier 2018",
        ),
        (
            "th",
            "1–8 ธันวาคม 2560",
            "27 พฤศจิกายน – 1 ธันวาคม 2560",
            "27 พฤศจิกายน 2560 – 3 มกราคม 2561",
        ),
        (
            "zh",
            "2017年12月1日至8日",
            "2017年11月27日至12月1日",
            "2017年11月27日至2018年1月3日",
        ),
        (
            "vi",
            "1 – 8 tháng 12 năm 2017",
            "27 tháng 11 – 1 tháng 12 năm 2017",
            "27 tháng 11 năm 2017 – 3 tháng 1 năm 2018",
        ),
    ],
)
def test_a_span_of_days(language: str, in_a_month: str, over_months: str, over_years: str) -> None:
    assert plain(span_text(FIRST_OF_MONTH, EIGHTH, language)) == plain(in_a_month)
    assert plain(span_text(BEFORE_THE_MONTH, FIRST_OF_MONTH, language)) == plain(over_months)
    assert plain(span_text(BEFORE_THE_MONTH, AFTER_THE_YEAR, language)) == plain(over_years)
    assert span_text(EIGHTH, EIGHTH, language) == spelled(EIGHTH, language)


@given(some.dates(date(1950, 1, 1), date(2060, 12, 31)), some.sampled_from(worded_languages()))
def test_a_day_that_the_bot_writes_is_read_again(day: date, language: str) -> None:
    assert read_day(spelled(day, language), language, date(2060, 12, 31)) == day
