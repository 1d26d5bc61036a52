"""What years of closed waves cost: a tap, Today, `/healthz` and `/metrics`, beside an office without.

In processor time. And how long, by the clock, a tap takes beside a thread that only calculates, as
one does that makes a report.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from statistics import median
from threading import Event, Thread

from sqlalchemy import Connection

from bot.operations.health import examine
from bot.operations.metrics import Metrics
from bot.service.process import take_short_turns
from bot.web.desk.pages.today import today
from storage.database import Database
from storage.office.staff import StaffRole, find_member
from storage.operations.totals import Past, total
from tests.benchmarks.crowd import NOW, Crowd
from tests.benchmarks.figure import Figure
from tests.benchmarks.tap import OFFICE, tapped
from tests.benchmarks.what_is_over import add_history
from tests.benchmarks.worlds import file_of_crowd, new_folder
from tests.bot.stage import copied
from tests.staff import employ

PEOPLE = 1_200
OVER = 200_000
TAPS = 200
GOAL = 1.1
HEALTH, METRICS = 50.0, 200.0
"""Milliseconds."""
Act = Callable[[Connection], object]


def measure(people: int = PEOPLE, over: int = OVER, taps: int = TAPS) -> dict[str, Figure]:
    """Milliseconds with years that are over, and how many times those without, on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        without, after = (_office(Path(folder), people, many) for many in (0, over))
        try:
            found = _compared(without, after, taps, over)
            return found | _beside(without, range(taps, people), taps // 2)
        finally:
            without.close()
            after.close()


def _office(folder: Path, people: int, over: int) -> Database:
    return copied(_made(people, over), folder / f"{over}.sqlite3")


@cache
def _made(people: int, over: int) -> Path:
    made = new_folder() / "history.sqlite3"
    database = copied(file_of_crowd(Crowd(people, begun=True)), made)
    database.run(employ, ("demo", "ana"), StaffRole.ORGANISER, NOW)
    if over:
        database.run(add_history, people, over)
    database.close()
    return made


def _compared(without: Database, after: Database, many: int, over: int) -> dict[str, Figure]:
    member = without.read(find_member, "demo", "ana")
    assert member is not None
    taps = [
        [_taken(one.run, tapped, number) for one in (without, after)] for number in range(1, many)
    ]
    found = _ratio(over, "a tap", *(median(some) for some in zip(*taps[20:], strict=True)))

    def looks(connection: Connection) -> object:
        return today(connection, OFFICE, member, NOW)

    def is_asked(connection: Connection) -> object:
        return examine(connection, OFFICE, None, NOW)

    found |= _ratio(over, "Today, its reading", _read(without, looks), _read(after, looks))
    asked = _read(without, is_asked), _read(after, is_asked)
    found |= _ratio(over, "/healthz", *asked)
    found["/healthz"] = _milliseconds(asked[1], HEALTH)
    metrics = Metrics(after, lambda: NOW)
    for which in ("/metrics by the clock, the first time", "/metrics by the clock"):
        waited = _taken(metrics.text, clock=time.perf_counter)
        found[which] = _milliseconds(waited, METRICS)
    counted = _taken(after.read, total, Past(), NOW)
    found["what it counts aside, the first time"] = Figure(counted, "ms")
    return found


def _beside(office: Database, people: Sequence[int], many: int) -> dict[str, Figure]:
    alone = _some(office, people[:many])
    turns = sys.getswitchinterval()
    with _calculating():
        usual = _some(office, people[many : 2 * many])
        take_short_turns()
        short = _some(office, people[2 * many : 3 * many])
    sys.setswitchinterval(turns)
    return {
        "a tap alone": Figure(alone, "ms"),
        "beside a thread that calculates, turns of 5 ms": Figure(usual, "ms"),
        "the same with short turns": Figure(short, "ms"),
    }


@contextmanager
def _calculating() -> Iterator[None]:
    enough = Event()

    def calculate() -> None:
        while not enough.is_set():
            sum(range(1000))

    thread = Thread(target=calculate)
    thread.start()
    yield
    enough.set()
    thread.join()


def _some(office: Database, numbers: Sequence[int]) -> float:
    clock = time.perf_counter
    return median(_taken(office.run, tapped, number, clock=clock) for number in numbers)


def _read(database: Database, act: Act) -> float:
    return median(_taken(database.read, act) for _ in range(7))


def _taken(
    work: Callable[..., object], *args: object, clock: Callable[[], float] = time.thread_time
) -> float:
    """Milliseconds of processor time, or by another clock."""
    begun = clock()
    work(*args)
    return 1000 * (clock() - begun)


def _ratio(over: int, name: str, before: float, after: float) -> dict[str, Figure]:
    times = after / before
    with_years = f"{name}, with {over} closed cases to none"
    return {with_years: Figure(times, "times", f"at most {GOAL}", times <= GOAL)}


def _milliseconds(value: float, goal: float) -> Figure:
    return Figure(value, "ms", f"at most {goal:g}", value <= goal)
