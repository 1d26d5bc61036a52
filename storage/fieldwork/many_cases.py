"""Many cases at a time, in one statement each: added, locked, closed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.fieldwork.cases import IS_OPEN
from storage.schema import cases, enrolments, waves
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import Disposition

# Built once, because slices run them: building a statement costs more than running it.
_NEW = insert(cases).returning(cases.c.id)
_HELD = (
    select(cases.c.id)
    .where(cases.c.id.in_(bindparam("numbers", expanding=True)))
    .order_by(cases.c.id)
    .with_for_update()
)
_OPEN_OF_PEOPLE = (
    select(cases.c.id)
    .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
    .join(waves, waves.c.id == cases.c.wave_id)
    .where(enrolments.c.participant_id.in_(bindparam("people", expanding=True)), IS_OPEN)
    .order_by(cases.c.id)
)
_CLOSE = (
    update(cases)
    .where(cases.c.id == bindparam("number"))
    .values(
        closed_at=bindparam("at"),
        disposition=bindparam("result"),
        disposition_detail=bindparam("detail"),
        next_contact_at=None,
        next_contact_kind=None,
        hold=Hold.CLOSED,
        draft=None,
    )
)


def open_cases(
    connection: Connection, wave_id: int, enrolment_ids: Sequence[int], at: datetime
) -> list[int]:
    """Add the cases of some enrolments in a wave; the caller has checked that there are none."""
    new = [{"wave_id": wave_id, "enrolment_id": one, "created_at": at} for one in enrolment_ids]
    return list(connection.scalars(_NEW, new)) if new else []


def lock_cases(connection: Connection, numbers: Collection[int]) -> None:
    """Lock some cases for this transaction, as `lock_case` locks one, in the order of their ids."""
    connection.execute(_HELD, {"numbers": numbers})


def open_cases_of_people(connection: Connection, people: Collection[int]) -> list[int]:
    """Return the ids of the cases of some people in open waves."""
    return list(connection.scalars(_OPEN_OF_PEOPLE, {"people": people}))


def close_cases(
    connection: Connection, ends: Mapping[int, tuple[Disposition, str, datetime]]
) -> None:
    """Close some cases, each with its final disposition, the detail of it, and the moment."""
    closed = [
        {"number": number, "result": disposition, "detail": detail, "at": at}
        for number, (disposition, detail, at) in ends.items()
    ]
    if closed:
        connection.execute(_CLOSE, closed)
