"""Since when a workshop has people in a role, and whether somebody is still asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from storage.people.enrolments import still_asked
from storage.schema import enrolments
from surveys.people import Role


@dataclass(frozen=True)
class Listed:
    """When the first person of a role was enrolled in a workshop, and how many are asked now."""

    since: datetime
    now: int


def listed_since(connection: Connection, codes: Collection[str]) -> dict[tuple[str, Role], Listed]:
    """Return when the people of some workshops came, by code and role; without those removed."""
    table = enrolments.c
    asked = func.sum(case((still_asked(enrolments), 1), else_=0))
    found = (
        select(table.workshop_code, table.role, func.min(table.enrolled_at), asked)
        .where(table.workshop_code.in_(codes), table.removed_at.is_(None))
        .group_by(table.workshop_code, table.role)
    )
    return {
        (code, Role(role)): Listed(since, number)
        for code, role, since, number in connection.execute(found)
    }
