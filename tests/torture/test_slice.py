"""A few schedules of `make torture`, on both databases.

Each lives through a wave with its crashes, in a second or two; fewer would crash too seldom.
"""

import random

from storage.database import Database
from tests.torture.driver import drive
from tests.torture.figures import Figures
from tests.torture.schedule import Schedule, clean, furnish, run_schedule

SEEDS = (0, 12, 16, 17, 21, 50, 77, 365)
"""Seeds that have found a fault: texts that waited together, a lost reply, a wrong clock,
a tap sent twice."""


def test_crashes_at_random_moments_invite_nobody_twice_and_lose_no_answer(
    database: Database,
) -> None:
    database.run(furnish)
    total = Figures()
    for seed in SEEDS:
        total.add(run_schedule(database, seed))
    assert total.faults == 0, "\n".join(total.traces)
    # Something has happened, or the count above would prove nothing.
    assert total.crashes >= len(SEEDS)
    assert total.invitations > 0
    assert total.confirmed > 0


def test_the_same_seed_is_the_same_schedule(sqlite_database: Database) -> None:
    sqlite_database.run(furnish)
    traces = []
    for _ in range(2):
        sqlite_database.run(clean)
        schedule = Schedule(sqlite_database, 5)
        drive(schedule.run(), random.Random(5))
        traces.append(schedule.messenger.trace)
    assert len(traces[0]) > 50
    assert traces[0] == traces[1]
