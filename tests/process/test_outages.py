"""The database does not take what people say: locked by another program, or the disk is full."""

import resource
import sqlite3
import time
from contextlib import closing

from tests.patience import PATIENCE
from tests.process.harness import INVITED, Chats, Office, Process, Run, invited
from tests.standin.control import StandIn
from tests.standin.people import Person

LOCKED_SECONDS = 3
SORRY = "Something went wrong here. Please try again."


def begun(process: Process, office: Office, chats: Chats, number: int) -> list[Person]:
    """So many people who were invited and have the first question before them."""
    process.until(lambda: len(invited(process.tg, office)) == INVITED)
    people = [chats[officer.chat] for officer in office.joined[:number]]
    for person in people:
        person.taps("Start")
    process.until(lambda: all(one.last.text.startswith("Question 1") for one in people))
    return people


def test_d17_taps_while_another_program_holds_the_database_are_stored_without_an_error(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    process = run(busy)
    people = begun(process, busy, chats, 10)
    with closing(sqlite3.connect(busy.database, isolation_level=None, timeout=PATIENCE)) as other:
        other.execute("BEGIN IMMEDIATE")
        free_at = time.monotonic() + LOCKED_SECONDS
        for person in people:
            person.taps("1. Same job")
        tg.wait_until(lambda: time.monotonic() > free_at, LOCKED_SECONDS + PATIENCE)
        assert not any("Question 2" in person.last.text for person in people)
        other.execute("ROLLBACK")
    process.until(lambda: all("Question 2" in person.last.text for person in people))
    assert process.stop() == 0
    assert [busy.answers(one) for one in busy.joined[:10]] == [{"job": "same"}] * 10
    assert not [one for person in people for one in person.notices if one.text == SORRY]
    assert '"error"' not in process.output


def test_a_full_disk_is_said_in_the_log_loses_nothing_that_was_confirmed_and_it_goes_on(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    process = run(busy)
    ada, ben = begun(process, busy, chats, 2)
    ada.taps("1. Same job")
    process.until(lambda: "Question 2" in ada.last.text)
    # No file may grow any more: neither the database nor the journal beside it.
    journal = busy.database.with_name(f"{busy.database.name}-wal")
    full = len(process.output) + 60_000
    assert journal.stat().st_size > full
    limit(process, full)
    ben.taps("1. Same job")
    process.until(lambda: "a poll was not stored" in process.output)
    process.until(lambda: "the disk may be full" in process.output)
    assert ben.last.text.startswith("Question 1")
    assert (busy.answers(busy.joined[0]), busy.answers(busy.joined[1])) == ({"job": "same"}, {})
    limit(process, resource.RLIM_INFINITY)
    rounds = process.ticks()
    process.until(lambda: process.ticks() > rounds)
    # Nobody taps again: the messenger has kept the tap.
    process.until(lambda: "Question 2" in ben.last.text)
    assert process.stop() == 0
    assert [busy.answers(one) for one in busy.joined[:2]] == [{"job": "same"}] * 2
    assert set(map(tuple, busy.outcomes().values())) == {("sent",)}


def limit(process: Process, size: int) -> None:
    """From now on the files that the process writes to may have so many bytes."""
    resource.prlimit(process.popen.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
