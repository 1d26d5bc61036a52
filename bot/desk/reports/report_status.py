"""The status of reports and who may read them, set by the office and printed on the report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.office.report_status import put_report_status, report_status_of
from surveys.problems import BadInput, Problem
from surveys.report_status import LEVELS, STATUSES, FinalVersion, ReportStatus, changed

ALL = "all"
DONOR = "donor:"
YEAR = re.compile(r"FY\d{4}")
LEVEL_NEEDED = {"newsletter": "public"}
"""The level a report needs for an audience outside the office; "members" for all others."""


@dataclass(frozen=True)
class ScopeStatus:
    """The status of the report on a scope; `changed` if an act has changed it."""

    scope: str
    report_status: ReportStatus
    changed: bool = False


def scope_of(codes: Sequence[str], donor: str, year: int | None) -> str:
    """Return the scope of a report; '' for several workshops, which have no status."""
    if year is not None:
        return "" if donor else f"FY{year}"
    if codes:
        return codes[0] if len(codes) == 1 else ""
    return f"{DONOR}{donor}" if donor else ALL


def get_status(connection: Connection, scope: str) -> ScopeStatus:
    """Return the status of the report on a scope. Raise NotFound for an unknown workshop."""
    _check_scope(connection, scope)
    return ScopeStatus(scope, report_status_of(connection, scope))


def set_status(
    connection: Connection,
    office: Office,
    scope: str,
    wanted: tuple[str, str | None],
    now: datetime,
) -> ScopeStatus:
    """Set the status and (unless None) the level of a report; repeating it changes nothing.

    `wanted` is (status, level). Raise Conflict if the version is final, unless a draft begins the
    next one.
    """
    _check_scope(connection, scope)
    status, level = wanted
    _check_choice("STATUS", status, STATUSES)
    if level is not None:
        _check_choice("--for", level, LEVELS)
    before = report_status_of(connection, scope)
    try:
        after = changed(before, status, level, now)
    except FinalVersion:
        raise Conflict(
            f"{scope}: version {before.version} is final and stays as it is. "
            f"`followup report status {scope} draft` begins version {before.version + 1}."
        ) from None
    if after != before:
        put_report_status(connection, scope, after, office.acting, now)
        about = f"{scope} {after.status} {after.level}".strip()
        record(connection, office, Act.REPORT_STATUS, about, now, version=after.version)
    return ScopeStatus(scope, after, after != before)


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


def _check_scope(connection: Connection, scope: str) -> None:
    if scope != ALL and not YEAR.fullmatch(scope) and not scope.startswith(DONOR):
        get_workshop(connection, scope)
