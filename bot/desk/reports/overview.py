"""The list of reports: which can be presented, which are due, which are presented. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.desk.reports.scopes import ALL, DONOR, SURVEY, YEAR, sees_all, survey_of, year_of
from storage.database import NotFound
from storage.fieldwork.waves import Wave, waves_in
from storage.fieldwork.workshops import all_workshops, get_workshop
from storage.office.report_status import report_statuses_by_scope
from storage.office.staff import Member
from surveys.planning.fiscal_year import FiscalYear
from surveys.planning.listing import matching
from surveys.report_status import DRAFT, ReportStatus
from surveys.workshop import Workshop

Statuses = Mapping[str, tuple[ReportStatus, datetime]]


class Standing(StrEnum):
    """The groups of the list, in their order."""

    READY = "ready"
    DUE = "due"
    PRESENTED = "presented"
    EARLY = "early"


@dataclass(frozen=True)
class ReportRow:
    """A report in the list. `since` is when it was presented, or its newest wave closed.

    `due_on` is the last day of the wave that is open.
    """

    scope: str
    title: str
    about: str
    standing: Standing
    status: ReportStatus
    since: datetime | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Scopes:
    """What a report can be about, for a member: workshops, donors, and fiscal years."""

    workshops: tuple[Workshop, ...]
    donors: tuple[str, ...]
    years: tuple[FiscalYear, ...]
    everything: bool


def list_reports(
    connection: Connection, member: Member, today: date, search: str = ""
) -> list[ReportRow]:
    """Return the reports that a member may see, those to be presented first."""
    seen = [
        one
        for one in matching(all_workshops(connection), search)
        if member.sees(one) and one.cancelled_at is None and one.starts_on <= today
    ]
    statuses = report_statuses_by_scope(connection)
    waves = waves_in(connection, [one.code for one in seen]) if seen else {}
    rows = [_of_workshop(one, waves[one.code].values(), statuses) for one in seen]
    if not search:
        rows += _wider(connection, member, statuses)
    order = list(Standing)
    return sorted(rows, key=lambda one: (order.index(one.standing), one.due_on or today))


def _of_workshop(workshop: Workshop, waves: Iterable[Wave], statuses: Statuses) -> ReportRow:
    status, at = statuses.get(workshop.code, (DRAFT, None))
    closed = max((one.closed_at for one in waves if one.closed_at is not None), default=None)
    open_until = [one.closes_on for one in waves if one.opened_at and not one.closed_at]
    about = f"{workshop.code}, {workshop.city}"
    told = (workshop.code, workshop.title, about)
    if at is not None and status.published and (closed is None or closed <= at):
        return ReportRow(*told, Standing.PRESENTED, status, at)
    if closed is not None:
        return ReportRow(*told, Standing.READY, status, closed)
    standing = Standing.DUE if open_until else Standing.EARLY
    return ReportRow(*told, standing, status, None, min(open_until, default=None))


def _wider(connection: Connection, member: Member, statuses: Statuses) -> list[ReportRow]:
    """Return the reports on more than one workshop that were presented."""
    return [
        ReportRow(scope, scope_name(connection, scope), "", Standing.PRESENTED, status, at)
        for scope, (status, at) in statuses.items()
        if _is_wider(scope) and status.published and sees_all(connection, member, scope)
    ]


def _is_wider(scope: str) -> bool:
    return scope == ALL or scope.startswith(DONOR) or bool(YEAR.fullmatch(scope))


def scope_name(connection: Connection, scope: str) -> str:
    """Return what a report is about, in words. Raise NotFound for what is not known."""
    if scope == ALL:
        return "All workshops"
    if YEAR.fullmatch(scope):
        return f"Fiscal year {year_of(scope).name}"
    if scope.startswith(DONOR):
        return f"Workshops of {scope.removeprefix(DONOR)}"
    title = get_workshop(connection, scope.partition(SURVEY)[0]).title
    return f"{title}, {survey_of(scope)}" if survey_of(scope) else title


def scopes_for(connection: Connection, member: Member, today: date) -> Scopes:
    """Return what a member can choose a report of."""
    there = all_workshops(connection)
    unseen = [one for one in there if not member.sees(one)]
    own = [one for one in there if member.sees(one) and one.running and one.starts_on <= today]
    donors = {donor for one in own for donor in one.donors}
    years = {FiscalYear.of(one.ends_on).begins for one in own}
    own.sort(key=lambda one: one.starts_on, reverse=True)
    return Scopes(
        tuple(own),
        tuple(sorted(donors - {donor for one in unseen for donor in one.donors})),
        tuple(
            FiscalYear(one)
            for one in sorted(years, reverse=True)
            if all(each.ends_on not in FiscalYear(one) for each in unseen)
        ),
        bool(own) and not unseen,
    )


def check_sees(connection: Connection, member: Member, scope: str, contact: str) -> None:
    """Raise NotFound for a scope that is not known, or that a member may not see."""
    if not sees_all(connection, member, scope):
        raise NotFound(f"You do not see {scope}. Ask {contact}.")
