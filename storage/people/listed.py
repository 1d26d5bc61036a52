"""Since when a workshop has people in a role, and whether somebody is still asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, select

from storage.people.enrolments import still_asked
from storage.schema import enrolments
from surveys.people import Role

_TABLE = enrolments.c
_LISTED = (
    select(
        _TABLE.workshop_code,
        _TABLE.role,
        func.min(_TABLE.enrolled_at),
        func.sum(case((still_asked(enrolments), 1), else_=0)),
    )
    .where(
        _TABLE.workshop_code.in_(bindparam("codes", expanding=True)), _TABLE.removed_at.is_(None)
    )
    .group_by(_TABLE.workshop_code, _TABLE.role)
)


@dataclass(frozen=True)
class Listed:
    """When the first person of a role was enrolled in a workshop, and how many are asked now."""

    since: datetime
    now: int


def listed_since(connection: Connection, codes: Collection[str]) -> dict[tuple[str, Role], Listed]:
    """Return when the people of some workshops came, by code and role; without those removed."""
    return {
        (code, Role(role)): Listed(since, number)
        for code, role, since, number in connection.execute(_LISTED, {"codes": list(codes)})
    }
