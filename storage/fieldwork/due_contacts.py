"""The next contact of cases: which are due, how many are held back, and what is planned."""

from datetime import datetime

from sqlalchemy import (
    Connection,
    bindparam,
    func,
    select,
    update,
)

from storage.schema import cases, enrolments


def due_cases(connection: Connection, now: datetime, limit: int) -> list[int]:
    """Numbers of the cases whose next contact is due, longest due first."""
    due = (
        select(cases.c.id)
        .where(cases.c.next_contact_at <= now)
        .order_by(cases.c.next_contact_at, cases.c.id)
        .limit(limit)
    )
    return list(connection.scalars(due))


def count_due(connection: Connection, until: datetime) -> int:
    """How many cases have a contact that was due by then and has not been made."""
    due = select(func.count()).where(cases.c.next_contact_at <= until)
    return connection.scalar(due) or 0


def count_held(connection: Connection, hold: str) -> int:
    """How many open cases are held back for this reason."""
    held = select(func.count()).where(cases.c.hold == hold, cases.c.closed_at.is_(None))
    return connection.scalar(held) or 0


def next_due_at(connection: Connection) -> datetime | None:
    """When the next contact of any case is due."""
    return connection.scalar(
        select(cases.c.next_contact_at)
        .where(cases.c.next_contact_at.is_not(None))
        .order_by(cases.c.next_contact_at)
        .limit(1)
    )


_CONTACT = (
    update(cases)
    .where(cases.c.id == bindparam("number"))
    .values(
        next_contact_at=bindparam("next_at"),
        next_contact_kind=bindparam("next_kind"),
        hold=bindparam("holding"),
    )
)


def cases_held_back_by(connection: Connection, wave_id: int, hold: str) -> list[int]:
    """Numbers of open cases in other waves that are held, of the people who are asked in a wave."""
    asked = (
        select(enrolments.c.participant_id)
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .where(cases.c.wave_id == wave_id)
    )
    held = (
        select(cases.c.id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .where(cases.c.wave_id != wave_id, cases.c.closed_at.is_(None), cases.c.hold == hold)
        .where(enrolments.c.participant_id.in_(asked))
        .order_by(cases.c.id)
    )
    return list(connection.scalars(held))


def set_contact(
    connection: Connection, number: int, at: datetime | None, kind: str | None, hold: str
) -> None:
    """Store when the case is contacted next, or why not. Called by `contacting` only."""
    contact = {"next_at": at, "next_kind": kind, "holding": hold}
    connection.execute(_CONTACT, {"number": number} | contact)
