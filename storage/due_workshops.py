"""When a round has to see to the waves of which workshop, so that it need not look at all of them.

Rows are only added, so that nobody waits for anybody: by whatever changes what a wave of the
workshop would find, at once, and by the round itself for the moment it expects. A round takes away
the rows it had read before it looked; what is committed meanwhile stays for the next one.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, Select, delete, func, insert, literal, select

from storage.schema import enrolments, looks, waves
from storage.types import UtcDateTime

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""Before every round."""


def due_workshops(connection: Connection, now: datetime) -> list[str]:
    """Codes of the workshops that a round has to look at."""
    # Put in order here: SQLite would walk through all rows to have them in order.
    return sorted(set(connection.scalars(select(looks.c.workshop_code).where(looks.c.at <= now))))


def first_looks(connection: Connection, codes: Collection[str]) -> dict[str, datetime]:
    """When some workshops are looked at next; those with nothing to come are not there."""
    first = select(looks.c.workshop_code, func.min(looks.c.at).label("at"))
    these = first.where(looks.c.workshop_code.in_(codes))
    rows = connection.execute(these.group_by(looks.c.workshop_code))
    return {row.workshop_code: row.at for row in rows}


def planned_looks(connection: Connection, workshop_code: str) -> list[int]:
    """Numbers of the rows of a workshop, for who looks at it now."""
    mine = select(looks.c.id).where(looks.c.workshop_code == workshop_code)
    return list(connection.scalars(mine))


def looked(
    connection: Connection, workshop_code: str, done: Collection[int], next_at: datetime | None
) -> None:
    """A workshop was looked at: `done` are the rows that stood before, `next_at` is what comes."""
    connection.execute(delete(looks).where(looks.c.id.in_(done)))
    if next_at is not None:
        look_at(connection, [(workshop_code, next_at)])


def look_at(connection: Connection, when: Iterable[tuple[str, datetime]]) -> None:
    """Have workshops looked at from a moment on."""
    rows = [{"workshop_code": code, "at": at} for code, at in when]
    if rows:
        connection.execute(insert(looks), rows)


def look_again(connection: Connection, workshop_codes: Iterable[str]) -> None:
    """Something has changed for the waves of these workshops: the next round looks at them."""
    look_at(connection, [(code, AT_ONCE) for code in sorted(set(workshop_codes))])


def look_again_for(connection: Connection, participant_id: int) -> None:
    """Something has changed for a person: the next round looks at their workshops."""
    theirs = select(enrolments.c.workshop_code)
    _look_again_at(connection, theirs.where(enrolments.c.participant_id == participant_id))


def look_again_at_enrolment(connection: Connection, number: int) -> None:
    """Something has changed for an enrolment: the next round looks at its workshop."""
    its = select(enrolments.c.workshop_code).where(enrolments.c.id == number)
    _look_again_at(connection, its)


def look_again_at_wave(connection: Connection, number: int) -> None:
    """A wave was opened or closed by somebody: the next round looks at its workshop."""
    _look_again_at(connection, select(waves.c.workshop_code).where(waves.c.id == number))


def look_again_where_asked(connection: Connection, questionnaire: tuple[str, int]) -> None:
    """The texts of a questionnaire (key and version) have changed: people may wait for them."""
    key, version = questionnaire
    asking = select(waves.c.workshop_code).where(
        waves.c.questionnaire_key == key,
        waves.c.questionnaire_version == version,
        waves.c.closed_at.is_(None),
    )
    _look_again_at(connection, asking)


def _look_again_at(connection: Connection, codes: Select[tuple[str]]) -> None:
    found = codes.distinct().subquery()
    rows = select(found.c.workshop_code, literal(AT_ONCE, UtcDateTime))
    connection.execute(insert(looks).from_select(["workshop_code", "at"], rows))
