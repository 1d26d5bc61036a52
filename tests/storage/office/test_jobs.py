"""Long work: one of a kind about one thing, given up without a beat."""

from datetime import timedelta

import pytest

from storage.database import Database
from storage.erasure.erasing import erase
from storage.office.jobs import (
    JobEnd,
    JobFile,
    JobState,
    NewJob,
    beat_job,
    begin_job,
    end_job,
    find_job,
    jobs_since,
)
from storage.office.staff import NewMember, StaffRole, add_member
from tests.storage.world import NOW, World

MINUTE = timedelta(minutes=1)
END = JobEnd(JobState.DONE, "Drawn.", JobFile("a.pdf", "application/pdf", b"%PDF"))


@pytest.fixture
def new(database: Database) -> NewJob:
    """A code sheet that Eva wants."""
    invited = NewMember("S-EVA", StaffRole.ORGANISER, "Eva", (), "command line")
    eva = database.run(add_member, invited, "SECRET", NOW)
    return NewJob("codes", "RM-2017", eva.id, "/codes")


def test_the_same_runs_once_and_anew_when_its_beat_is_old(database: Database, new: NewJob) -> None:
    first, _ = database.run(begin_job, new, NOW, NOW - MINUTE)
    assert database.run(begin_job, new, NOW + MINUTE, NOW) == (first, False)
    second, is_new = database.run(begin_job, new, NOW + 2 * MINUTE, NOW + MINUTE)
    assert (second != first, is_new) == (True, True)
    given_up = database.read(find_job, first)
    assert given_up is not None
    assert given_up.state is JobState.INTERRUPTED
    assert not database.run(beat_job, first, 1, 2, NOW + 3 * MINUTE)
    assert not database.run(end_job, first, END, NOW + 3 * MINUTE)
    assert database.run(end_job, second, END, NOW + 3 * MINUTE)
    assert database.run(begin_job, new, NOW + 4 * MINUTE, NOW)[1]


def test_an_erasure_deletes_what_has_ended(database: Database, world: World, new: NewJob) -> None:
    ended, _ = database.run(begin_job, new, NOW, NOW)
    database.run(end_job, ended, END, NOW)
    running, _ = database.run(begin_job, new, NOW, NOW)
    database.run(erase, world.ada.id, NOW, keep_answers=True)
    assert [one.id for one in database.read(jobs_since, NOW)] == [running]
