"""Statistics of a fiscal year: which workshops belong to it, and what no table may reveal."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from analysis.formats import render
from analysis.model import Report, Table
from analysis.reports.audiences import Wishes
from analysis.reports.year import build_year
from storage.schema import administrations, workshops
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import CUT_OFF, Story

JUNE = datetime(2018, 6, 30, tzinfo=UTC)


def held(told: Story, code: str, ends: date, people: int, **facts: object) -> Story:
    donors = facts.pop("donors", ("CCF/Japan",))
    assert isinstance(donors, tuple)
    told.workshop(code, f"Title {code}", donors=donors)
    days = {"starts_on": ends, "ends_on": ends}
    told.connection.execute(update(workshops).where(workshops.c.code == code).values(days | facts))
    for number in range(people):
        told.person(code, ("FJ", "WS", "TO")[number % 3])
    return told


def statistics(told: Story, year: int = 2017, donor: str = "", at: datetime = CUT_OFF) -> Report:
    return build_year(told.connection, FiscalYear(year), at, Wishes(donor=donor))


def table(report: Report, key: str) -> Table:
    return next(t for s in report.sections for t in s.tables if t.key == key)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2017, 6, 30), 2016),
        (date(2017, 7, 1), 2017),
        (date(2018, 6, 30), 2017),
        (date(2018, 7, 1), 2018),
    ],
)
def test_a_fiscal_year_runs_from_july_to_june(day: date, year: int) -> None:
    assert day in FiscalYear(year)
    assert day not in FiscalYear(year - 1)
    assert FiscalYear(year).name == f"{year}/{year - 1999}"


def test_a_workshop_over_the_end_of_the_year_belongs_to_the_year_of_its_last_day() -> None:
    told = held(Story(), "OVER", date(2018, 7, 2), 6, starts_on=date(2018, 6, 28))
    assert statistics(told, 2017).workshops == ()
    report = statistics(told, 2018)
    assert report.workshops == ("OVER",)
    assert "of its last day" in render(report, "txt").decode()


def test_only_workshops_that_were_held_count() -> None:
    told = held(Story(), "HELD", date(2017, 12, 8), 6)
    held(told, "ASKED", date(2017, 12, 8), 6, kind="survey")
    held(told, "OFF", date(2017, 12, 8), 6, cancelled_at=datetime(2017, 11, 1, tzinfo=UTC))
    held(told, "TBC", date(2018, 3, 8), 6, confirmed=False)
    held(told, "COMING", date(2018, 6, 30), 6)
    report = statistics(told, at=JUNE)
    assert report.workshops == ("HELD",)
    assert "1 confirmed workshops of the year are still to come" in render(report, "txt").decode()


def test_people_are_counted_by_donor_host_kind_and_sub_region() -> None:
    told = held(Story(), "A", date(2017, 12, 8), 9, donors=("CCF/Japan", "JICA"))
    held(told, "B", date(2018, 2, 8), 6, kind="national", country="FJ")
    told.connection.execute(update(administrations).values(subregion="Oceania"))
    told.person("B", "FJ", same_as=1)
    report = statistics(told)
    assert [figure.text for figure in report.headlines] == ["2", "16", "15", "3"]
    assert table(report, "by_donor").rows == (("CCF/Japan", 2, 16, 3), ("JICA", 1, 9, 3))
    assert table(report, "by_kind").rows == (("Regional", 1, 9, 3), ("National", 1, 7, 3))
    assert [row[0] for row in table(report, "by_host").rows] == [
        "Administration JP",
        "Administration FJ",
    ]
    assert table(report, "by_region").rows == (("Oceania", 2, 16, 3),)
    assert statistics(told, donor="JICA").workshops == ("A",)


def test_a_small_group_is_hidden_and_cannot_be_found_by_comparing_the_tables() -> None:
    told = held(Story(), "SMALL", date(2017, 12, 8), 3, kind="national")
    held(told, "LARGE", date(2018, 2, 8), 9)
    held(told, "OTHER", date(2018, 3, 8), 8, donors=("NORAD",))
    report = statistics(told)
    people = {row[0]: row[4] for row in table(report, "year_workshops").rows}
    # The total is known, and that of the donor: the large ones go with the small one.
    assert people["Title SMALL (National)"] == people["Title LARGE (Regional)"] == "not shown"
    kinds = {row[0]: row[2] for row in table(report, "by_kind").rows}
    assert kinds["National"] == kinds["Regional"] == "not shown"


def test_a_workshop_without_a_list_of_people_is_said_to_have_none() -> None:
    told = held(Story(), "NONE", date(2017, 12, 8), 0)
    assert table(statistics(told), "year_workshops").rows[0][4:] == ("no list", "no list")


@pytest.mark.parametrize("form", ["pdf", "xlsx", "html", "docx", "json"])
def test_the_statistics_come_in_every_form_without_an_answer(form: str) -> None:
    told = held(Story(), "A", date(2017, 12, 8), 6)
    assert len(render(statistics(told), form)) > 500
