"""What a long list of people takes, and how often it asks in vain. Prints figures, judges nothing.

Two lists of 10,000 people: one for an empty office, then again unchanged, and one for an office that
knows 50,000 people with names of their administrations.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from bot.desk.people.participant_lists import import_participants
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from bot.importing.rows.rows import List
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import put_workshop
from storage.people.administrations import put_administrations
from storage.people.enrolments import NewEnrolment, enrol_all
from storage.people.participants import NewParticipant, add_participants
from surveys.planning.administrations import packaged_administrations
from surveys.planning.plans_file import packaged_plans
from tests.benchmarks.figure import Figure
from tests.benchmarks.invented_names import invented
from tests.bot.fieldwork_world import utc
from tests.bot.importing.nasty_lists import sheet
from tests.bot.stage import KASHIWA, SUVA, copied, made_database
from tests.places import ROOT

PEOPLE, KNOWN, NEW = 10_000, 50_000, 500
GOAL, GOAL_KNOWN = 3.0, 20.0
"""Seconds of processor time for 10,000 people, and for as many among 50,000 known ones."""
MEMORY = 150
"""Megabytes of the command that imports a workbook of 10,000 people."""
MEASURED = (
    "import resource, subprocess, sys; "
    "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)
"""A small process, whose own memory is not that of the command."""
FEW = 10
"""Questions that a list of 500 new people may raise among 50,000 known ones."""
NOW = utc("2018-01-10T10:00")
OFFICE = Office(Rules(packaged_plans(), ("demo",)))
People = Sequence[tuple[str, str]]


def measure(people: int = PEOPLE, known: int = KNOWN, new: int = NEW) -> dict[str, Figure]:
    """Seconds of processor time, memory and questions of lists of people on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        made = made_database(Path(folder) / "made.sqlite3")
        codes = list(packaged_administrations())
        numbered = [(f"Person {n}", codes[n % len(codes)]) for n in range(people)]
        database = _office(made, Path(folder) / "empty.sqlite3")
        first = _seconds(lambda: _imported(database, _list(numbered)), GOAL)
        again = _seconds(lambda: _imported(database, _list(numbered)), GOAL)
        database.close()
        database = _known(made, Path(folder) / "known.sqlite3", known)
        rows = _list(invented(people, seed=2))
        tried = _seconds(lambda: _imported(database, rows, dry_run=True), GOAL_KNOWN)
        asked = _imported(database, _list(invented(new, seed=3)), dry_run=True)
        database.close()
        memory = _memory(_office(made, Path(folder) / "followup.sqlite3"), numbered)
    return {
        f"{people:,} people": first,
        "again": again,
        "memory": Figure(round(memory), "MB", f"at most {MEMORY}", memory <= MEMORY),
        f"{people:,} people among {known:,}": tried,
        f"{new} new ones: questions": _count(len(asked.questions)),
    }


def _known(made: Path, path: Path, many: int) -> Database:
    """An office that knows many people; lists are only tried in it."""
    database = _office(made, path)
    people = invented(many, seed=1)
    for start in range(0, many, PEOPLE):
        database.run(_enrol_all, people[start : start + PEOPLE], start)
    return database


def _memory(database: Database, people: People) -> float:
    """Return the megabytes of a command that imports a workbook with people."""
    folder = Path(str(database.engine.url.database)).parent
    database.close()
    rows = [["Name", "Administration", "E-mail"]]
    rows += [[name, code, f"p{n}@example.org"] for n, (name, code) in enumerate(people)]
    (folder / "people.xlsx").write_bytes(sheet(rows))
    (folder / "config.yaml").write_text("{}")
    words = (sys.executable, "-m", "bot", "participants", "import", SUVA.code, "people.xlsx")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        (sys.executable, "-c", MEASURED, *words),
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    return int(done.stdout) / 1024


def _count(questions: int) -> Figure:
    return Figure(questions, "", f"at most {FEW}", questions <= FEW)


def _office(made: Path, path: Path) -> Database:
    database = copied(made, path)
    database.run(put_administrations, packaged_administrations().values())
    for workshop in (SUVA, KASHIWA):
        database.run(put_workshop, workshop)
    return database


def _list(people: People) -> List:
    rows = (f"{name},{code},p{n}@example.org" for n, (name, code) in enumerate(people))
    return open_list("\n".join(("name,administration,email", *rows)).encode(), "people.csv")


def _imported(database: Database, given: List, *, dry_run: bool = False) -> Imported:
    given = replace(given, dry_run=dry_run)
    return import_participants(database, OFFICE, SUVA.code, given, NOW)


def _enrol_all(connection: Connection, people: People, first: int) -> None:
    """Enrol people in the workshop before."""
    new = [NewParticipant(f"P-{first + n}", name) for n, (name, _) in enumerate(people)]
    numbers = add_participants(connection, new)
    places = zip(numbers, people, strict=True)
    enrol_all(
        connection, [NewEnrolment(KASHIWA.code, number, code) for number, (_, code) in places], NOW
    )


def _seconds(work: Callable[[], object], goal: float) -> Figure:
    begun = time.process_time()
    work()
    taken = time.process_time() - begun
    return Figure(round(taken, 2), "s of CPU", f"at most {goal:g}", taken <= goal)
