"""How far each report is: one row for each change, never overwritten; the newest row counts."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.schema import report_versions
from surveys.report_status import DRAFT, Standing


def standing_of(connection: Connection, scope: str) -> Standing:
    """How far the report on a scope (a workshop, a year, a donor, or all) is; a draft at first."""
    table = report_versions
    row = connection.execute(
        select(table).where(table.c.scope == scope).order_by(table.c.id.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return DRAFT
    return Standing(row.version, row.status, row.level, row.cut_off_at)


def put_standing(
    connection: Connection, scope: str, standing: Standing, by: str, at: datetime
) -> None:
    """Note a change of the report on a scope, with who and when."""
    connection.execute(
        insert(report_versions).values(
            scope=scope,
            version=standing.version,
            status=standing.status,
            level=standing.level,
            cut_off_at=standing.cut_off,
            changed_by=by,
            changed_at=at,
        )
    )
