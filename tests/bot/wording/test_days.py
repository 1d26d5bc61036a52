"""Days in short, as questions about calendars quote them."""

from datetime import date

import pytest

from bot.wording.days import short_span


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2018, 2, 5), date(2018, 2, 5), "5 Feb 2018"),
        (date(2018, 2, 5), date(2018, 2, 9), "5 to 9 Feb 2018"),
        (date(2018, 1, 29), date(2018, 2, 2), "29 Jan to 2 Feb 2018"),
        (date(2018, 12, 31), date(2019, 1, 4), "31 Dec 2018 to 4 Jan 2019"),
        (date(2018, 2, 5), date(2081, 2, 9), "5 Feb 2018 to 9 Feb 2081"),
    ],
)
def test_what_both_days_share_is_said_once(first: date, last: date, said: str) -> None:
    assert short_span(first, last) == said
