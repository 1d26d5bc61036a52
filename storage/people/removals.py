"""People whom the office takes off a workshop, and who come back. Their answers stay stored."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from storage.due_workshops import mark_enrolment_due
from storage.schema import enrolments
from surveys.people import RemovalReason


def set_removed(connection: Connection, number: int, why: RemovalReason, at: datetime) -> bool:
    """Take an enrolment off its workshop; False if it was removed before."""
    here = (enrolments.c.id == number) & enrolments.c.removed_at.is_(None)
    gone = {"removed_at": at, "removed_why": why}
    removed = connection.execute(update(enrolments).where(here).values(gone)).rowcount
    mark_enrolment_due(connection, number)
    return bool(removed)


def set_restored(connection: Connection, number: int) -> bool:
    """Put a removed enrolment back; False if it was not removed."""
    gone = (enrolments.c.id == number) & enrolments.c.removed_at.is_not(None)
    back = {"removed_at": None, "removed_why": ""}
    restored = connection.execute(update(enrolments).where(gone).values(back)).rowcount
    mark_enrolment_due(connection, number)
    return bool(restored)


def supervisors_of(connection: Connection, numbers: Collection[int]) -> list[int]:
    """Return the ids of the people who are asked about some enrolments as their supervisors."""
    asked = (enrolments.c.about_enrolment_id.in_(numbers)) & enrolments.c.removed_at.is_(None)
    told = asked & (enrolments.c.role == "supervisor")
    return list(connection.scalars(select(enrolments.c.participant_id).where(told)))
