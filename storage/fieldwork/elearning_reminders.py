"""How far participants are with the e-learning before a workshop, and the one reminder about it.

A reminder is claimed before it leaves and never taken up again after that, whatever became of it,
except where the messenger has asked to wait.
"""

from datetime import datetime

from sqlalchemy import Connection, select, update

from storage.people.enrolments import enrolment_of
from storage.schema import answers, cases, enrolments
from surveys.elearning import ITEM, Elearning, elearning_status
from surveys.people import Enrolment, Role

_PLANNED = enrolments.c.elearning_reminder_at
_CLAIMED = enrolments.c.elearning_reminded_at


def set_elearning(connection: Connection, number: int, listed: Elearning) -> None:
    """Note what a list says of an enrolment."""
    _set(connection, number, elearning=listed)


def learners(
    connection: Connection, workshop_code: str
) -> list[tuple[Enrolment, Elearning | None]]:
    """The active participants of a workshop, and how far each is as far as that is known."""
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
    """Plan the reminder of an enrolment; False if it has, or had, one already."""
    without = (enrolments.c.id == number) & _PLANNED.is_(None) & _CLAIMED.is_(None)
    planned = update(enrolments).where(without).values(elearning_reminder_at=at)
    return bool(connection.execute(planned).rowcount)


def due_reminders(connection: Connection, now: datetime) -> list[int]:
    """Numbers of the enrolments whose reminder is due."""
    due = select(enrolments.c.id).where(now >= _PLANNED).order_by(_PLANNED, enrolments.c.id)
    return list(connection.scalars(due))


def move_reminder(connection: Connection, number: int, at: datetime | None) -> None:
    """Remind an enrolment at another moment instead, also one that was claimed; None for not at all."""
    _set(connection, number, elearning_reminder_at=at, elearning_reminded_at=None)


def claim_reminder(connection: Connection, number: int, now: datetime) -> bool:
    """Claim the reminder of an enrolment, once; False if somebody else has it."""
    due = (enrolments.c.id == number) & (now >= _PLANNED)
    values = {"elearning_reminder_at": None, "elearning_reminded_at": now}
    return bool(connection.execute(update(enrolments).where(due).values(values)).rowcount)


def _set(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(enrolments).where(enrolments.c.id == number).values(values))
