"""Versions of reports for readers outside the office: their cut-offs, and who was erased since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.desk.reports.publications import publications
from bot.desk.reports.recommended import released, released_steps
from bot.desk.reports.scopes import YEAR, survey_of, workshops_of, workshops_today, year_of
from storage.database import Conflict
from storage.fieldwork.waves import find_wave
from storage.office.report_status import presented_at, report_status_of
from storage.office.report_versions import (
    Edition,
    all_cut_offs,
    cut_offs_of,
    erased_cases,
    scopes_with_files,
)
from storage.people.enrolments import enrolments_in
from surveys.people import Role
from surveys.planning.fiscal_year import FiscalYear
from surveys.report_status import NextVersion, ReportStatus, may_differ

if TYPE_CHECKING:
    from analysis.facts.cut_offs import CutOffs
    from analysis.reports.versions import Change

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
ERASED = (
    "{scope}: {people} had their answers deleted or set aside, or were removed, since version "
    "{version}. A report that was not made before would show what they answered, beside those "
    "that were. Hand out one that was made before, or a later version."
)


def proposed(
    connection: Connection, scope: str, now: datetime
) -> tuple[NextVersion, Mapping[tuple[str, str], datetime]]:
    """Return what a version made now would count, with the cut-off of each workshop and wave."""
    from analysis.facts.frames import load
    from analysis.reports.versions import Change, next_cut_offs

    workshops = workshops_of(connection, scope)
    told = all_cut_offs(connection)
    change = Change(load(connection, workshops), erased_cases(connection, workshops, LONG_AGO))
    found = next_cut_offs(change, (scope, workshops), told, now)
    before = {(one.workshop, one.wave): one.at for one in told if one.scope == scope}
    if wave := survey_of(scope):
        found |= _of_administrations(connection, change, (workshops[0], wave), before, now)
    news = any(at != before.get(wave) for wave, at in found.items())
    if YEAR.fullmatch(scope):
        return NextVersion(now, news or _recommended_since(connection, scope)), found
    news = news or _steps_since(connection, scope)
    return NextVersion(max(found.values(), default=now), news), found


def _recommended_since(connection: Connection, scope: str) -> bool:
    """Return whether recommendations in the report on a year have changed since its last version."""
    version = report_status_of(connection, scope).version
    at, year = presented_at(connection, scope, version), year_of(scope)
    years = (year, FiscalYear(year.begins - 1))
    return at is not None and any(
        released(connection, one) != released(connection, one, at) for one in years
    )


def _steps_since(connection: Connection, scope: str) -> bool:
    """Return whether other steps are released than when the last version of a report was presented."""
    version = report_status_of(connection, scope).version
    at = presented_at(connection, scope, version)
    return at is not None and (
        released_steps(connection, scope) != released_steps(connection, scope, at)
    )


def _of_administrations(
    connection: Connection,
    change: Change,
    of: tuple[str, str],
    before: Mapping[tuple[str, str], datetime],
    now: datetime,
) -> Mapping[tuple[str, str], datetime]:
    """Return until when the result of a survey of administrations counts it; nothing of other surveys.

    It tells only of administrations that let its readers see them, by name: who came or went since
    may be seen.
    """
    wave = find_wave(connection, *of)
    if wave is None or wave.role is not Role.CONTACT_POINT or wave.closed_at is None:
        return {}
    own = before.get(of)
    return {of: now if own is None or change.people(of, own, now) else own}


def counted_until(
    connection: Connection, scope: str, status: ReportStatus, before: int | None = None
) -> CutOffs:
    """Return until when the published version of a scope counts each wave, and what readers have.

    With the number of a stored file, what they had before it was made.
    """
    from analysis.facts.cut_offs import CutOffs

    assert status.cut_off is not None  # noqa: S101 - a published version has one
    waves = cut_offs_of(connection, scope, status.version)
    return CutOffs(
        status.cut_off, waves, publications(connection, (scope, status.version), before)
    )


def check_nobody_stands_out(connection: Connection, edition: Edition, limits: CutOffs) -> None:
    """Raise Conflict if figures made now would differ by few erased people from those handed out."""
    workshops = workshops_of(connection, edition.scope)
    if any(_overlap(connection, one, workshops) for one in scopes_with_files(connection)):
        check_few_erased(connection, edition.scope, edition.version, limits)


def check_few_erased(connection: Connection, scope: str, version: int, limits: CutOffs) -> None:
    """Raise Conflict if few people of a version were erased after it was counted."""
    workshops = workshops_of(connection, scope)
    told = limits.waves or {}
    gone: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for one in erased_cases(connection, workshops, LONG_AGO):
        wave = (one.workshop, one.wave)
        if wave in told and one.at > told[wave]:
            gone.setdefault(wave, set()).add((one.participant, one.administration))
    for (workshop, _), erased in gone.items():
        if not may_differ(erased, _administrations(connection, workshop)):
            people = f"{len(erased)} {'person' if len(erased) == 1 else 'people'}"
            whose = {"scope": scope, "version": version, "people": people}
            raise Conflict(ERASED.format(**whose))


def _administrations(connection: Connection, workshop: str) -> int:
    """Return how many administrations took part in a workshop."""
    people = enrolments_in(connection, workshop, Role.PARTICIPANT)
    return len({one.administration_code for one in people})


def _overlap(connection: Connection, scope: str, workshops: Sequence[str]) -> bool:
    return not {*workshops}.isdisjoint(workshops_today(connection, scope))
