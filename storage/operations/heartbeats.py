"""Heartbeats: when each job ran last, for other processes to check.

The reader decides how old a heartbeat may be.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.schema import answers, attempts, cases, enrolments, heartbeats

TICK = "tick"
BACKUP = "backup"
RETENTION = "retention"
SCRUB = "scrub"


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


def last_heartbeats(connection: Connection) -> dict[str, datetime]:
    """Return when each job ran last; a job that never ran is left out."""
    return {row.name: row.at for row in connection.execute(select(heartbeats))}


def last_activity(connection: Connection) -> datetime | None:
    """Return the newest moment stored in a database; it is complete at least until then."""
    columns = (
        heartbeats.c.at,
        attempts.c.claimed_at,
        attempts.c.outcome_at,
        answers.c.answered_at,
        cases.c.created_at,
        enrolments.c.enrolled_at,
    )
    newest = [connection.scalar(select(func.max(column))) for column in columns]
    return max((at for at in newest if at is not None), default=None)
