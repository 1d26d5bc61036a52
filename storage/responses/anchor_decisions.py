"""What the office decides about an anchor: its description, or a dispute about it.

One row for each act; the newest one counts. A decision that was taken back is a row that says so.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.schema import anchor_decisions

UNDECIDED = "undecided"


@dataclass(frozen=True)
class AboutAnchor:
    """What a decision is about: an anchor as it was told in a case, and its `about`."""

    case_id: int
    anchor: str
    about: str


@dataclass(frozen=True)
class AnchorDecision:
    """A decision of somebody. `answered_at` is when the description that was read was written."""

    decision: str
    answered_at: datetime | None
    by: str
    at: datetime


def last_decision(connection: Connection, of: AboutAnchor) -> AnchorDecision | None:
    """Return the newest decision, which may be that it was taken back; None if there is none."""
    table = anchor_decisions.c
    row = connection.execute(
        select(anchor_decisions)
        .where(table.case_id == of.case_id, table.anchor == of.anchor, table.about == of.about)
        .order_by(table.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return AnchorDecision(row.decision, row.answered_at, row.decided_by, row.decided_at)


def add_anchor_decision(connection: Connection, of: AboutAnchor, new: AnchorDecision) -> None:
    """Store a decision."""
    connection.execute(
        insert(anchor_decisions).values(
            case_id=of.case_id,
            anchor=of.anchor,
            about=of.about,
            decision=new.decision,
            answered_at=new.answered_at,
            decided_by=new.by,
            decided_at=new.at,
        )
    )
