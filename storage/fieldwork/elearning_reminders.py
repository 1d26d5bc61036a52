"""The progress of participants in the e-learning before a workshop, and the one reminder about it.

A reminder is claimed before it is sent and never claimed again, whatever its outcome, unless it has
not left or the messenger asks to wait.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from storage.people.enrolments import enrolment_of
from storage.schema import answers, cases, enrolments
from storage.types import UtcDateTime
from surveys.elearning import ITEM, Elearning, elearning_status
from surveys.people import Enrolment, Role

_PLANNED = enrolments.c.elearning_reminder_at
_CLAIMED = enrolments.c.elearning_reminded_at
_DUE = (
    select(enrolments.c.id)
    .where(bindparam("now", type_=UtcDateTime) >= _PLANNED)
    .order_by(_PLANNED, enrolments.c.id)
)


def set_elearning(connection: Connection, number: int, listed: Elearning) -> None:
    """Store the progress that a list gives for an enrolment."""
    _set(connection, number, elearning=listed)


def learners(
    connection: Connection, workshop_code: str
) -> list[tuple[Enrolment, Elearning | None]]:
    """Return the active participants of a workshop with their progress, None where not known."""
    wanted = enrolments.c.workshop_code == workshop_code, enrolments.c.role == Role.PARTICIPANT
    told = {
        row.enrolment_id: row.value
        for row in connection.execute(
            select(cases.c.enrolment_id, answers.c.value)
            .join(answers, answers.c.case_id == cases.c.id)
            .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
            .where(*wanted, answers.c.item == ITEM)
        )
    }
    rows = connection.execute(select(enrolments).where(*wanted).order_by(enrolments.c.id)).all()
    found = [
        (enrolment_of(row), elearning_status(row.elearning, told.get(row.id))) for row in rows
    ]
    return [one for one in found if one[0].active]


def plan_reminder(connection: Connection, number: int, at: datetime) -> bool:
    """Plan the reminder of an enrolment; False if one was planned before."""
    without = (enrolments.c.id == number) & _PLANNED.is_(None) & _CLAIMED.is_(None)
    planned = update(enrolments).where(without).values(elearning_reminder_at=at)
    return bool(connection.execute(planned).rowcount)


def due_reminders(connection: Connection, now: datetime) -> list[int]:
    """Return the ids of the enrolments whose reminder is due."""
    return list(connection.scalars(_DUE, {"now": now}))


def move_reminder(connection: Connection, number: int, at: datetime | None) -> None:
    """Plan a reminder for another moment, also one that was claimed; None cancels it."""
    _set(connection, number, elearning_reminder_at=at, elearning_reminded_at=None)


def claim_reminder(connection: Connection, number: int, now: datetime) -> bool:
    """Claim the reminder of an enrolment; False if another process has claimed it."""
    due = (enrolments.c.id == number) & (now >= _PLANNED)
    values = {"elearning_reminder_at": None, "elearning_reminded_at": now}
    return bool(connection.execute(update(enrolments).where(due).values(values)).rowcount)


def give_back_reminder(
    connection: Connection, number: int, claimed_at: datetime, at: datetime
) -> None:
    """Plan a reminder that was claimed at a moment and has not left for another one.

    One that another process has claimed stays as it is.
    """
    mine = (enrolments.c.id == number) & (claimed_at == _CLAIMED)
    values = {"elearning_reminder_at": at, "elearning_reminded_at": None}
    connection.execute(update(enrolments).where(mine).values(values))


def _set(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(enrolments).where(enrolments.c.id == number).values(values))
