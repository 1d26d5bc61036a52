"""What a new report tells beside those that readers have."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from analysis.facts.cut_offs import Publication
from bot.desk.reports.checking import check_versions
from bot.desk.reports.choices import Wishes
from bot.desk.reports.publications import publications
from bot.desk.workshops.renaming import rename
from storage.office.report_versions import TOLD
from storage.schema import report_files
from tests.analysis.builder import PLACES
from tests.bot.desk.reports.conftest import (
    CLOSED,
    CODE,
    FIRST,
    LATE,
    OFFICE,
    RTC,
    SECOND,
    Versions,
)

THIRD = SECOND + timedelta(days=14)


def late(versions: Versions, places: tuple[str, ...], use: str) -> None:
    """Officers come and answer after the first version."""
    versions.officers(places, use=use)
    for place in places:
        versions.told.set("cases", versions.cases[place, "M6"], created_at=LATE)
        versions.told.set("enrolments", versions.people[place], enrolled_at=LATE)
    versions.told.connection.commit()


def tried(report: str) -> str:
    return str(
        next(one["text"] for one in json.loads(report)["headlines"] if one["key"] == "tried")
    )


def had(versions: Versions) -> tuple[Publication, ...]:
    """The reports that readers have."""
    return versions.database.read(publications)


def as_before(versions: Versions) -> None:
    """What reports told is not stored, as before there was a place for it."""
    versions.database.run(
        lambda connection: connection.execute(
            delete(report_files).where(report_files.c.form == TOLD)
        )
    )


@pytest.mark.parametrize("forget", [lambda _: None, as_before], ids=["stored", "not stored"])
@pytest.mark.parametrize("scopes", [(CODE, CODE), ("all", CODE), (CODE, "all")], ids=" ".join)
def test_what_two_of_five_late_officers_said_is_not_the_difference_of_two_reports(
    versions: Versions, scopes: tuple[str, str], forget: Callable[[Versions], None]
) -> None:
    codes = [(CODE,) if scope == CODE else () for scope in scopes]
    versions.officers(PLACES[12:20], use="not_yet")
    versions.present(FIRST, scope=scopes[0])
    assert tried(versions.report(FIRST, codes=codes[0])) == "at least 12 of 20 (60 %)"
    forget(versions)
    late(versions, PLACES[20:22], "tried")
    late(versions, PLACES[22:25], "not_yet")
    versions.present(SECOND, scope=scopes[1])
    second = versions.report(SECOND, codes=codes[1])
    assert "25 participants" in second
    assert "14 of 25" not in second


def test_readers_have_what_was_handed_out_and_not_what_was_only_presented(
    versions: Versions,
) -> None:
    versions.present(FIRST)
    assert had(versions) == ()
    versions.report(FIRST)
    (one,) = had(versions)
    assert one.limits.waves == {(CODE, "M6"): FIRST}
    assert one.workshops == (CODE,)
    assert one.told is not None
    assert one.told[""]
    as_before(versions)
    assert [one.told for one in had(versions)] == [None]


def test_a_report_for_one_more_audience_makes_no_stored_one_unknown(versions: Versions) -> None:
    """Unless what the other audience was told was not stored."""
    versions.present(FIRST)
    versions.report(FIRST)
    as_before(versions)
    versions.report(FIRST, wishes=Wishes("good_practice"))
    assert [one.told for one in had(versions)] == [None]


def test_what_a_report_told_is_no_form_that_anybody_gets(versions: Versions) -> None:
    versions.present(FIRST)
    versions.report(FIRST)
    with pytest.raises(KeyError):
        versions.report(FIRST, TOLD)
    checked = versions.database.read(check_versions, CODE, OFFICE)
    assert TOLD not in {one.form for one in checked}


def test_a_stored_report_is_checked_beside_what_readers_had_when_it_was_made(
    versions: Versions,
) -> None:
    versions.officers(PLACES[12:20], use="not_yet")
    readers = replace(RTC, contact=OFFICE.contact)
    versions.present(FIRST)
    versions.report(FIRST, wishes=readers)
    late(versions, PLACES[20:22], "tried")
    late(versions, PLACES[22:25], "not_yet")
    for moment, scope in ((SECOND, CODE), (THIRD, "all")):
        versions.present(moment, scope=scope)
        versions.report(moment, wishes=readers, codes=(CODE,) if scope == CODE else ())
    for scope in (CODE, "all"):
        checked = versions.database.read(check_versions, scope, OFFICE)
        assert checked
        assert all(one.ok for one in checked), checked


def test_the_parts_of_a_year_are_known_by_the_present_code_of_their_workshop(
    versions: Versions,
) -> None:
    members = Wishes("good_practice", fiscal_year=2017)
    told = versions.told.workshop("W1")
    for place in PLACES[:8]:
        told.answers(told.person("W1", place), "M6", use_1="tried")
    told.set("waves", told.wave("W1", "M6"), closed_at=CLOSED)
    versions.officers(PLACES[12:20], use="not_yet")
    versions.present(FIRST, scope="FY2017")
    versions.report(FIRST, wishes=members, codes=())
    (before,) = had(versions)
    versions.database.run(rename, OFFICE, CODE, "W9", SECOND)
    (after,) = had(versions)
    assert before.told is not None
    assert after.told is not None
    assert "workshop W0" in before.told
    found = after.told["workshop W9"]
    assert found == before.told["workshop W0"]
    assert any(one["rows"] for one in found.values())
