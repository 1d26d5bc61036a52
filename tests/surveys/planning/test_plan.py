"""Waves derived from a plan and the days of a workshop; moving the workshop moves them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.people import Role
from surveys.planning.plan import Offset, Plan, PlannedWave
from surveys.planning.plans_file import packaged_plans
from surveys.workshop import Workshop

WORKSHOP = Workshop(
    "RM", "Risk management", "regional", date(2018, 8, 27), date(2018, 8, 31), "Suva", "FJ"
)
STANDARD = packaged_plans()["standard"]


@pytest.mark.parametrize(
    ("anchor", "number", "unit", "expected"),
    [
        ("start", 0, "days", date(2018, 8, 27)),
        ("start", -21, "days", date(2018, 8, 6)),
        ("end", 2, "weeks", date(2018, 9, 14)),
        ("end", 6, "months", date(2019, 2, 28)),
        ("end", 12, "months", date(2019, 8, 31)),
        ("end", -2, "months", date(2018, 6, 30)),
    ],
)
def test_an_offset_names_a_day_from_the_first_or_the_last_one(
    anchor: str, number: int, unit: str, expected: date
) -> None:
    assert Offset(anchor, number, unit).applied_to(WORKSHOP) == expected


def test_a_wave_is_open_for_a_number_of_days_or_until_a_day() -> None:
    by_length = PlannedWave("M6", Role.PARTICIPANT, Offset("end", 6, "months"), "M6", open_days=28)
    until_day = PlannedWave(
        "PRE",
        Role.PARTICIPANT,
        Offset("start", -21, "days"),
        "PRE",
        closes=Offset("start", -5, "days"),
    )
    assert by_length.dated(WORKSHOP).closes_on == date(2019, 3, 28)
    assert until_day.dated(WORKSHOP).closes_on == date(2018, 8, 22)


def test_a_plan_knows_its_waves_by_their_keys() -> None:
    assert STANDARD.wave("M6") is not None
    assert STANDARD.wave("M7") is None
    assert [dated.key for dated in STANDARD.dated(WORKSHOP)] == [
        wave.key for wave in STANDARD.waves
    ]
    assert Plan("empty", ()).dated(WORKSHOP) == ()


@given(st.dates(date(2016, 1, 1), date(2030, 12, 1)), st.integers(-400, 400), st.integers(0, 14))
def test_a_workshop_that_moves_takes_its_waves_along(ends: date, days: int, length: int) -> None:
    """Waves counted in days move by as many days; waves in months follow the new last day."""
    here = replace(WORKSHOP, starts_on=ends - timedelta(days=length), ends_on=ends)
    by = timedelta(days=days)
    there = replace(here, starts_on=here.starts_on + by, ends_on=here.ends_on + by)
    for before, after in zip(STANDARD.dated(here), STANDARD.dated(there), strict=True):
        offset = before.planned.opens
        assert isinstance(offset, Offset)
        if offset.unit != "months":
            assert after.opens_on - before.opens_on == by
        month = offset.number + ends.year * 12 + ends.month - 1
        if offset.unit == "months":
            assert before.opens_on.year * 12 + before.opens_on.month - 1 == month
            assert before.opens_on.day <= ends.day
        assert before.opens_on <= before.closes_on
        assert before.workshop_code == WORKSHOP.code


def test_waves_have_titles_for_staff() -> None:
    titles = [one.title for one in packaged_plans()["standard"].waves]
    assert titles[:4] == ["21 days before", "on the last day", "3 months after", "6 months after"]
    assert titles[-1] == "contact points, 12 months after"
