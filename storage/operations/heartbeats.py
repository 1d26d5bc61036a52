"""Heartbeats: when each job worked last, for other processes to check.

The reader decides how old a heartbeat may be. One that is later than now was written by a clock
that was wrong: it counts as absent.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.schema import answers, attempts, cases, enrolments, heartbeats

TICK = "tick"
BACKUP = "backup"
RETENTION = "retention"
SCRUB = "scrub"
NOTICES = "notices"
HELD = "held"
"""When a round came so long after the one before that it closes and deletes nothing by itself."""
TOLERANCE = timedelta(minutes=5)
"""Clocks of several machines differ a little."""


def record_heartbeat(connection: Connection, name: str, at: datetime) -> None:
    """Store that a job ran at this moment."""
    known = connection.execute(
        update(heartbeats).where(heartbeats.c.name == name).values(at=at)
    ).rowcount
    if not known:
        connection.execute(insert(heartbeats).values(name=name, at=at))


def clear_heartbeats(connection: Connection, beginning: str) -> None:
    """Delete the heartbeats whose names begin like this."""
    known = heartbeats.c.name.startswith(beginning, autoescape=True)
    connection.execute(delete(heartbeats).where(known))


def last_heartbeats(connection: Connection, now: datetime) -> dict[str, datetime]:
    """Return when each job worked last; a job that never did is left out, or that did after `now`."""
    past = select(heartbeats).where(heartbeats.c.at <= now + TOLERANCE)
    return {row.name: row.at for row in connection.execute(past)}


def heartbeats_ahead(connection: Connection, now: datetime) -> dict[str, datetime]:
    """Return the heartbeats that are later than `now`, by the name of the job."""
    ahead = select(heartbeats).where(heartbeats.c.at > now + TOLERANCE)
    return {row.name: row.at for row in connection.execute(ahead.order_by(heartbeats.c.name))}


def forget_heartbeats(connection: Connection, names: Collection[str]) -> None:
    """Delete the heartbeats of some jobs."""
    connection.execute(delete(heartbeats).where(heartbeats.c.name.in_(names)))


def last_activity(connection: Connection, now: datetime) -> datetime | None:
    """Return the newest moment until `now` stored in a database; it is complete until then."""
    columns = (
        heartbeats.c.at,
        attempts.c.claimed_at,
        attempts.c.outcome_at,
        answers.c.answered_at,
        cases.c.created_at,
        enrolments.c.enrolled_at,
    )
    newest = [
        connection.scalar(select(func.max(column)).where(column <= now)) for column in columns
    ]
    return max((at for at in newest if at is not None), default=None)
