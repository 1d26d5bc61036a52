"""Days as staff type them, in words."""

from datetime import date

import pytest

from bot.desk.waves.typed_days import past_day, typed_day, typed_span
from surveys.problems import BadInput

TODAY = date(2018, 6, 20)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("11 June 2018", "2018-06-11", "2018-06-11"),
        ("11 June", "2019-06-11", "2019-06-11"),
        ("Fri 29 June", "2018-06-29", "2018-06-29"),
        ("2018-06-11", "2018-06-11", "2018-06-11"),
        ("8 June to 6 July", "2018-06-08", "2018-07-06"),
        ("today", "2018-06-20", "2018-06-20"),
        ("Tomorrow", "2018-06-21", "2018-06-21"),
    ],
)
def test_a_day_is_read_as_it_is_said(text: str, first: str, last: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert typed_span(text, TODAY, "--opens") == days


@pytest.mark.parametrize("text", ["11/06/2018", "Friday", "June", "31 April", "8 June to 6 July"])
def test_what_is_not_one_day_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(BadInput, match="--opens"):
        typed_day(text, TODAY, "--opens")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11 June", "2018-06-11"),
        ("20 June", "2018-06-20"),
        ("21 June", "2017-06-21"),
        ("21 June 2018", "2018-06-21"),
        ("yesterday", "2018-06-19"),
        ("today", "2018-06-20"),
    ],
)
def test_a_day_of_the_past_is_the_last_such_day(text: str, day: str) -> None:
    assert past_day(text, TODAY, "--since") == date.fromisoformat(day)
