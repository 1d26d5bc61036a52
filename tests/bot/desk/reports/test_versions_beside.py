"""What a new version tells beside the one that readers have."""

import json

from analysis.facts.cut_offs import CutOffs
from bot.desk.reports.report_status import get_status
from bot.desk.reports.versions import counted_until
from tests.analysis.builder import PLACES
from tests.bot.desk.reports.conftest import CODE, FIRST, LATE, SECOND, Versions


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


def earlier(versions: Versions) -> tuple[CutOffs, ...]:
    status = versions.database.read(get_status, CODE).report_status
    return versions.database.read(counted_until, CODE, status).earlier


def test_what_two_of_five_late_officers_said_is_not_the_difference_of_two_versions(
    versions: Versions,
) -> None:
    versions.officers(PLACES[12:20], use="not_yet")
    versions.present(FIRST)
    assert tried(versions.report(FIRST)) == "at least 12 of 20 (60 %)"
    late(versions, PLACES[20:22], "tried")
    late(versions, PLACES[22:25], "not_yet")
    assert versions.present(SECOND).report_status.version == 2
    assert "25 participants" in versions.report(SECOND)
    assert "14 of 25" not in versions.report(SECOND)


def test_a_new_version_knows_the_earlier_ones_that_counted_other_answers(
    versions: Versions,
) -> None:
    versions.present(FIRST)
    versions.present(SECOND, "draft")
    assert versions.present(SECOND).report_status.version == 2
    assert earlier(versions) == ()
    late(versions, PLACES[20:25], "tried")
    versions.present(SECOND, "draft")
    versions.present(SECOND)
    (one,) = earlier(versions)
    assert one.waves == {(CODE, "M6"): FIRST}


def test_a_report_knows_that_another_one_counted_a_wave_until_an_earlier_day(
    versions: Versions,
) -> None:
    versions.present(FIRST, scope="all")
    late(versions, PLACES[20:25], "tried")
    versions.present(SECOND)
    (one,) = earlier(versions)
    assert one.waves == {(CODE, "M6"): FIRST}
