"""How long a list of 10,000 people takes, and the same list again. Prints figures and judges nothing."""

import tempfile
import time
from pathlib import Path

from bot.desk.people.participant_lists import import_participants
from bot.importing.files import open_list
from bot.importing.rows.rows import List
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import put_workshop
from storage.people.administrations import put_administrations
from surveys.planning.administrations import packaged_administrations
from surveys.planning.plans_file import packaged_plans
from tests.benchmarks.figure import Figure
from tests.bot.fieldwork_world import utc
from tests.bot.stage import SUVA, copied, made_database

PEOPLE = 10_000
GOAL = 20.0
"""Seconds in which a list of 10,000 people should be in."""
NOW = utc("2018-01-10T10:00")


def measure() -> dict[str, Figure]:
    """Seconds for a list of 10,000 people as CSV on SQLite: first, then again unchanged."""
    codes = list(packaged_administrations())
    rows = (f"Person {n},{codes[n % len(codes)]},p{n}@example.org" for n in range(PEOPLE))
    given = open_list("\n".join(("name,administration,email", *rows)).encode(), "people.csv")
    office = Office(Rules(packaged_plans(), ("demo",)))
    with tempfile.TemporaryDirectory() as folder:
        made = made_database(Path(folder) / "made.sqlite3")
        database = copied(made, Path(folder) / "followup.sqlite3")
        database.run(put_administrations, packaged_administrations().values())
        database.run(put_workshop, SUVA)
        first = _timed(database, office, given)
        again = _timed(database, office, given)
        database.close()
    return {"first": first, "again": again}


def _timed(database: Database, office: Office, given: List) -> Figure:
    begun = time.perf_counter()
    import_participants(database, office, SUVA.code, given, NOW)
    taken = time.perf_counter() - begun
    return Figure(round(taken, 2), "s", f"at most {GOAL:g}", taken <= GOAL)
