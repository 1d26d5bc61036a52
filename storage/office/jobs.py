"""Long work that staff have begun at the desk: how far it is, how it ended, and its file.

A process that works on a job beats. A job whose beat is old was interrupted: its process has ended.
Of one kind about one thing a single job runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update

from storage.schema import jobs, staff
from storage.types import UtcDateTime

RESULTS_KEPT = timedelta(hours=1)
"""How long the file of a job is kept after its end."""


class JobState(StrEnum):
    """What has become of a job."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class NewJob:
    """A job to begin: its kind, what it is about in codes, whose it is, the page that began it."""

    kind: str
    about: str
    staff_id: int
    address: str


@dataclass(frozen=True)
class Job:
    """A job: how far it is, who has begun it, and what is said about its end.

    `total` is 0 while nobody knows it. `file` is the name of its file, "" if there is none.
    `after` is what follows: the undo of what was done, and the page that shows it.
    """

    id: int
    kind: str
    about: str
    staff_id: int
    who: str
    address: str
    state: JobState
    done: int
    total: int
    said: str
    began_at: datetime
    beat_at: datetime
    file: str
    after: Mapping[str, Any]


@dataclass(frozen=True)
class JobFile:
    """The file that a job has made."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class JobEnd:
    """How a job ends: its state, a sentence, its file, and what follows."""

    state: JobState
    said: str
    file: JobFile | None = None
    after: Mapping[str, Any] | None = None


def begin_job(
    connection: Connection, new: NewJob, at: datetime, lost_before: datetime
) -> tuple[int, bool]:
    """Store a new job; return its number and that it is new.

    If the same runs already, return that one. One whose last beat is older than `lost_before` was
    interrupted, and a new one takes its place.
    """
    same = (jobs.c.kind == new.kind, jobs.c.about == new.about, _running())
    running = connection.execute(select(jobs).where(*same).with_for_update()).one_or_none()
    if running is not None and running.beat_at >= lost_before:
        return running.id, False
    if running is not None:
        _set(connection, running.id, {"state": JobState.INTERRUPTED})
    values = {
        "kind": new.kind,
        "about": new.about,
        "staff_id": new.staff_id,
        "address": new.address,
        "state": JobState.RUNNING,
        "began_at": at,
        "beat_at": at,
    }
    number: int = connection.execute(insert(jobs).values(values).returning(jobs.c.id)).scalar_one()
    return number, True


def beat_job(connection: Connection, number: int, done: int, total: int, at: datetime) -> bool:
    """Store how far a job is; return False if it runs no more for the database."""
    return _set(connection, number, {"done": done, "total": total, "beat_at": at})


def end_job(connection: Connection, number: int, end: JobEnd, at: datetime) -> bool:
    """Store how a job has ended; return False if it was given up before."""
    file = end.file
    values: dict[str, Any] = {
        "state": end.state,
        "said": end.said,
        "beat_at": at,
        "after": dict(end.after or {}),
    }
    if file is not None:
        values |= {"file_name": file.name, "media_type": file.media_type, "content": file.content}
    return _set(connection, number, values)


# Built once, because the first page asks for them: without the content of their files.
_ALL: Select[Any] = select(
    *(column for column in jobs.c if column.name != "content"),
    staff.c.label.label("label"),
    staff.c.code.label("code"),
).join(staff, staff.c.id == jobs.c.staff_id)
_SINCE = _ALL.where(jobs.c.beat_at >= bindparam("since", type_=UtcDateTime)).order_by(
    jobs.c.id.desc()
)


def find_job(connection: Connection, number: int) -> Job | None:
    """Return a job, None if there is none (any more)."""
    row = connection.execute(_ALL.where(jobs.c.id == number)).one_or_none()
    return _job_of(row) if row else None


def jobs_since(connection: Connection, since: datetime) -> list[Job]:
    """Return the jobs whose last beat came since a moment, newest first."""
    return [_job_of(row) for row in connection.execute(_SINCE, {"since": since})]


def file_of_job(connection: Connection, number: int, since: datetime) -> JobFile | None:
    """Return the file of a job that has ended since a moment, None if there is none (any more)."""
    wanted = select(jobs.c.file_name, jobs.c.media_type, jobs.c.content)
    here = (jobs.c.id == number, jobs.c.beat_at >= since, jobs.c.content.is_not(None))
    row = connection.execute(wanted.where(*here)).one_or_none()
    return JobFile(row.file_name, row.media_type, row.content) if row else None


def has_old_results(connection: Connection, before: datetime) -> bool:
    """Return whether the file of a job that ended before a moment is still kept."""
    old = select(jobs.c.id).where(jobs.c.content.is_not(None), jobs.c.beat_at < before)
    return connection.execute(old.limit(1)).first() is not None


def forget_results(connection: Connection, before: datetime) -> int:
    """Delete the files of jobs that ended before a moment; return how many."""
    old = (jobs.c.content.is_not(None), jobs.c.beat_at < before)
    gone = update(jobs).where(*old).values(content=None, file_name="", media_type="")
    return connection.execute(gone).rowcount


def forget_job(connection: Connection, number: int) -> None:
    """Delete a job that nobody has to follow."""
    connection.execute(delete(jobs).where(jobs.c.id == number))


def forget_jobs(connection: Connection, before: datetime | None = None) -> int:
    """Delete the jobs whose last beat is older than a moment, else all that have ended."""
    over = jobs.c.state != JobState.RUNNING if before is None else jobs.c.beat_at < before
    return connection.execute(delete(jobs).where(over)).rowcount


def _running() -> Any:
    return jobs.c.state == JobState.RUNNING


def _set(connection: Connection, number: int, values: Mapping[str, Any]) -> bool:
    """Change a job that runs; return False if it does not."""
    here = (jobs.c.id == number, _running())
    return connection.execute(update(jobs).where(*here).values(values)).rowcount == 1


def _job_of(row: Row[Any]) -> Job:
    return Job(
        row.id,
        row.kind,
        row.about,
        row.staff_id,
        row.label or row.code,
        row.address,
        JobState(row.state),
        row.done,
        row.total,
        row.said,
        row.began_at,
        row.beat_at,
        row.file_name,
        row.after or {},
    )
