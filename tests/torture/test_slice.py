"""A few schedules of `make torture`, on both databases.

Each lives through a wave with its crashes, in a second or two; fewer would crash too seldom.
"""

from storage.database import Database
from tests.torture.schedule import Figures, furnish, run_schedule

SEEDS = range(4)


def test_crashes_at_random_moments_invite_nobody_twice_and_lose_no_answer(
    database: Database,
) -> None:
    database.run(furnish)
    url = database.url.render_as_string(hide_password=False)
    total = Figures()
    for seed in SEEDS:
        total.add(run_schedule(url, seed))
    assert total.faults == 0, total
    # Something has happened, or the count above would prove nothing.
    assert total.crashes >= len(SEEDS)
    assert total.invitations > 0
    assert total.confirmed > 0
