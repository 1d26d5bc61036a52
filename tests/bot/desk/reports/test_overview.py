"""The list of reports: what can be presented, what is due, what is presented, and who sees it."""

from datetime import timedelta

from bot.desk.reports.overview import ReportRow, list_reports, scopes_for
from storage.office.staff import Member, StaffRole, member_with
from tests.bot.desk.reports.conftest import CODE, FIRST, SECOND, Versions
from tests.staff import employ


def member(versions: Versions, *scope: str) -> Member:
    name = "-".join(("eva", *scope))
    code = versions.database.run(
        employ, ("demo", name), StaffRole.MANAGER, FIRST, "Eva", tuple(scope)
    )
    return versions.database.read(member_with, code)


def rows(versions: Versions, eva: Member, search: str = "") -> list[ReportRow]:
    return versions.database.read(list_reports, eva, SECOND.date(), search)


def test_a_report_is_ready_then_presented_then_ready_again(versions: Versions) -> None:
    eva = member(versions)
    assert [(one.scope, one.standing) for one in rows(versions, eva)] == [(CODE, "ready")]
    versions.present(FIRST)
    (one,) = rows(versions, eva)
    assert (one.standing, one.since) == ("presented", FIRST)
    versions.close("M3", FIRST + timedelta(days=1))
    (one,) = rows(versions, eva)
    assert (one.standing, one.status.published) == ("ready", True)
    versions.present(SECOND, scope="donor:JICA")
    told = [(one.scope, one.title) for one in rows(versions, eva)]
    assert told[1] == ("donor:JICA", "Workshops of JICA")
    assert rows(versions, eva, "no such topic") == []


def test_a_report_whose_wave_is_open_is_due(versions: Versions) -> None:
    versions.told.set("waves", versions.told.wave(CODE, "M6"), closed_at=None)
    versions.told.connection.commit()
    (one,) = rows(versions, member(versions))
    assert (one.standing, one.due_on is not None) == ("due", True)


def test_a_bound_manager_sees_only_what_is_whole(versions: Versions) -> None:
    versions.told.workshop("OTHER", donors=("JICA", "NORAD"))
    versions.told.connection.commit()
    bound, free = member(versions, CODE), member(versions)
    assert [one.scope for one in rows(versions, bound)] == [CODE]
    seen = versions.database.read(scopes_for, bound, SECOND.date())
    assert ([one.code for one in seen.workshops], seen.donors, seen.years) == ([CODE], (), ())
    assert not seen.everything
    seen = versions.database.read(scopes_for, free, SECOND.date())
    assert (seen.donors, [one.name for one in seen.years], seen.everything) == (
        ("JICA", "NORAD"),
        ["2017/18"],
        True,
    )
