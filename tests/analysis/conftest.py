"""Reports for all readers outside the office, whose files are read."""

from datetime import date

import pytest
from sqlalchemy import update

from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.good_practice import FromOffice, build_good_practice
from analysis.reports.workshops import build
from analysis.sections.conclusions import Advice
from storage.schema import administrations
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.large import a_whole_year
from tests.analysis.test_attacks import HERE, THERE, two_workshops

YEAR = "fiscal year"
"""The Good Practice Report on a whole year, with what the office recommends."""
READERS = (
    ("good_practice", "", ()),
    ("rtc", "", ()),
    ("donor", "CCF/Japan", ()),
    ("newsletter", "", ()),
    ("member", "BD", ()),
    ("good_practice", "", ("RM",)),
    (YEAR, "", ()),
)
RECOMMENDED = FromOffice([Advice("Train 3 officers.", "Administrations", date(2019, 6, 30))])
OFFICES = ("a whole year", "two workshops")


@pytest.fixture(scope="module")
def offices() -> dict[str, Story]:
    few = two_workshops("obstacles", HERE, THERE, "M6")
    for number, code in enumerate(PLACES):
        there = update(administrations).where(administrations.c.code == code)
        facts = {"subregion": ("Oceania", "ASEAN")[number % 2], "sids": number % 3 == 0}
        few.connection.execute(there.values(facts))
    return dict(zip(OFFICES, (a_whole_year(), few), strict=True))


@pytest.fixture(scope="module", params=[(o, *r) for o in OFFICES for r in READERS], ids=str)
def found(request: pytest.FixtureRequest, offices: dict[str, Story]) -> Report:
    office, audience, whom, codes = request.param
    if audience == YEAR:
        connection, good_practice = offices[office].connection, Wishes("good_practice")
        year = FiscalYear(2017)
        return build_good_practice(connection, year, CUT_OFF, good_practice, RECOMMENDED)
    wishes = Wishes(audience, whom)
    return build(offices[office].connection, codes or None, CUT_OFF, wishes)
