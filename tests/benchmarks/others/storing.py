"""Storing and exporting responses, beside django-survey-and-report. No HTTP on either side.

Each stores as its page does and as it comes set up: ours one answer after the other, each in a
transaction of its own; the other a whole form at once. Both on a SQLite file.
"""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from analysis.exports.audience import Audience, content_for
from analysis.exports.csv_files import render
from analysis.exports.facts import read_facts
from bot.messaging.messages import Filled, Sender
from bot.reception import received
from storage.database import Database
from tests.benchmarks.crowd import FIRST_CHAT, LATER, MORNING, Crowd
from tests.benchmarks.figure import Figure
from tests.benchmarks.others.questions import WAY, Question, questions, written
from tests.benchmarks.tap import OFFICE
from tests.benchmarks.worlds import copy_of_crowd

RESPONSES = 200
BLOCK = 50
"""So many of the one, then as many of the other, so that both meet the same machine."""
MOST_SECONDS = 10.0
"""No new block after that: on a busy machine fewer are stored, and the rows say how many."""
HERE = Path(__file__).parent
NAME = "django-survey-and-report"
GOAL = "at least 1"


def beside_django(python: str, folder: Path) -> dict[str, Figure]:
    """Seconds of both for storing and for exporting, and how many times ours is faster."""
    database = copy_of_crowd(folder, "responses", Crowd(RESPONSES, begun=True))
    asked, ours, theirs, stored = questions(), 0.0, 0.0, 0
    with _django(python, folder) as django:
        while stored < RESPONSES and ours + theirs < MOST_SECONDS:
            ours += _stored(database, asked, range(stored + 1, stored + BLOCK + 1))
            stored += BLOCK
            theirs += django.does(f"store {BLOCK}", stored)
        own_export = _exported(database, folder / "own.csv", stored)
        their_export = django.does("export", stored + 1)
    database.close()
    told = f"s, {stored:,} responses"
    stores = _compared("storing", told, ours, theirs)
    return stores | _compared("exporting", told, own_export, their_export)


def _compared(what: str, unit: str, ours: float, theirs: float) -> dict[str, Figure]:
    ratio = theirs / ours
    return {
        what: Figure(ours, unit),
        f"{what}, {NAME}": Figure(theirs, unit),
        f"{what}, to {NAME}": Figure(ratio, "", GOAL, ratio >= 1),
    }


def _stored(database: Database, asked: list[Question], people: range) -> float:
    begun = time.perf_counter()
    for number in people:
        for one in asked:
            database.run(_answered, number, one)
    return time.perf_counter() - begun


def _answered(connection: Connection, number: int, one: Question) -> None:
    sender = Sender("telegram", str(FIRST_CHAT + number), "en")
    reply = received(connection, OFFICE, Filled(sender, number, one.item, (one.code,)), MORNING)
    assert not reply.refused and reply.says, reply


def _exported(database: Database, path: Path, stored: int) -> float:
    """Seconds for the table with one line for each response."""
    begun = time.perf_counter()
    path.write_bytes(database.run(_csv))
    taken = time.perf_counter() - begun
    lines = path.read_bytes().decode("utf-8-sig").splitlines()
    full = [line for line in lines if WAY["title_procedure"] in line]
    assert len(full) == stored, f"{len(full)} of {len(lines)} lines have the answers"
    return taken


def _csv(connection: Connection) -> bytes:
    content = content_for(Audience.STAFF, read_facts(connection, None, LATER))
    return render(content.wide["M6"], marked=True, raw=True)


class _Django:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def does(self, order: str, count: int) -> float:
        """Seconds that an order took; `count` is what there must be after it."""
        assert self._process.stdin is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        seconds, found = self.hears().split()
        assert int(found) == count, f"{order}: {found} in place of {count}"
        return float(seconds)

    def hears(self) -> str:
        """The next line of the process."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the process has ended"
        return line


@contextmanager
def _django(python: str, folder: Path) -> Iterator[_Django]:
    command: list[str | Path] = [python, HERE / "survey_of_django.py", folder, written(folder)]
    pipe = subprocess.PIPE
    with (folder / "django.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=log, text=True)
        try:
            django = _Django(process)
            assert django.hears() == "ready\n"
            yield django
        finally:
            process.kill()
            process.communicate()
