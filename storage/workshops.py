"""Workshops and their donors."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from storage.database import NotFound
from storage.schema import workshop_donors, workshops
from surveys.workshop import Workshop


def put_workshop(connection: Connection, workshop: Workshop) -> bool:
    """Add a workshop or correct the known one with its code; True when it is new.

    A cancellation is a fact of its own and is left as it is.
    """
    values = {
        "title": workshop.title,
        "kind": workshop.kind,
        "starts_on": workshop.starts_on,
        "ends_on": workshop.ends_on,
        "confirmed": workshop.confirmed,
        "city": workshop.city,
        "country": workshop.country,
        "plan": workshop.plan,
        "note": workshop.note,
    }
    changed = connection.execute(
        update(workshops).where(workshops.c.code == workshop.code).values(values)
    ).rowcount
    if not changed:
        connection.execute(insert(workshops).values(code=workshop.code, **values))
    connection.execute(
        delete(workshop_donors).where(workshop_donors.c.workshop_code == workshop.code)
    )
    for position, donor in enumerate(workshop.donors):
        connection.execute(
            insert(workshop_donors).values(
                workshop_code=workshop.code, donor=donor, position=position
            )
        )
    return not changed


def find_workshop(connection: Connection, code: str) -> Workshop | None:
    """The workshop with this code."""
    found = _workshops(connection, [code])
    return found[0] if found else None


def get_workshop(connection: Connection, code: str) -> Workshop:
    """The workshop with this code; NotFound names it."""
    workshop = find_workshop(connection, code)
    if workshop is None:
        raise NotFound(f"There is no workshop {code}. `followup workshop list` shows all codes.")
    return workshop


def all_workshops(connection: Connection) -> list[Workshop]:
    """All workshops by their first day."""
    return _workshops(connection, None)


def move_workshop(connection: Connection, code: str, starts_on: date, ends_on: date) -> Workshop:
    """Give a workshop other days, and with that confirm them."""
    get_workshop(connection, code)
    connection.execute(
        update(workshops)
        .where(workshops.c.code == code)
        .values(starts_on=starts_on, ends_on=ends_on, confirmed=True)
    )
    return get_workshop(connection, code)


def set_cancelled(connection: Connection, code: str, at: datetime | None) -> None:
    """Cancel a workshop at a moment, or restore it with None."""
    get_workshop(connection, code)
    connection.execute(update(workshops).where(workshops.c.code == code).values(cancelled_at=at))


def _workshops(connection: Connection, codes: Sequence[str] | None) -> list[Workshop]:
    wanted = select(workshops).order_by(workshops.c.starts_on, workshops.c.code)
    donors = select(workshop_donors).order_by(workshop_donors.c.position)
    if codes is not None:
        wanted = wanted.where(workshops.c.code.in_(codes))
        donors = donors.where(workshop_donors.c.workshop_code.in_(codes))
    by_code: dict[str, list[str]] = {}
    for row in connection.execute(donors):
        by_code.setdefault(row.workshop_code, []).append(row.donor)
    return [
        replace(_workshop(row), donors=tuple(by_code.get(row.code, ())))
        for row in connection.execute(wanted)
    ]


def _workshop(row: Row[tuple[object, ...]]) -> Workshop:
    return Workshop(
        code=row.code,
        title=row.title,
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        city=row.city,
        country=row.country,
        plan=row.plan,
        confirmed=row.confirmed,
        cancelled_at=row.cancelled_at,
        note=row.note,
    )
