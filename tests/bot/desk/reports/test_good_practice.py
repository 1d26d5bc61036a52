"""The Good Practice Report on a fiscal year is handed out in versions, with what the office adds.

Each takes seconds: it makes whole reports on a year, which are protected beside all sets and groups.
"""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.desk.reports.checking import check_versions
from bot.desk.reports.choices import Wishes
from bot.desk.reports.recommendation_wording import Wording
from bot.desk.reports.recommendations import add, release, settle
from bot.desk.reports.report_status import get_status
from bot.desk.reports.scopes import workshops_of
from storage.database import Conflict
from storage.schema import workshops
from surveys.planning.fiscal_year import FiscalYear
from surveys.recommendation import Became
from tests.analysis.builder import PLACES
from tests.bot.desk.reports.conftest import CLOSED, CODE, FIRST, LATE, OFFICE, SECOND, Versions

GOOD_PRACTICE = Wishes("good_practice", fiscal_year=2017, contact=OFFICE.contact)
SCOPE = "FY2017"
JUNE = date(2019, 6, 30)


def report(versions: Versions, at: datetime, wishes: Wishes = GOOD_PRACTICE) -> Any:
    return json.loads(versions.report(at, "json", wishes, codes=()))


def table(found: Any, key: str) -> list[list[Any]]:
    tables = (one for section in found["sections"] for one in section["tables"])
    return next((one["rows"] for one in tables if one["key"] == key), [])


def recommended(versions: Versions, year: int, words: str, at: datetime) -> int:
    run = versions.database.run
    number = run(add, OFFICE, FiscalYear(year), Wording(words, "ROCB", JUNE), at).number
    run(release, OFFICE, number, at)
    return number


def test_it_is_of_the_workshops_of_the_year_and_a_draft_is_not_handed_out(
    versions: Versions,
) -> None:
    assert versions.database.read(workshops_of, SCOPE) == [CODE]
    with pytest.raises(Conflict, match="FY2017 presented"):
        report(versions, FIRST)
    assert versions.present(FIRST, scope=SCOPE).waves == {"M6": FIRST}
    found = report(versions, SECOND)
    assert found["subtitle"].startswith("Good Practice Report 2017/18")
    headings = [one["heading"] for one in found["chapters"]]
    assert headings[:6] == [
        "Responses",
        "Follow-up actions taken by participants",
        "Application of lessons in the administration",
        "Direct effects",
        "Perceived improvement in efficiency and effectiveness",
        "Modernisation projects",
    ]
    assert headings[-4:] == [
        "Conclusions and recommendations",
        "Annex: abbreviations of administrations",
        "Annex: glossary",
        "Annex: questions",
    ]


def test_a_version_has_the_recommendations_that_were_released_when_it_was_presented(
    versions: Versions,
) -> None:
    recommended(versions, 2017, "Share examples.", FIRST)
    versions.present(FIRST, scope=SCOPE)
    first = report(versions, SECOND)
    assert table(first, "recommendations") == [["1.", "Share examples.", "ROCB", "30 June 2019"]]
    recommended(versions, 2017, "Train two.", LATE)
    assert report(versions, SECOND) == first
    (checked,) = versions.database.read(check_versions, SCOPE, OFFICE)
    assert checked.ok
    assert checked.differences == ()
    assert versions.present(SECOND, scope=SCOPE).report_status.version == 2
    second = report(versions, SECOND)
    assert [row[1] for row in table(second, "recommendations")] == [
        "Share examples.",
        "Train two.",
    ]
    assert versions.present(SECOND, scope=SCOPE).report_status.version == 2


def test_what_became_of_last_years_recommendations_is_told(versions: Versions) -> None:
    number = recommended(versions, 2016, "Publish templates.", FIRST - timedelta(days=1))
    versions.database.run(settle, OFFICE, number, (Became.DROPPED, "No budget."), FIRST)
    versions.present(FIRST, scope=SCOPE)
    told = table(report(versions, FIRST), "last_recommendations")
    assert told == [["Publish templates.", "ROCB", "Dropped", "No budget."]]


def test_earlier_years_are_told_as_their_own_reports_told_them(versions: Versions) -> None:
    """Last year's report is handed out; this year's has its headlines in a row above its own."""
    days = {"starts_on": date(2016, 11, 7), "ends_on": date(2016, 11, 11)}
    earlier = update(workshops).where(workshops.c.code == CODE)
    versions.told.connection.execute(earlier.values(days))
    versions.told.workshop("NEXT")
    for place in PLACES[:12]:
        versions.told.answers(versions.told.person("NEXT", place), "M6", use_1="tried")
    versions.told.set("waves", versions.told.wave("NEXT", "M6"), closed_at=CLOSED)
    versions.told.connection.commit()
    versions.present(FIRST, scope="FY2016")
    versions.present(FIRST, scope=SCOPE)
    assert table(report(versions, FIRST), "trend") == []
    before = report(versions, FIRST, replace(GOOD_PRACTICE, fiscal_year=2016))
    # Its days are put right later: the report that was handed out was on it nevertheless.
    days = {"starts_on": date(2015, 11, 7), "ends_on": date(2015, 11, 11)}
    versions.told.connection.execute(earlier.values(days))
    versions.told.connection.commit()
    versions.present(FIRST, "draft", scope=SCOPE)
    versions.present(SECOND, scope=SCOPE)
    rows = table(report(versions, SECOND), "trend")
    assert [row[0] for row in rows] == ["2016/17, after 6 months", "2017/18, after 6 months"]
    assert rows[0][1:] == [one["text"] for one in before["headlines"]]


def test_the_status_of_a_year_is_that_of_its_report(versions: Versions) -> None:
    stood = versions.present(FIRST, "final", scope=SCOPE)
    assert versions.database.read(get_status, SCOPE).report_status == stood.report_status
    assert stood.report_status.cut_off == FIRST
