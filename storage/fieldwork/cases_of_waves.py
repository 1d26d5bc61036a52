"""The cases of a wave: listed, counted, and those without a final disposition."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from storage.fieldwork.cases import IS_THERE, Case, case_of
from storage.schema import cases, enrolments, waves


def cases_in(connection: Connection, wave_id: int) -> list[Case]:
    """Return the cases of a wave in the order in which they were opened.

    Those of removed people, and those that were set aside, are left out.
    """
    mine = select(cases).join(enrolments, IS_THERE).where(_counted_in(wave_id))
    rows = connection.execute(mine.order_by(cases.c.id))
    return [case_of(row) for row in rows]


def administrations_of_cases(connection: Connection, wave_id: int) -> dict[int, str]:
    """Return the administration of each case of a wave, by the number of the case."""
    found = select(cases.c.id, enrolments.c.administration_code).join(enrolments, IS_THERE)
    rows = connection.execute(found.where(cases.c.wave_id == wave_id))
    return {row.id: row.administration_code for row in rows}


def count_cases(connection: Connection, wave_id: int) -> int:
    """Return how many cases a wave has, without those of removed people and those set aside."""
    return cases_by_wave(connection, [wave_id]).get(wave_id, 0)


def cases_by_wave(connection: Connection, waves: Collection[int]) -> dict[int, int]:
    """Return how many cases some waves have, by wave, as `count_cases` counts them."""
    counted = cases.c.wave_id.in_(waves) & cases.c.set_aside_at.is_(None)
    number = select(cases.c.wave_id, func.count().label("number"))
    number = number.join(enrolments, IS_THERE).where(counted)
    rows = connection.execute(number.group_by(cases.c.wave_id))
    return {row.wave_id: row.number for row in rows}


def _counted_in(wave_id: int) -> ColumnElement[bool]:
    return (cases.c.wave_id == wave_id) & cases.c.set_aside_at.is_(None)


def unsettled_cases(
    connection: Connection, workshop_code: str, now: datetime, limit: int
) -> list[int]:
    """Return the ids of at most `limit` cases of closed waves that have no final disposition yet.

    Those of removed people get one if they come back. Those that the office has opened again are left
    out until their time is over.
    """
    over = cases.c.reopened_until.is_(None) | (cases.c.reopened_until <= now)
    closed = (waves.c.workshop_code == workshop_code) & waves.c.closed_at.is_not(None) & over
    wanted = (
        select(cases.c.id)
        .join(enrolments, IS_THERE)
        .join(waves, waves.c.id == cases.c.wave_id)
        .where(closed, cases.c.closed_at.is_(None))
        .order_by(cases.c.id)
        .limit(limit)
    )
    return list(connection.scalars(wanted))
