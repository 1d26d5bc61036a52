"""What is done with a wave of 3,000 people: how long others wait for it, and the whole time."""

import asyncio
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, insert, update

from bot.desk.waves.lifecycle import hold_wave, release_wave, reopen_wave
from bot.desk.workshops.replanning import cancel, restore
from bot.runtime.opening import put_packaged
from bot.runtime.transactions import Transactions
from bot.service.rounds import Rounds
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import put_workshop
from storage.operations.upgrading import prepare
from storage.schema import addresses, enrolments, participants
from surveys.planning.administrations import packaged_administrations
from surveys.planning.plan import Plan
from surveys.planning.plans_file import packaged_plans
from surveys.workshop import Workshop
from tests.benchmarks.crowd import ENDED, PLACE, sqlite_url
from tests.benchmarks.figure import Figure
from tests.benchmarks.worlds import postgresql_url
from tests.bot.fieldwork_world import utc
from tests.listening import listening, statements_of

PEOPLE = 3_000
GOAL = 200.0
"""Milliseconds for which a tap may wait."""
BETWEEN_TAPS = 0.02
ENROLLED = utc("2018-01-10T10:00")
OPENS, CLOSED = utc("2018-08-09T00:00"), utc("2018-09-20T00:00")
Act = Callable[[Connection, Office, datetime], object]


def _of_wave(act: Callable[..., object]) -> Act:
    return lambda connection, office, now: act(connection, office, "W", "M6", now)


def _of_workshop(act: Callable[..., object]) -> Act:
    return lambda connection, office, now: act(connection, office, "W", now)


ACTS: tuple[tuple[str, Act | None, datetime], ...] = (
    ("opening", None, OPENS),
    ("holding", _of_wave(hold_wave), OPENS),
    ("releasing", _of_wave(release_wave), OPENS),
    ("cancelling", _of_workshop(cancel), OPENS),
    ("restoring", _of_workshop(restore), OPENS),
    ("closing", None, CLOSED),
    ("reopening", _of_wave(reopen_wave), OPENS),
)
"""What happens one after the other: an act of an organiser, or what is due by the clock."""
BY_THE_CLOCK = tuple(one for one in ACTS if one[1] is None)
_M6 = tuple(wave for wave in packaged_plans()["standard"].waves if wave.key == "M6")
OFFICE = Office(Rules({"standard": Plan("standard", _M6)}, ("telegram",)))


def measure(people: int = PEOPLE) -> dict[str, Figure]:
    """Each act on SQLite, and what is due by the clock on PostgreSQL too: waits and times."""
    found: dict[str, Figure] = {}
    with TemporaryDirectory() as name:
        urls = {"SQLite": sqlite_url(Path(name), "waves"), "PostgreSQL": postgresql_url()}
        for what, where in urls.items():
            database = _filled(where, people)
            gc.freeze()  # As `followup run` does.
            for name_of_act, act, at in ACTS if database.is_sqlite else BY_THE_CLOCK:
                measured = asyncio.run(_round(database, people, act, at))
                found |= {
                    f"{what}: {name_of_act}, {one}": figure for one, figure in measured.items()
                }
            database.close()
    return found


def _filled(url: str, people: int) -> Database:
    """A database with one workshop of many people and nothing open."""
    database = Database(url)
    prepare(database, ENROLLED)
    database.run(_fill, people)
    return database


def _fill(connection: Connection, many: int) -> None:
    put_packaged(connection, list(packaged_administrations().values()), ENROLLED)
    put_workshop(connection, Workshop("W", "Risk", "regional", ENDED, ENDED, "Suva", PLACE))
    numbers = range(1, many + 1)
    people = [
        {"id": n, "code": f"P-{n}", "name": f"Officer {n}", "language": "en"} for n in numbers
    ]
    ways: dict[str, Any] = {"channel": "telegram", "state": "active", "since": ENROLLED}
    enrolled: dict[str, Any] = {
        "workshop_code": "W",
        "role": "participant",
        "administration_code": PLACE,
    }
    enrolled |= {"enrolled_at": ENROLLED, "consent_version": 1, "consented_at": ENROLLED}
    connection.execute(insert(participants), people)
    connection.execute(
        insert(addresses),
        [ways | {"id": n, "participant_id": n, "identifier": str(n)} for n in numbers],
    )
    connection.execute(
        insert(enrolments), [enrolled | {"id": n, "participant_id": n} for n in numbers]
    )


@dataclass
class _Times:
    """Seconds: the longest transaction, also in processor time, and the longest wait of a tap."""

    transaction: float = 0.0
    processor: float = 0.0
    wait: float = 0.0


async def _round(
    database: Database, people: int, act: Act | None, now: datetime
) -> dict[str, Figure]:
    """An act and one round at a moment, while somebody writes all the time."""
    times = _Times()
    transactions = Transactions(database)
    rounds = Rounds(transactions, OFFICE, {}, lambda: now)
    await rounds.recover()
    with _timed(database, times), statements_of(database) as statements:
        tapping = asyncio.create_task(_tap(transactions, times))
        begun = time.perf_counter()
        if act is not None:
            await transactions.write(act, OFFICE, now)
        summary = await rounds.update_waves()
        taken, asked = time.perf_counter() - begun, len(statements)
        tapping.cancel()
        await asyncio.wait({tapping})
    assert act or summary.cases == people or summary.closed == 1, summary
    transactions.lease.leave()
    return {
        "longest transaction": _milliseconds(times.transaction),
        "longest in processor time": _milliseconds(times.processor),
        "longest wait of a tap": _milliseconds(times.wait),
        "whole": Figure(round(taken, 1), "s"),
        "statements, with taps": Figure(round(asked / people, 2), "a person"),
    }


def _milliseconds(seconds: float) -> Figure:
    value = round(1000 * seconds)
    return Figure(value, "ms", f"at most {GOAL:g}", value <= GOAL)


async def _tap(transactions: Transactions, times: _Times) -> None:
    """Write something small again and again, as taps do."""
    while True:
        begun = time.perf_counter()
        try:
            await transactions.write(_write)
        finally:
            times.wait = max(times.wait, time.perf_counter() - begun)
        await asyncio.sleep(BETWEEN_TAPS)


def _write(connection: Connection) -> None:
    one = update(participants).where(participants.c.id == 1)
    connection.execute(one.values(language="en"))


@contextmanager
def _timed(database: Database, times: _Times) -> Iterator[None]:
    """Note the longest transaction from its first statement to its commit."""

    def begins(connection: Connection) -> None:
        connection.info["begun"] = time.perf_counter(), time.thread_time()

    def ends(connection: Connection) -> None:
        begun, processor = connection.info["begun"]
        times.transaction = max(times.transaction, time.perf_counter() - begun)
        times.processor = max(times.processor, time.thread_time() - processor)

    with listening(database, "begin", begins), listening(database, "commit", ends):
        yield
