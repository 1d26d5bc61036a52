"""Reports for all readers outside the office, whose files are read."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from analysis.facts.cut_offs import CutOffs
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.good_practice import FromOffice, build_good_practice
from analysis.reports.workshops import build
from analysis.sections.conclusions import Advice
from storage.schema import administrations, waves
from surveys.planning.fiscal_year import FiscalYear
from surveys.report_status import ReportStatus
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.large import a_whole_year
from tests.analysis.test_attacks import HERE, THERE, two_workshops

YEAR = "fiscal year"
"""The Good Practice Report on a whole year, with what the office recommends."""
AGAIN = "second version"
"""What is told again of a wave to which people came late."""
READERS = {
    "a whole year": (
        ("good_practice", "", ()),
        ("rtc", "", ()),
        ("donor", "CCF/Japan", ()),
        ("member", "BD", ()),
        (YEAR, "", ()),
    ),
    "two workshops": (
        ("good_practice", "", ()),
        ("newsletter", "", ()),
        ("good_practice", "", ("RM",)),
        (AGAIN, "CCF/Japan", ()),
    ),
}
"""Each audience, a scope inside another one, and a second version; small offices have more to hide."""
OFFICES = tuple(READERS)
CLOSED, LATE = datetime(2018, 6, 15, tzinfo=UTC), datetime(2018, 8, 15, tzinfo=UTC)
RECOMMENDED = FromOffice([Advice("Train 3 officers.", "Administrations", date(2019, 6, 30))])


@pytest.fixture(scope="module")
def offices() -> dict[str, Story]:
    few = two_workshops("obstacles", HERE, THERE, "M6")
    for number, code in enumerate(PLACES):
        there = update(administrations).where(administrations.c.code == code)
        facts = {"subregion": ("Oceania", "ASEAN")[number % 2], "sids": number % 3 == 0}
        few.connection.execute(there.values(facts))
    closed = update(waves).values(closed_at=CLOSED)
    few.connection.execute(closed)
    for number in range(8):
        late = few.person("RM", PLACES[20 + number])
        case = few.answers(late, "M6", use_1="regular", obstacles=("staff", "time")[number % 2])
        few.set("cases", case, created_at=LATE)
        few.set("enrolments", late, enrolled_at=LATE)
    return dict(zip(OFFICES, (a_whole_year(), few), strict=True))


@pytest.fixture(scope="module", params=[(o, *r) for o in OFFICES for r in READERS[o]], ids=str)
def found(request: pytest.FixtureRequest, offices: dict[str, Story]) -> Report:
    office, audience, whom, codes = request.param
    if audience == YEAR:
        connection, good_practice = offices[office].connection, Wishes("good_practice")
        year = FiscalYear(2017)
        return build_good_practice(connection, year, CUT_OFF, good_practice, RECOMMENDED)
    if audience == AGAIN:
        return told_again(offices[office], whom)
    wishes = Wishes(audience, whom)
    return build(offices[office].connection, codes or None, CUT_OFF, wishes)


def told_again(office: Story, donor: str) -> Report:
    """Return the second version of a donor's report, which people came late to."""
    wave, status = ("RM", "M6"), ReportStatus(2, "presented", "public", CUT_OFF)
    limits = CutOffs(CUT_OFF, {wave: CUT_OFF})
    return build(
        office.connection, [wave[0]], limits, Wishes("donor", donor, report_status=status)
    )
