"""Plans that the office has written, and the waves that it added to one workshop."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.due_workshops import mark_due
from storage.instruments.text_changes import NewChange, keep_change
from storage.schema import (
    added_waves,
    enrolments,
    language_fallbacks,
    left_out,
    plans,
    waves,
    workshops,
)
from surveys.planning.plan import Plan
from surveys.planning.plan_of_workshop import plan_of_text
from surveys.workshop import AddedWave


def office_plans(connection: Connection) -> dict[str, Plan]:
    """Return the plans of the office by key, without those that cannot be read any more."""
    read = {key: plan_of_text(body) for key, body in plan_texts(connection).items()}
    return {key: plan for key, plan in read.items() if plan is not None}


def plan_texts(connection: Connection) -> dict[str, str]:
    """Return the texts of the plans of the office by key."""
    rows = connection.execute(select(plans.c.key, plans.c.body).order_by(plans.c.key))
    return {row.key: row.body for row in rows}


def lock_plan(connection: Connection, key: str) -> str:
    """Return the text of a plan of the office, locked; "" if there is no such plan."""
    mine = select(plans.c.body).where(plans.c.key == key)
    return connection.scalar(mine.with_for_update()) or ""


def added_questionnaires(connection: Connection) -> set[str]:
    """Return the keys of the questionnaires that added waves ask."""
    return set(connection.scalars(select(added_waves.c.questionnaire).distinct()))


def put_plan(
    connection: Connection, key: str, text: str, by: str, at: datetime, undoes: int | None = None
) -> int:
    """Add a plan of the office, or replace the one with its key; return the number of the change."""
    before = lock_plan(connection, key)
    values = {"body": text, "changed_by": by, "changed_at": at}
    if not connection.execute(update(plans).where(plans.c.key == key).values(values)).rowcount:
        connection.execute(insert(plans).values(key=key, **values))
    mark_due(connection, followers(connection, key))
    return keep_change(connection, NewChange(before, text, at, plan=key, undoes=undoes))


def delete_plan(connection: Connection, key: str, at: datetime, undoes: int | None = None) -> int:
    """Delete a plan of the office that no workshop follows; return the number of the change."""
    before = lock_plan(connection, key)
    connection.execute(delete(plans).where(plans.c.key == key))
    return keep_change(connection, NewChange(before, "", at, plan=key, undoes=undoes))


def followers(connection: Connection, plan: str) -> list[str]:
    """Return the codes of the workshops that follow a plan."""
    mine = select(workshops.c.code).where(workshops.c.plan == plan)
    return list(connection.scalars(mine.order_by(workshops.c.code)))


def add_wave(connection: Connection, code: str, wave: AddedWave, by: str, at: datetime) -> None:
    """Give a workshop a wave of its own. The caller holds the lock of the workshop."""
    connection.execute(
        insert(added_waves).values(
            workshop_code=code,
            key=wave.key,
            role=wave.role,
            questionnaire=wave.questionnaire,
            opens=wave.opens,
            open_days=wave.open_days,
            added_by=by,
            added_at=at,
        )
    )
    mark_due(connection, [code])


def drop_wave(connection: Connection, code: str, key: str) -> None:
    """Take back a wave that was added to a workshop and has not opened, with all about it."""
    for table, named in (
        (added_waves, added_waves.c.key),
        (language_fallbacks, language_fallbacks.c.wave_key),
        (waves, waves.c.key),
    ):
        mine = (table.c.workshop_code == code) & (named == key)
        connection.execute(delete(table).where(mine))
    here = select(enrolments.c.id).where(enrolments.c.workshop_code == code)
    out = (left_out.c.wave_key == key) & left_out.c.enrolment_id.in_(here)
    connection.execute(delete(left_out).where(out))
    mark_due(connection, [code])
