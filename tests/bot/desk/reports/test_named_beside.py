"""Who is named in a new version is not subtracted from what an earlier version told of all."""

from datetime import datetime

import pytest

from bot.desk.reports.choices import Wishes
from tests.analysis.builder import PLACES
from tests.bot.desk.reports.conftest import CODE, FIRST, LATE, SECOND, Versions

AGREEING, AT_FIRST = 5, 20
"""So many administrations agree to be named and use it, of so many that come at first."""
MEMBERS = Wishes("good_practice")


def come(office: Versions, number: int, use: str) -> None:
    """Let somebody of an administration of its own come and answer."""
    place = PLACES[number]
    person = office.told.person(CODE, place)
    said = "yes" if number < AGREEING else "no"
    before = office.told.answers(person, "PRE", attribution=said)
    after = office.told.answers(person, "M6", use_1=use)
    if number >= AT_FIRST:
        for case in (before, after):
            office.told.set("cases", case, created_at=LATE)
        office.told.set("enrolments", person, enrolled_at=LATE)
    office.told.connection.commit()


def names(office: Versions, at: datetime) -> list[str]:
    """Return who is named in the report that is presented now."""
    office.present(at)
    text = office.report(at, "txt", MEMBERS)
    return [one for one in PLACES if f"Administration {one}" in text]


@pytest.mark.parametrize(("using", "named"), [(9, 3), (11, 5)])
def test_names_in_a_new_version_leave_five_of_those_whom_an_earlier_one_told_together(
    empty_office: Versions, using: int, named: int
) -> None:
    """Nine used it at first: without five names four would be left, whom new ones do not join."""
    for number in range(AT_FIRST):
        come(empty_office, number, "regular" if number < using else "not_yet")
    empty_office.close("PRE")
    empty_office.close()
    first = names(empty_office, FIRST)
    for number in range(AT_FIRST, AT_FIRST + 10):
        come(empty_office, number, "regular" if number % 2 else "not_yet")
    second = names(empty_office, SECOND)
    assert using - len({*first, *second}) >= 5
    assert len(second) == named
