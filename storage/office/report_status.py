"""The status of each report: one row for each change; the newest row counts."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from storage.schema import report_statuses
from surveys.report_status import DRAFT, ReportStatus


def report_status_of(
    connection: Connection, scope: str, version: int | None = None
) -> ReportStatus:
    """Return the status of the report on a scope (a workshop, a year, a donor, or all).

    Of an earlier version, it is the last status that it had.
    """
    table = report_statuses
    query = select(table).where(table.c.scope == scope).order_by(table.c.id.desc()).limit(1)
    if version is not None:
        query = query.where(table.c.version == version, table.c.cut_off_at.is_not(None))
    row = connection.execute(query).one_or_none()
    if row is None:
        return DRAFT
    return ReportStatus(row.version, row.status, row.level, row.cut_off_at)


def put_report_status(
    connection: Connection, scope: str, report_status: ReportStatus, by: str, at: datetime
) -> None:
    """Store a change of the status of a report, with who made it and when."""
    connection.execute(
        insert(report_statuses).values(
            scope=scope,
            version=report_status.version,
            status=report_status.status,
            level=report_status.level,
            cut_off_at=report_status.cut_off,
            changed_by=by,
            changed_at=at,
        )
    )


def presented_at(connection: Connection, scope: str, version: int) -> datetime | None:
    """Return when a version of the report on a scope was first presented; None if it was not."""
    table = report_statuses.c
    query = select(func.min(table.changed_at)).where(
        table.scope == scope, table.version == version, table.cut_off_at.is_not(None)
    )
    moment: datetime | None = connection.execute(query).scalar_one()
    return moment


def report_statuses_by_scope(
    connection: Connection,
) -> dict[str, tuple[ReportStatus, datetime]]:
    """Return the status of each report that has one, with when it was set."""
    newest = select(func.max(report_statuses.c.id)).group_by(report_statuses.c.scope)
    rows = connection.execute(select(report_statuses).where(report_statuses.c.id.in_(newest)))
    return {
        row.scope: (
            ReportStatus(row.version, row.status, row.level, row.cut_off_at),
            row.changed_at,
        )
        for row in rows
    }
