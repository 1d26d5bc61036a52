"""When a monthly message may leave: by the working days and hours of the office."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from surveys.planning.calendar import LocalCalendar
from surveys.planning.digest_days import HOURS, due_month

BANGKOK = LocalCalendar(ZoneInfo("Asia/Bangkok"), frozenset((5, 6)), "TH", HOURS)
LONG_AGO = datetime(2018, 1, 1, tzinfo=UTC)


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=BANGKOK.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("local", "month"),
    [
        ("2018-06-30 10:00", None),  # a Saturday
        ("2018-07-01 10:00", None),  # the first, a Sunday
        ("2018-07-02 09:29", None),
        ("2018-07-02 09:30", date(2018, 7, 1)),
        ("2018-07-02 17:00", None),  # after the hours
        ("2018-07-03 09:30", date(2018, 7, 1)),  # missed, and caught up
        ("2018-07-31 16:59", date(2018, 7, 1)),
        ("2018-05-01 10:00", None),  # Labour Day
        ("2018-05-02 10:00", date(2018, 5, 1)),
    ],
)
def test_it_leaves_from_the_first_working_morning_to_the_end_of_the_month(
    local: str, month: date | None
) -> None:
    assert due_month(at(local), LONG_AGO, BANGKOK) == month


def test_who_begins_to_wish_it_after_its_moment_gets_the_next_one() -> None:
    assert due_month(at("2018-07-04 10:00"), at("2018-07-03 10:00"), BANGKOK) is None
    assert due_month(at("2018-07-04 10:00"), at("2018-07-01 10:00"), BANGKOK) == date(2018, 7, 1)
    assert due_month(at("2018-08-01 10:00"), at("2018-07-03 10:00"), BANGKOK) == date(2018, 8, 1)
