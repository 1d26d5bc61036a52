"""When a round has to see to the waves of which workshop, so that it need not look at all of them.

Rows are only added, so that nobody waits for anybody: by whatever changes what a wave of the
workshop would find, at once, and by the round itself for the moment it expects. A round takes away
the rows it had read before it looked; what is committed meanwhile stays for the next one.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, Select, delete, func, insert, literal, select

from storage.schema import due_workshops, enrolments, waves
from storage.types import UtcDateTime

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""Before every round."""


def workshops_due(connection: Connection, now: datetime) -> list[str]:
    """Codes of the workshops that a round has to look at."""
    # Put in order here: SQLite would walk through all rows to have them in order.
    return sorted(
        set(
            connection.scalars(
                select(due_workshops.c.workshop_code).where(due_workshops.c.at <= now)
            )
        )
    )


def first_due(connection: Connection, codes: Collection[str]) -> dict[str, datetime]:
    """When some workshops are looked at next; those with nothing to come are not there."""
    first = select(due_workshops.c.workshop_code, func.min(due_workshops.c.at).label("at"))
    these = first.where(due_workshops.c.workshop_code.in_(codes))
    rows = connection.execute(these.group_by(due_workshops.c.workshop_code))
    return {row.workshop_code: row.at for row in rows}


def due_rows(connection: Connection, workshop_code: str) -> list[int]:
    """Numbers of the rows of a workshop, for who looks at it now."""
    mine = select(due_workshops.c.id).where(due_workshops.c.workshop_code == workshop_code)
    return list(connection.scalars(mine))


def clear_due(
    connection: Connection, workshop_code: str, done: Collection[int], next_at: datetime | None
) -> None:
    """A workshop was looked at: `done` are the rows that stood before, `next_at` is what comes."""
    connection.execute(delete(due_workshops).where(due_workshops.c.id.in_(done)))
    if next_at is not None:
        plan_due(connection, [(workshop_code, next_at)])


def plan_due(connection: Connection, when: Iterable[tuple[str, datetime]]) -> None:
    """Have workshops looked at from a moment on."""
    rows = [{"workshop_code": code, "at": at} for code, at in when]
    if rows:
        connection.execute(insert(due_workshops), rows)


def mark_due(connection: Connection, workshop_codes: Iterable[str]) -> None:
    """Something has changed for the waves of these workshops: the next round looks at them."""
    plan_due(connection, [(code, AT_ONCE) for code in sorted(set(workshop_codes))])


def mark_person_due(connection: Connection, participant_id: int) -> None:
    """Something has changed for a person: the next round looks at their workshops."""
    theirs = select(enrolments.c.workshop_code)
    _mark_due(connection, theirs.where(enrolments.c.participant_id == participant_id))


def mark_enrolment_due(connection: Connection, number: int) -> None:
    """Something has changed for an enrolment: the next round looks at its workshop."""
    its = select(enrolments.c.workshop_code).where(enrolments.c.id == number)
    _mark_due(connection, its)


def mark_wave_due(connection: Connection, number: int) -> None:
    """A wave was opened or closed by somebody: the next round looks at its workshop."""
    _mark_due(connection, select(waves.c.workshop_code).where(waves.c.id == number))


def mark_questionnaire_due(connection: Connection, questionnaire: tuple[str, int]) -> None:
    """The texts of a questionnaire (key and version) have changed: people may wait for them."""
    key, version = questionnaire
    asking = select(waves.c.workshop_code).where(
        waves.c.questionnaire_key == key,
        waves.c.questionnaire_version == version,
        waves.c.closed_at.is_(None),
    )
    _mark_due(connection, asking)


def _mark_due(connection: Connection, codes: Select[tuple[str]]) -> None:
    found = codes.distinct().subquery()
    rows = select(found.c.workshop_code, literal(AT_ONCE, UtcDateTime))
    connection.execute(insert(due_workshops).from_select(["workshop_code", "at"], rows))
