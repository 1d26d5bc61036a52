"""What the office can put beside each other, and what it is refused."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import update

from analysis.reports.comparison import Beside, Way
from bot.desk.reports.choices import Wishes
from bot.desk.reports.comparing import beside_of, compare
from storage.database import Conflict, NotFound
from storage.schema import workshops
from tests.analysis.builder import PLACES
from tests.bot.desk.reports.conftest import CODE, FIRST, OFFICE, Versions


def held(
    versions: Versions, code: str, ends: date, kind: str = "regional", donor: str = "JICA"
) -> None:
    """Another workshop of a donor, with one person."""
    versions.told.workshop(code, f"Title {code}", donors=(donor,))
    days = {"starts_on": ends, "ends_on": ends, "kind": kind}
    there = update(workshops).where(workshops.c.code == code)
    versions.told.connection.execute(there.values(days))
    versions.told.person(code, PLACES[0])
    versions.told.connection.commit()


@pytest.fixture
def office(versions: Versions) -> Versions:
    held(versions, "BEFORE", date(2016, 11, 11))
    held(versions, "SURVEY", date(2017, 11, 11), "survey")
    held(versions, "OTHER", date(2018, 3, 9), donor="NORAD")
    held(versions, "NEXT", date(2018, 11, 9), donor="NORAD")
    return versions


def beside(office: Versions, *scopes: str) -> Beside:
    return office.database.read(beside_of, scopes, FIRST.date())


def alone(*codes: str) -> dict[str, list[str]]:
    return {code: [code] for code in codes}


@pytest.mark.parametrize(
    ("scopes", "way", "held"),
    [
        ([CODE], Way.WAVES, alone(CODE)),
        ([CODE, "BEFORE"], Way.WORKSHOPS, alone(CODE, "BEFORE")),
        (["FY2017"], Way.WORKSHOPS, alone(CODE, "OTHER")),
        (["donor:JICA"], Way.WORKSHOPS, alone("BEFORE", CODE)),
        (["FY2016", "FY2017"], Way.YEARS, {"2016/17": ["BEFORE"], "2017/18": [CODE, "OTHER"]}),
        (["all"], Way.YEARS, {"2016/17": ["BEFORE"], "2017/18": [CODE, "OTHER"]}),
    ],
)
def test_what_is_named_says_what_is_compared(
    office: Versions, scopes: Sequence[str], way: Way, held: dict[str, list[str]]
) -> None:
    assert beside(office, *scopes) == Beside(way, held)


@pytest.mark.parametrize("scopes", [(CODE, "FY2017"), ("all", CODE), (f"{CODE}/M6",), ()])
def test_things_of_two_kinds_are_refused(office: Versions, scopes: tuple[str, ...]) -> None:
    with pytest.raises(Conflict, match="Compare one thing"):
        beside(office, *scopes)


@pytest.mark.parametrize("scope", ["NONE", "SURVEY", "FY2001", "donor:Nobody"])
def test_what_has_no_follow_up_is_not_found(office: Versions, scope: str) -> None:
    with pytest.raises(NotFound):
        beside(office, scope)


@pytest.mark.parametrize("scopes", [(CODE, CODE), ("FY2017", "FY2017"), (CODE, "BEFORE", CODE)])
def test_nothing_is_compared_with_itself(office: Versions, scopes: tuple[str, ...]) -> None:
    with pytest.raises(Conflict, match=f"{scopes[0]} is named twice. Name each thing once."):
        beside(office, *scopes)


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (
            "NEXT",
            "NEXT: there is nothing to compare before 9 November 2018, the first day of NEXT.",
        ),
        (
            "FY2018",
            "FY2018: there is nothing to compare before 9 November 2018, the first day of NEXT.",
        ),
        ("donor:NORAD", "donor:NORAD has one workshop with a follow-up so far, OTHER"),
        ("FY2016", "Name BEFORE alone for its waves."),
    ],
)
def test_what_has_nothing_beside_it_is_refused_with_what_to_do(
    office: Versions, scope: str, said: str
) -> None:
    with pytest.raises(Conflict, match=re.escape(said)):
        beside(office, scope)


def test_one_fiscal_year_has_none_beside_it(versions: Versions) -> None:
    said = "There are workshops in one fiscal year only, 2017/18. Name FY2017 for its workshops"
    with pytest.raises(Conflict, match=said):
        beside(versions, "all")


def test_years_to_come_are_not_compared(office: Versions) -> None:
    with pytest.raises(Conflict, match="FY2018: there is nothing to compare before"):
        beside(office, "FY2017", "FY2018")


def test_readers_outside_get_no_comparison(office: Versions) -> None:
    with pytest.raises(Conflict, match="A comparison is for the office"):
        compare(office.database, OFFICE, [CODE], "txt", FIRST, Wishes("rtc"))


def test_a_comparison_says_that_it_is_for_the_office(office: Versions) -> None:
    made = compare(office.database, OFFICE, [CODE, "BEFORE"], "txt", FIRST).decode()
    assert made.startswith("CONFIDENTIAL\n\n2 workshops beside each other")
