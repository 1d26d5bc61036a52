"""A round of fieldwork that has nothing to do, and one with some due, as the cases grow.

Beside them what a start and a look at the health take.
"""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bot.messaging.messages import Card, File, Leave
from bot.operations.health import health_of
from bot.service.wiring import build_application
from bot.settings.office import Office
from storage.fieldwork.next_contact import Rules
from surveys.planning.plans_file import packaged_plans
from tests.benchmarks.crowd import MORNING, NOW, Crowd, make_due
from tests.benchmarks.figure import Figure
from tests.benchmarks.worlds import copy_of_crowd

SIZES = (1_000, 10_000, 100_000)
DUE = 250
ROUNDS = 25
MOST_TIMES = 1.5


class Quick:
    """A channel on which everything arrives at once."""

    name = "telegram"

    async def send(
        self, identifier: str, card: Card, replace: str = "", leave: Leave | None = None
    ) -> str:
        return "1"

    async def send_file(self, identifier: str, file: File, card: Card) -> str:
        return await self.send(identifier, card)


def measure(sizes: Sequence[int] = SIZES) -> dict[str, Figure]:
    """Milliseconds of an idle round, and of a message when some are due, by number of cases."""
    least = sizes[0]
    found: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as folder:
        crowds = {size: Waiting(Path(folder), size) for size in sizes}
        try:
            idle = asyncio.run(_idle(list(crowds.values())))
            asyncio.run(crowds[least].each_due(DUE // 10))  # what is read for the first message
            few = median(asyncio.run(crowds[least].each_due(DUE // 5)) for _ in range(3))
            due = {size: asyncio.run(crowd.each_due(DUE)) for size, crowd in crowds.items()}
            health = {size: crowd.health() for size, crowd in crowds.items()}
        finally:
            for crowd in crowds.values():
                crowd.application.transactions.close()
    for size, crowd in crowds.items():
        found[f"idle round, {size} cases"] = Figure(idle[size], "ms")
        found[f"a message of {DUE} due, {size} cases"] = Figure(due[size], "ms")
        found[f"at start, {size} cases"] = Figure(crowd.starting, "seconds")
        found[f"/healthz, {size} cases"] = Figure(health[size], "ms")
    for name, values in (("idle round", idle), ("a message of those due", due)):
        grown = max(values.values()) / values[least]
        target = f"at most {MOST_TIMES}"
        found[f"{name}, most to least cases"] = Figure(grown, "times", target, grown <= MOST_TIMES)
    linear = due[least] / few
    name = f"a message of {DUE} due to one of {DUE // 5}"
    target = f"at most {MOST_TIMES} (linear)"
    return found | {name: Figure(linear, "times", target, linear <= MOST_TIMES)}


class Waiting:
    """A process on a crowd of one size, as it is after its start."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.now = NOW
        self.invited = 0
        database = copy_of_crowd(folder, str(size), Crowd(size))
        self.office = Office(Rules(packaged_plans(), ("telegram",)))
        self.application = build_application(
            database, self.office, {"telegram": Quick()}, lambda: self.now
        )
        begun = time.perf_counter()
        asyncio.run(self.application.rounds.recover())
        self.starting = time.perf_counter() - begun

    async def round(self) -> float:
        """Milliseconds of one round, which opens nothing."""
        begun = time.perf_counter()
        done = await self.application.rounds.tick()
        taken = 1000 * (time.perf_counter() - begun)
        assert not done.opened and not done.cases, done
        return taken

    def health(self) -> float:
        """Milliseconds of what `/healthz` reads."""
        taken = []
        for _ in range(3):
            begun = time.perf_counter()
            health_of(self.application.transactions.database, self.office, self.now)
            taken.append(1000 * (time.perf_counter() - begun))
        return median(taken)

    async def each_due(self, many: int) -> float:
        """Milliseconds of one of the messages that are due; the idle part of the round is taken off."""
        await self.application.transactions.write(
            make_due, range(self.invited + 1, self.invited + many + 1)
        )
        self.invited += many
        self.now = MORNING
        busy, *idle = [await self.round() for _ in range(3)]
        self.now = NOW
        return (busy - min(idle)) / many


async def _idle(crowds: list[Waiting]) -> dict[int, float]:
    """The median of some rounds of each, in turn, so that all meet the same machine."""
    taken: dict[int, list[float]] = {crowd.size: [] for crowd in crowds}
    for _ in range(ROUNDS):
        for crowd in crowds:
            taken[crowd.size].append(await crowd.round())
    return {size: median(some) for size, some in taken.items()}
