"""When a round must check the waves of a workshop, so that it need not check all workshops.

Rows are only added, so writers never wait for each other. A change that affects the waves of a
workshop adds a row that is due at once; the round adds one for the next moment it expects. A round
deletes the rows that it read before its check; rows committed meanwhile stay for the next round.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, literal, select

from storage.schema import due_workshops, enrolments, waves
from storage.types import UtcDateTime

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""Earlier than every round."""
_DUE = select(due_workshops.c.workshop_code).where(due_workshops.c.at <= bindparam("now"))


def workshops_due(connection: Connection, now: datetime) -> list[str]:
    """Return the codes of the workshops that are due at `now`."""
    # Sorted here: SQLite would scan all rows to sort them.
    return sorted(set(connection.scalars(_DUE, {"now": now})))


def first_due(connection: Connection, codes: Collection[str]) -> dict[str, datetime]:
    """Return when each of some workshops is due next; a workshop that is not due is left out."""
    first = select(due_workshops.c.workshop_code, func.min(due_workshops.c.at).label("at"))
    these = first.where(due_workshops.c.workshop_code.in_(codes))
    rows = connection.execute(these.group_by(due_workshops.c.workshop_code))
    return {row.workshop_code: row.at for row in rows}


def due_rows(connection: Connection, workshop_code: str) -> list[int]:
    """Return the ids of the rows of a workshop, for the round that checks it now."""
    mine = select(due_workshops.c.id).where(due_workshops.c.workshop_code == workshop_code)
    return list(connection.scalars(mine))


def clear_due(
    connection: Connection, workshop_code: str, done: Collection[int], next_at: datetime | None
) -> None:
    """Delete the rows `done` of a workshop that was checked, and make it due again at `next_at`."""
    connection.execute(delete(due_workshops).where(due_workshops.c.id.in_(done)))
    if next_at is not None:
        plan_due(connection, [(workshop_code, next_at)])


def plan_due(connection: Connection, when: Iterable[tuple[str, datetime]]) -> None:
    """Make workshops due at these moments."""
    rows = [{"workshop_code": code, "at": at} for code, at in when]
    if rows:
        connection.execute(insert(due_workshops), rows)


def mark_due(connection: Connection, workshop_codes: Iterable[str]) -> None:
    """Make these workshops due at once, because something changed for their waves."""
    plan_due(connection, [(code, AT_ONCE) for code in sorted(set(workshop_codes))])


def mark_person_due(connection: Connection, participant_id: int) -> None:
    """Make the workshops of a person due at once."""
    theirs = select(enrolments.c.workshop_code)
    _mark_due(connection, theirs.where(enrolments.c.participant_id == participant_id))


def mark_enrolment_due(connection: Connection, number: int) -> None:
    """Make the workshop of an enrolment due at once."""
    its = select(enrolments.c.workshop_code).where(enrolments.c.id == number)
    _mark_due(connection, its)


def mark_wave_due(connection: Connection, number: int) -> None:
    """Make the workshop of a wave due at once."""
    _mark_due(connection, select(waves.c.workshop_code).where(waves.c.id == number))


def mark_questionnaire_due(connection: Connection, questionnaire: tuple[str, int]) -> None:
    """Make the workshops whose open waves ask this questionnaire (key and version) due at once."""
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
