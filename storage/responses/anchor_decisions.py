"""What the office decides about an anchor: its description, or a dispute about it.

One row for each act; the newest one counts. A decision that was taken back is a row that says so.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select

from storage.database import NotFound
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
    id: int = 0


def decisions_about(connection: Connection, of: AboutAnchor) -> list[AnchorDecision]:
    """Return all decisions, newest first, with those that say that one was taken back."""
    table = anchor_decisions.c
    here = (table.case_id == of.case_id, table.anchor == of.anchor, table.about == of.about)
    rows = connection.execute(select(anchor_decisions).where(*here).order_by(table.id.desc()))
    return [_decision(row) for row in rows]


def get_anchor_decision(connection: Connection, number: int) -> AboutAnchor:
    """Return what the decision with a number is about. Raise NotFound if there is none."""
    wanted = select(anchor_decisions).where(anchor_decisions.c.id == number)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(f"There is no decision {number} about an anchor.")
    return AboutAnchor(row.case_id, row.anchor, row.about)


def add_anchor_decision(connection: Connection, of: AboutAnchor, new: AnchorDecision) -> int:
    """Store a decision, and return its number."""
    values = {
        "case_id": of.case_id,
        "anchor": of.anchor,
        "about": of.about,
        "decision": new.decision,
        "answered_at": new.answered_at,
        "decided_by": new.by,
        "decided_at": new.at,
    }
    added = insert(anchor_decisions).values(values).returning(anchor_decisions.c.id)
    number: int = connection.execute(added).scalar_one()
    return number


def _decision(row: Row[tuple[object, ...]]) -> AnchorDecision:
    return AnchorDecision(row.decision, row.answered_at, row.decided_by, row.decided_at, row.id)
