"""What a new report tells beside those that readers have."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from analysis.facts.cut_offs import Publication
from bot.desk.reports.checking import check_versions
from bot.desk.reports.choices import Wishes
from bot.desk.reports.handing_out import keep_made, made_files
from bot.desk.reports.publications import publications
from bot.desk.workshops.renaming import rename
from storage.office.report_versions import TOLD
from storage.schema import report_files, workshop_donors
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
    assert one.told[""].questions
    as_before(versions)
    assert [one.told for one in had(versions)] == [None]


@pytest.mark.parametrize("also", [Wishes("good_practice"), replace(RTC, language="fr")])
def test_a_report_for_more_readers_makes_no_stored_one_unknown(
    versions: Versions, also: Wishes
) -> None:
    """Unless what the first readers were told was not stored."""
    versions.present(FIRST)
    versions.report(FIRST)
    as_before(versions)
    versions.report(FIRST, wishes=also)
    assert [one.told for one in had(versions)] == [None]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"": {}}', b"\xff\xfe"])
def test_an_altered_row_of_what_a_report_told_counts_as_not_stored(
    versions: Versions, content: bytes
) -> None:
    versions.present(FIRST)
    versions.report(FIRST)
    alter = update(report_files).where(report_files.c.form == TOLD).values(content=content)
    versions.database.run(lambda connection: connection.execute(alter))
    assert [one.told for one in had(versions)] == [None]
    assert versions.report(FIRST, wishes=Wishes("good_practice"))


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


def second_workshop(versions: Versions, use: str = "tried") -> None:
    """Eight officers of another workshop answer after six months too."""
    told = versions.told.workshop("W1", donors=("JICA",))
    for place in PLACES[12:20]:
        versions.people[f"W1 {place}"] = told.person("W1", place)
        told.answers(versions.people[f"W1 {place}"], "M6", use_1=use)
    told.set("waves", told.wave("W1", "M6"), closed_at=CLOSED)
    told.connection.commit()


@pytest.mark.parametrize("new", ["W9", "w0"])
def test_the_parts_of_a_year_are_known_by_the_present_code_of_their_workshop(
    versions: Versions, new: str
) -> None:
    members = Wishes("good_practice", fiscal_year=2017)
    second_workshop(versions)
    versions.officers(PLACES[20:28], use="not_yet")
    versions.present(FIRST, scope="FY2017")
    versions.report(FIRST, wishes=members, codes=())
    (before,) = had(versions)
    versions.database.run(rename, OFFICE, CODE, new, SECOND)
    (after,) = had(versions)
    assert before.told is not None
    assert after.told is not None
    assert after.workshops == (new, "W1")
    found = after.told[f"workshop {new}"]
    assert found.workshops == (new,)
    assert found.questions == before.told["workshop W0"].questions
    assert any(one["rows"] for one in found.questions.values())


def test_a_report_is_known_by_the_workshops_of_its_donor_of_then(versions: Versions) -> None:
    versions.officers(PLACES[12:20], use="not_yet")
    versions.present(FIRST, scope="donor:JICA")
    donor = Wishes("donor", "JICA")
    assert tried(versions.report(FIRST, wishes=donor, codes=())) == "at least 12 of 20 (60 %)"
    versions.told.connection.execute(update(workshop_donors).values(donor="KOICA"))
    late(versions, PLACES[20:22], "tried")
    late(versions, PLACES[22:25], "not_yet")
    versions.present(SECOND)
    second = versions.report(SECOND)
    assert "25 participants" in second
    assert "14 of 25" not in second


def test_what_a_report_told_of_people_who_are_gone_is_printed_of_nobody_else(
    versions: Versions,
) -> None:
    """Those of another workshop are left of those of whom a report told."""
    second_workshop(versions)
    versions.officers(PLACES[20:28], use="not_yet")
    versions.present(FIRST, scope="donor:JICA")
    donor = Wishes("donor", "JICA")
    assert tried(versions.report(FIRST, wishes=donor, codes=())).startswith("at least 20 of 28")
    for name, person in versions.people.items():
        if name.startswith("W1 "):
            versions.told.set("enrolments", person, removed_at=LATE)
    versions.told.connection.commit()
    versions.present(SECOND)
    assert "20 of 20" not in versions.report(SECOND)
    assert tried(versions.report(SECOND)) == "at least 12 of 20 (60 %)"


def test_a_report_is_made_again_if_another_was_handed_out_while_it_was_made(
    on_both: Versions,
) -> None:
    on_both.present(FIRST, scope="all")
    on_both.present(SECOND)
    made = on_both.database.read(made_files, OFFICE, [CODE], ["json"], RTC)
    on_both.report(SECOND, codes=())
    assert on_both.database.run(keep_made, made, "S-EVA", SECOND) is None
    again = on_both.database.read(made_files, OFFICE, [CODE], ["json"], RTC)
    assert on_both.database.run(keep_made, again, "S-EVA", SECOND)
    assert len(had(on_both)) == 2
