"""Verifications: evidence of anchors that the office has seen, with who and when.

A verification is never deleted; one that was withdrawn keeps its row.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from storage.schema import verifications


@dataclass(frozen=True)
class Verification:
    """An anchor of a case for which a member of the office has seen evidence."""

    id: int
    case_id: int
    anchor: str
    by: str
    how: str
    at: datetime


def find_verification(connection: Connection, case_id: int, anchor: str) -> Verification | None:
    """Return the verification of an anchor that is in force; None if there is none."""
    table = verifications.c
    row = connection.execute(
        select(verifications).where(
            table.case_id == case_id, table.anchor == anchor, table.withdrawn_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        return None
    return Verification(row.id, row.case_id, row.anchor, row.verified_by, row.how, row.verified_at)


def add_verification(
    connection: Connection, anchor: tuple[int, str], by: str, how: str, at: datetime
) -> None:
    """Store that evidence of an anchor (case and code) was seen."""
    values = {"case_id": anchor[0], "anchor": anchor[1], "verified_by": by, "how": how}
    connection.execute(insert(verifications).values(verified_at=at, **values))


def withdraw_verification(connection: Connection, number: int, by: str, at: datetime) -> None:
    """Withdraw a verification."""
    connection.execute(
        update(verifications)
        .where(verifications.c.id == number)
        .values(withdrawn_at=at, withdrawn_by=by)
    )
