"""How long an upgrade of an office with a million cases keeps each table of PostgreSQL locked."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, event, text

from storage.database import Database
from storage.operations.upgrading import prepare
from tests.benchmarks.figure import Figure
from tests.benchmarks.worlds import postgresql_url
from tests.databases import put_earlier

NOW = datetime(2018, 6, 25, 12, tzinfo=UTC)
BEFORE = "0008"
WORKSHOPS, WAVES, PEOPLE = 6_667, 5, 30
"""How many there are; the waves of a workshop, and its people."""
FIRST = 1_000
"""The ids of what is added begin after it."""
GOAL = 1.0
ITEMS = ("job", "v1", "v2", "v3")
GROUP, CASE_OF = f"(n - 1) / {WAVES}", f"(n - 1) / {WAVES * PEOPLE}"
TABLES = ("workshops", "waves", "participants", "enrolments", "cases", "answers", "attempts")
HELD = text(
    "SELECT DISTINCT relname FROM pg_locks JOIN pg_class ON pg_class.oid = relation "
    "WHERE pid = pg_backend_pid() AND relkind = 'r' AND relname = ANY(:names) "
    "AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'AccessExclusiveLock')"
)
"""The tables that this connection keeps others from writing."""


def measure(workshops: int = WORKSHOPS) -> dict[str, Figure]:
    """Return the seconds of a whole upgrade, and the longest that writers of a table wait."""
    database = put_earlier(postgresql_url(), BEFORE)
    try:
        database.run(fill, workshops)
        return _measured(database, workshops * WAVES * PEOPLE)
    finally:
        database.close()


def fill(connection: Connection, workshops: int) -> None:
    """Add many cases to a small office of an earlier version."""
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SET LOCAL session_replication_role = replica"))  # looks up no keys
    for table, many, differs in _rows(workshops):
        names = connection.scalars(
            text("SELECT column_name FROM information_schema.columns WHERE table_name = :name"),
            {"name": table},
        ).all()
        values = ", ".join(differs.get(name, f"one.{name}") for name in names)
        connection.execute(
            text(
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM "
                f"(SELECT * FROM {table} LIMIT 1) one, generate_series(1, {many}) n"
            )
        )
    connection.execute(text("UPDATE waves SET closed_at = opened_at WHERE id % 10 > 0"))


def _rows(workshops: int) -> tuple[tuple[str, int, Mapping[str, str]], ...]:
    """Table, how many rows, and the columns in which a row is not like the first one of the table."""
    enrolled, many = workshops * PEOPLE, workshops * WAVES * PEOPLE
    return (
        ("workshops", workshops, {"code": "'W-' || n"}),
        (
            "waves",
            workshops * WAVES,
            {
                "id": f"{FIRST} + n",
                "workshop_code": f"'W-' || 1 + {GROUP}",
                "key": f"'M' || n % {WAVES}",
            },
        ),
        (
            "participants",
            enrolled,
            {"id": f"{FIRST} + n", "code": "'N-' || n", "name": "'N' || n"},
        ),
        (
            "enrolments",
            enrolled,
            {
                "id": f"{FIRST} + n",
                "participant_id": f"{FIRST} + n",
                "workshop_code": f"'W-' || 1 + (n - 1) / {PEOPLE}",
            },
        ),
        (
            "cases",
            many,
            {
                "id": f"{FIRST} + n",
                "wave_id": f"{FIRST} + 1 + {CASE_OF} * {WAVES} + (n - 1) % {WAVES}",
                "enrolment_id": f"{FIRST} + 1 + {GROUP}",
            },
        ),
        *(("answers", many, {"case_id": f"{FIRST} + n", "item": f"'{one}'"}) for one in ITEMS),
        *(
            (
                "attempts",
                many,
                {"id": f"{FIRST + place * many} + n", "case_id": f"{FIRST} + n"}
                | {"ordinal": str(place)},
            )
            for place in range(2)
        ),
    )


def _measured(database: Database, cases: int) -> dict[str, Figure]:
    locks = Locks(database)
    began = time.monotonic()
    prepare(database, NOW)
    found = {f"{BEFORE} to today, {cases} cases": Figure(time.monotonic() - began, "s")}
    for table, seconds in sorted(locks.longest.items(), key=lambda one: -one[1])[:4]:
        name = f"writers of {table} wait at most"
        found[name] = Figure(seconds, "s", f"at most {GOAL:g}", seconds <= GOAL)
    return found


class Locks:
    """How long the transactions of a database have kept others from writing each table."""

    def __init__(self, database: Database) -> None:
        self.longest: dict[str, float] = {}
        self._names = list(TABLES)
        self._since: dict[str, float] = {}
        self._began = 0.0
        self._looking = False
        event.listen(database.engine, "before_cursor_execute", self._before)
        event.listen(database.engine, "after_cursor_execute", self._after)
        event.listen(database.engine, "commit", self._end)

    def _before(self, *_: Any) -> None:
        self._began = self._began if self._looking else time.monotonic()

    def _after(self, connection: Connection, *_: Any) -> None:
        if self._looking:
            return
        self._looking = True
        for name in connection.scalars(HELD, {"names": self._names}):
            self._since.setdefault(name, self._began)
        self._looking = False

    def _end(self, _connection: Connection) -> None:
        for name, since in self._since.items():
            self.longest[name] = max(self.longest.get(name, 0), time.monotonic() - since)
        self._since.clear()
