"""The plan of one workshop: packaged or of the office, with the waves that were added to it."""

from dataclasses import replace
from datetime import date

import pytest

from surveys.planning.plan_of_workshop import free_key, plan_of_workshop, read_distance
from surveys.planning.plans_file import packaged_plans
from surveys.workshop import AddedWave, Workshop

PLANS = packaged_plans()
WORKSHOP = Workshop(
    "RM", "Risk", "regional", date(2018, 2, 5), date(2018, 2, 9), "Suva", "FJ", plan="national"
)
OWN = AddedWave("MATRIX", "supervisor", "RISKMATRIX", "start - 2 weeks", 10)


def days(workshop: Workshop) -> dict[str, tuple[str, str]]:
    plan = plan_of_workshop(workshop, PLANS)
    assert plan is not None
    return {
        one.key: (one.opens_on.isoformat(), one.closes_on.isoformat())
        for one in plan.dated(workshop)
    }


def test_added_waves_stand_beside_those_of_the_plan() -> None:
    fixed = replace(OWN, key="DAY", opens="2018-06-08")
    found = days(replace(WORKSHOP, added=(OWN, fixed)))
    assert list(found) == [*(wave.key for wave in PLANS["national"].waves), "MATRIX", "DAY"]
    assert found["MATRIX"] == ("2018-01-22", "2018-02-01")
    assert found["DAY"] == ("2018-06-08", "2018-06-18")


def test_a_wave_that_the_plan_has_too_is_asked_once() -> None:
    found = days(replace(WORKSHOP, added=(replace(OWN, key="M6"),)))
    assert found == days(WORKSHOP)


def test_a_plan_of_the_office_stands_in_for_a_packaged_one() -> None:
    text = (
        "spec: 1\nkey: ours\nextends: standard\nwithout: [PRE, END, M3, SUP6, M12, SUP12, NCP12]\n"
    )
    assert list(days(replace(WORKSHOP, plan="ours", office_plan=text))) == ["M6"]


@pytest.mark.parametrize("text", ["", "spec: 9\nkey: ours\n", "no plan at all"])
def test_without_a_readable_plan_there_is_none(text: str) -> None:
    assert plan_of_workshop(replace(WORKSHOP, plan="ours", office_plan=text), PLANS) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3m", "3 months"),
        ("2 weeks", "2 weeks"),
        (" 10D ", "10 days"),
        ("1 month", "1 months"),
        ("soon", ""),
        ("3", ""),
        ("-3m", ""),
        ("3000m", ""),
    ],
)
def test_distances_are_read_as_people_type_them(typed: str, read: str) -> None:
    assert read_distance(typed) == read


def test_a_key_is_that_of_the_questionnaire_or_the_next_number() -> None:
    assert free_key("RISKMATRIX", set()) == "RISKMATRIX"
    assert free_key("M6", {"M6", "M6-2"}) == "M6-3"
    long = "ABCDEFGHIJKLMNOPQRSTUVWX"
    assert free_key(long, {long}) == f"{long[:20]}-2"
