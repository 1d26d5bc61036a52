"""Long work: begins it, shows how far it is, and gives its file.

A page that has long work calls `start`. What is quick is given at once; for the rest the page of the
job is shown, which goes on without the window.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.running import LOST, Told
from bot.web.desk.visits import Done, Download, Form, Screen, Undo, Visit, number_in
from storage.database import Conflict, Ended, NotFound
from storage.office.jobs import (
    RESULTS_KEPT,
    Job,
    JobEnd,
    JobFile,
    JobState,
    NewJob,
    begin_job,
    end_job,
    file_of_job,
    find_job,
    forget_job,
)
from storage.office.staff import StaffRole

MANAGER = StaffRole.MANAGER
SHOWN = timedelta(days=1)
"""How long a job that did not end well stands on the first page."""
GONE = (
    "This work is not known any more. What became of it is kept for a week, its file for an hour."
)
CHANGED = "Your role or your workshops have changed since. Start it again to make it anew."
TAGS = {JobState.RUNNING: "plan", JobState.DONE: "ok", JobState.FAILED: "now"}


class JobKind(StrEnum):
    """The kinds of long work, as people read them."""

    CODES = "code sheet"
    IMPORT = "import"
    REPORT = "report"
    DATA = "data"
    MARKED = "marked copy of a file"
    COPY = "copy"
    RETENTION = "erasure"


@dataclass(frozen=True)
class Finished:
    """What some work did, in words, with what takes it back; its file, and the page to show then."""

    said: str
    undo: tuple[Undo, ...] = ()
    file: Download | None = None
    to: str = ""


LongWork = Callable[[Told], Awaitable[Finished]]


async def start(
    visit: Visit, kind: JobKind, about: str, address: str, work: LongWork
) -> Done | Download:
    """Begin some work, unless the same runs already; return what it did, or the page to follow it.

    `about` names in codes what it is about, `address` the page that began it. A failure within the
    first seconds is raised, so that the page shows it, and no job is kept of it. One that has ended
    well so soon is kept without its file: it takes the place of one that failed or was interrupted.
    """
    new = NewJob(kind, about, visit.session.member.id, address)
    number, is_new = await visit.write(begin_job, new, visit.now, visit.now - LOST)
    if not is_new:
        return Done("This runs already. It was not begun twice.", to=job_address(number))
    following = _Following(work, _standing(visit))
    task = visit.runner.start(number, following.run)
    try:
        await asyncio.wait((task,), timeout=visit.runner.pace.soon)
    finally:
        following.followed = following.finished is None
    if following.followed and not task.done():
        return Done("It has begun. You can close this window.", to=job_address(number))
    problem = await task
    if problem is not None or following.finished is None:
        await visit.write(forget_job, number)
        raise problem or Ended
    done = following.finished
    return done.file or Done(done.said, done.undo, done.to or address)


class _Following:
    """Some work with what it has finished. A file is kept only if somebody comes back for it."""

    def __init__(self, work: LongWork, standing: list[str]) -> None:
        self._work = work
        self._standing = standing
        self.finished: Finished | None = None
        self.followed = False

    async def run(self, told: Told) -> JobEnd:
        """Work, and return how the job ends."""
        self.finished = await self._work(told)
        return _end(self.finished, self.followed, self._standing)


def _standing(visit: Visit) -> list[str]:
    """Return the role and the workshops of a member, which decide what files the member may have."""
    return [visit.member.role, *visit.member.scope]


def _end(done: Finished, keep: bool, standing: list[str]) -> JobEnd:
    file = _kept(done.file) if done.file and keep else None
    undo = [asdict(one) for one in done.undo]
    after = {"to": done.to, "undo": undo, "standing": standing}
    return JobEnd(JobState.DONE, done.said, file, after)


def _kept(file: Download) -> JobFile:
    return JobFile(file.name, file.media_type, file.content)


async def keep_file(visit: Visit, kind: JobKind, file: Download) -> int:
    """Keep a file that was made just now for an hour; return the number of its job."""
    after = {"standing": _standing(visit)}
    end = JobEnd(JobState.DONE, "It is ready.", _kept(file), after)
    about = f"{visit.member.code} {visit.now:%H%M%S%f}"
    new = NewJob(kind, about, visit.session.member.id, "")
    number, _ = await visit.write(begin_job, new, visit.now, visit.now)
    await visit.write(end_job, number, end, visit.now)
    return number


def job_address(number: int) -> str:
    """Return the address of a job."""
    return f"/jobs/{number}"


def state_of(job: Job, visit: Visit) -> JobState:
    """Return the state of a job: one that runs without a beat was interrupted."""
    lost = job.state is JobState.RUNNING and job.beat_at < visit.now - LOST
    return JobState.INTERRUPTED if lost else job.state


def may_follow(job: Job, visit: Visit) -> bool:
    """Return whether the member may see a job: one's own, and for organisers all."""
    return job.staff_id == visit.member.id or visit.may(StaffRole.ORGANISER)


def jobs_to_show(visit: Visit, jobs: Iterable[Job]) -> list[tuple[Job, JobState]]:
    """Return those of some jobs that stand on the first page, with their states.

    An earlier job that was started again is left out.
    """
    found: dict[tuple[str, str], tuple[Job, JobState]] = {}
    for job in jobs:
        if may_follow(job, visit) and job.kind != JobKind.MARKED:
            found.setdefault((job.kind, job.about), (job, state_of(job, visit)))
    hour_ago = visit.now - RESULTS_KEPT
    return [
        one
        for one in found.values()
        if one[1] is not JobState.DONE or (one[0].file and one[0].beat_at >= hour_ago)
    ]


async def show(visit: Visit) -> Screen:
    """Show how far a job is, or how it ended."""
    job = await _job(visit)
    data = {
        "job": job,
        "state": state_of(job, visit),
        "mine": job.staff_id == visit.member.id,
        "undo": [_undo(one) for one in job.after.get("undo", ())],
        "to": job.after.get("to") or job.address,
        "tags": TAGS,
    }
    return Screen("job.html", f"{job.kind.capitalize()}: {_about(job)}", data)


def _about(job: Job) -> str:
    return "your file" if job.kind == JobKind.MARKED else job.about


def _undo(kept: dict[str, Any]) -> Undo:
    fields = tuple((name, value) for name, value in kept["fields"])
    return Undo(kept["address"], kept["act"], fields, kept["label"])


async def _job(visit: Visit) -> Job:
    number = number_in(visit.place["number"])
    job = await visit.read(find_job, number) if number is not None else None
    if job is None or not may_follow(job, visit):
        raise NotFound(GONE)
    return job


async def _file(visit: Visit, form: Form) -> Download:
    """Give the file of a job to the member who has begun it, unless the member's role has changed."""
    job = await _job(visit)
    since = visit.now - RESULTS_KEPT
    found = await visit.read(file_of_job, job.id, since)
    if found is None or job.staff_id != visit.member.id:
        raise NotFound("The file was kept for an hour. Start it again to make it anew.")
    if job.after.get("standing") != _standing(visit):
        raise Conflict(CHANGED)
    return Download(found.name, found.content, found.media_type)


PAGE = DeskPage("/jobs/{number}", MANAGER, show, {"file": DeskAct(MANAGER, _file)})
