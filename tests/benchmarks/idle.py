"""A round of fieldwork that has nothing to do, and one with some due, as the cases grow."""

import asyncio
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median

from bot.channels.base import Card
from bot.office import Office
from bot.wiring import House, build_house
from storage.contacting import Rules
from surveys.plans_file import packaged_plans
from tests.benchmarks.crowd import MORNING, NOW, Crowd, crowded, sqlite_url
from tests.benchmarks.figure import Figure

SIZES = (1_000, 10_000, 100_000)
"""Add 1_000_000 for the long one: about two minutes and 1 GB more."""
DUE = 500
ROUNDS = 7
MOST_TIMES = 1.5
MOST_SMALLER = 2.0


class Quick:
    """A channel on which everything arrives at once."""

    name = "telegram"

    async def send(self, identifier: str, card: Card, replace: str = "") -> str:
        return "1"


def measure() -> dict[str, Figure]:
    """Milliseconds of an idle round, and of a message when some are due, by number of cases."""
    found: dict[str, Figure] = {}
    idle, due = [], []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            idle.append(_median_round(Path(folder), size))
            due.append(_each_due(Path(folder), size, min(DUE, size)))
            found[f"idle round, {size} cases"] = Figure(idle[-1], "ms")
            found[f"a message of {DUE} due, {size} cases"] = Figure(due[-1], "ms")
        few = _each_due(Path(folder), SIZES[0], DUE // 5)
    for name, values in (("idle round", idle), ("a message", due)):
        grown = max(values) / values[0]
        target = f"at most {MOST_TIMES}"
        found[f"{name}, most to least cases"] = Figure(grown, "times", target, grown <= MOST_TIMES)
    linear = due[0] / few
    name = f"a message of {DUE} due to one of {DUE // 5}"
    target = f"at most {MOST_TIMES} (linear)"
    return found | {name: Figure(linear, "times", target, linear <= MOST_TIMES)}


def _house(folder: Path, crowd: Crowd, now: datetime) -> House:
    name = f"{crowd.cases}-{crowd.due}"
    database = crowded(sqlite_url(folder, name), crowd)
    office = Office(Rules(packaged_plans(), ("telegram",)))
    return build_house(database, office, {"telegram": Quick()}, lambda: now)


def _median_round(folder: Path, size: int) -> float:
    house = _house(folder, Crowd(size), NOW)
    try:
        return median(asyncio.run(_rounds(house, ROUNDS))[2:])
    finally:
        house.memory.close()


def _each_due(folder: Path, size: int, due: int) -> float:
    """Milliseconds of one of the messages that are due; the idle part of the round is taken off."""
    house = _house(folder, Crowd(size, due), MORNING)
    try:
        busy, *idle = asyncio.run(_rounds(house, 3))
        return (busy - min(idle)) / due
    finally:
        house.memory.close()


async def _rounds(house: House, number: int) -> list[float]:
    taken = []
    for _ in range(number):
        begun = time.perf_counter()
        done = await house.fieldwork.tick()
        taken.append(1000 * (time.perf_counter() - begun))
        assert not done.opened and not done.cases, done
    return taken
