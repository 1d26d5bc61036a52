"""Statements of several processes that claim what is due on PostgreSQL, compared with one alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import Connection, update

from bot.outbox.claiming import claim_batch
from bot.outbox.sending import SendingContext
from storage.database import Database
from storage.schema import cases
from tests.benchmarks.crowd import MORNING, OPENED, Crowd, crowded
from tests.benchmarks.figure import Figure
from tests.benchmarks.tap import OFFICE
from tests.listening import statements_of
from tests.postgresql import create_database, server_in

DUE = 600
AT_ONCE = 16
PROCESSES = 3
GOAL = 1.1


class _Claimed(NamedTuple):
    messages: int
    statements: int


def measure() -> dict[str, Figure]:
    """Statements of one process and of several, which share what is due."""
    with TemporaryDirectory() as name, server_in(Path(name) / "pg") as server:
        alone, shared = (
            _claimed(create_database(server, f"claims_{many}", "template0"), many)
            for many in (1, PROCESSES)
        )
    assert alone.messages == shared.messages, (alone, shared)
    times = shared.statements / alone.statements
    name = f"statements of {PROCESSES} processes, to one"
    return {
        "messages claimed": Figure(alone.messages, ""),
        "statements of one process": Figure(alone.statements, ""),
        name: Figure(times, "times", f"at most {GOAL}", times <= GOAL),
    }


def _claimed(url: str, processes: int) -> _Claimed:
    """What some processes claim together until nothing is due."""
    crowded(url, Crowd(DUE)).close()
    databases = [Database(url) for _ in range(processes)]
    databases[0].run(_due)
    with ThreadPoolExecutor(processes) as pool:
        done = list(pool.map(_claim_all, databases, range(1, processes + 1)))
    for one in databases:
        one.close()
    return _Claimed(*(sum(some) for some in zip(*done, strict=True)))


def _due(connection: Connection) -> None:
    due = {"next_contact_at": OPENED, "next_contact_channel": "telegram"}
    connection.execute(update(cases).values(due))


def _claim_all(database: Database, number: int) -> _Claimed:
    sending, messages = SendingContext(number, "telegram"), 0
    with statements_of(database) as statements:
        while True:
            batch = database.run(claim_batch, OFFICE, sending, AT_ONCE, MORNING)
            messages += len(batch.contacts)
            if not batch.changed:
                return _Claimed(messages, len(statements))
