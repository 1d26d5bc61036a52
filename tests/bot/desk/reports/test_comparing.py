"""What the office can put beside each other, and what it is refused."""

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


def held(versions: Versions, code: str, ends: date, kind: str = "regional") -> None:
    """Another workshop of the same donor, with one person."""
    versions.told.workshop(code, f"Title {code}", donors=("JICA",))
    days = {"starts_on": ends, "ends_on": ends, "kind": kind}
    there = update(workshops).where(workshops.c.code == code)
    versions.told.connection.execute(there.values(days))
    versions.told.person(code, PLACES[0])
    versions.told.connection.commit()


@pytest.fixture
def office(versions: Versions) -> Versions:
    held(versions, "BEFORE", date(2016, 11, 11))
    held(versions, "SURVEY", date(2017, 11, 11), "survey")
    return versions


def beside(office: Versions, *scopes: str) -> Beside:
    return office.database.read(beside_of, scopes)


def alone(*codes: str) -> dict[str, list[str]]:
    return {code: [code] for code in codes}


@pytest.mark.parametrize(
    ("scopes", "way", "held"),
    [
        ([CODE], Way.WAVES, alone(CODE)),
        ([CODE, "BEFORE"], Way.WORKSHOPS, alone(CODE, "BEFORE")),
        (["FY2017"], Way.WORKSHOPS, alone(CODE)),
        (["donor:JICA"], Way.WORKSHOPS, alone("BEFORE", CODE)),
        (["FY2016", "FY2017"], Way.YEARS, {"2016/17": ["BEFORE"], "2017/18": [CODE]}),
        (["all"], Way.YEARS, {"2016/17": ["BEFORE"], "2017/18": [CODE]}),
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


def test_readers_outside_get_no_comparison(office: Versions) -> None:
    with pytest.raises(Conflict, match="A comparison is for the office"):
        compare(office.database, OFFICE, [CODE], "txt", FIRST, Wishes("rtc"))


def test_a_comparison_says_that_it_is_for_the_office(office: Versions) -> None:
    made = compare(office.database, OFFICE, [CODE, "BEFORE"], "txt", FIRST).decode()
    assert made.startswith("CONFIDENTIAL\n\n2 workshops beside each other")
