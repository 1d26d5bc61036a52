"""The status of reports and who may read them, set by the office and printed on the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.scopes import known_scope, workshops_of
from bot.desk.reports.two_readers import check_two_readers
from bot.desk.reports.versions import proposed
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.office.audit import Act
from storage.office.report_status import put_report_status, report_status_of
from storage.office.report_versions import cut_offs_of, put_cut_offs
from surveys.problems import BadInput, Problem
from surveys.report_status import (
    LEVELS,
    STATUSES,
    FinalVersion,
    NextVersion,
    ReportStatus,
    changed,
)

LEVEL_NEEDED = {"newsletter": "public"}
"""The level a report needs for an audience outside the office; "members" for all others."""


@dataclass(frozen=True)
class ScopeStatus:
    """The status of the report on a scope; `changed` if an act has changed it.

    `waves` says until when the version that readers outside the office get counts each wave, at the
    latest where workshops differ.
    """

    scope: str
    report_status: ReportStatus
    waves: Mapping[str, datetime]
    changed: bool = False


def set_status(
    database: Database, office: Office, scope: str, wanted: tuple[str, str | None], now: datetime
) -> ScopeStatus:
    """Set the status and (unless None) the level of a report; repeating it changes nothing.

    `wanted` is (status, level). A final report needs two readers for each text that it quotes.
    Presenting fixes until when the version counts each wave, and makes
    the next one where it may tell more. Raise Conflict if the version is final, unless a draft
    begins the next one.
    """
    status, level = wanted
    _check_choice("STATUS", status, STATUSES)
    scope = database.read(get_status, scope).scope
    if level is not None:
        _check_choice("--for", level, LEVELS)
    if status == "final":
        database.read(_check_readers, scope, now)
    # What a version counts takes a while to work out, so nobody has to wait for it to be stored.
    new = database.read(proposed, scope, now) if status != "draft" else (NextVersion(now), {})
    return database.run(_set_status, office, scope, wanted, new, now)


def _check_readers(connection: Connection, scope: str, now: datetime) -> None:
    """Raise Conflict if the report quotes a text that one person alone has read."""
    if codes := workshops_of(connection, scope):
        check_two_readers(connection, codes, now)


def _set_status(
    connection: Connection,
    office: Office,
    scope: str,
    wanted: tuple[str, str | None],
    new: tuple[NextVersion, Mapping[tuple[str, str], datetime]],
    now: datetime,
) -> ScopeStatus:
    before = report_status_of(connection, scope)
    try:
        after = changed(before, *wanted, new[0])
    except FinalVersion:
        raise Conflict(
            f"{scope}: version {before.version} is final and stays as it is. "
            f"`followup report status {scope} draft` begins version {before.version + 1}."
        ) from None
    if after != before:
        made = after.version, after.cut_off
        if after.published and made != (before.version, before.cut_off):
            put_cut_offs(connection, scope, after.version, new[1])
        put_report_status(connection, scope, after, office.acting, now)
        about = f"{scope} {after.status} {after.level}".strip()
        record(connection, office, Act.REPORT_STATUS, about, now, version=after.version)
    return _stands(connection, scope, after, after != before)


def get_status(connection: Connection, scope: str) -> ScopeStatus:
    """Return the status of the report on a scope. Raise NotFound if the scope is not known."""
    scope = known_scope(connection, scope)
    workshops_of(connection, scope)
    return _stands(connection, scope, report_status_of(connection, scope))


def _stands(
    connection: Connection, scope: str, status: ReportStatus, changed: bool = False
) -> ScopeStatus:
    waves: dict[str, datetime] = {}
    if status.published:
        for (_, wave), at in cut_offs_of(connection, scope, status.version).items():
            waves[wave] = max(at, waves.get(wave, at))
    return ScopeStatus(scope, status, waves, changed)


def check_published(found: ScopeStatus, audience: str) -> None:
    """Raise Conflict if there is no version of the report for an audience outside the office."""
    if not found.report_status.published:
        raise Conflict(
            f"{found.scope}: this report is a draft, so there is none for {audience} yet. "
            f"`followup report status {found.scope} presented` makes a version that stays as it is."
        )


def check_level(found: ScopeStatus, audience: str) -> None:
    """Raise Conflict if the report is not open to an audience."""
    level = found.report_status.level
    needed = LEVEL_NEEDED.get(audience, "members")
    if audience != "staff" and level and LEVELS.index(level) < LEVELS.index(needed):
        raise Conflict(
            f"{found.scope}: this report is for {level} only, so there is none for {audience}. "
            f"`followup report status {found.scope} {found.report_status.status} --for {needed}` "
            "opens it."
        )


def _check_choice(place: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        problem = Problem(place, "", "is not known.", value, f"Use one of: {', '.join(allowed)}.")
        raise BadInput((problem,))
