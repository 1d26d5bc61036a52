"""A clock that is wrong for one round closes, misses and deletes nothing; organisers are asked."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.desk.waves import acts
from bot.desk.waves.holding import GOES_ON, NOTHING_HELD, continue_rounds
from bot.fieldwork.holding import hold_after_gap
from bot.messaging.messages import Membership, Sender
from bot.operations.health import Level, examine
from bot.operations.housekeeping import Housekeeping
from bot.outbox.round_summary import RoundSummary
from storage.database import Database
from storage.office.audit import Act, entries
from storage.operations.heartbeats import RETENTION, TICK, last_heartbeats, record_heartbeat
from surveys.planning.contacts import Hold
from tests.bot.fieldwork_world import Enrolled, World, utc

AUGUST = utc("2018-08-20T10:00")
MONTHS = timedelta(days=243)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    """M6 is open, and Ada was invited."""
    world = World(database, utc("2018-07-20T00:00"))
    world.keeps_only("M6", "M12")
    world.workshop()
    world.enrol("Ada")
    yield world
    world.close()


async def a_round(world: World, now: datetime) -> RoundSummary:
    """Run a round with its heartbeats and its housekeeping, as a process does."""
    world.now = now
    held = world.database.run(hold_after_gap, world.office, now)
    summary = await world.rounds.tick(held)
    Housekeeping(world.database, office=world.office).after_round(now, 0.1, held)
    return summary


def states(world: World) -> list[str]:
    """Return the states by what is stored, at a moment of a clock that is right."""
    return [
        line.state for line in world.database.read(acts.list_waves, world.office, "RM", AUGUST)
    ]


def clock_check(world: World) -> tuple[Level, str]:
    found = world.database.read(examine, world.office, None, world.now)
    (check,) = [one for one in found.checks if one.name == "clock"]
    return check.level, check.says


async def test_a_clock_eight_months_ahead_for_one_round_leaves_everything_as_it_was(
    world: World,
) -> None:
    await world.until(AUGUST)
    await a_round(world, AUGUST)
    assert states(world) == ["open", "planned"]
    # In April the window of M6 has passed, and that of M12 too.
    wrong = await a_round(world, AUGUST + MONTHS)
    assert (wrong.closed, wrong.missed, wrong.outcomes) == (0, 0, {})
    back = AUGUST + timedelta(minutes=1)
    await a_round(world, back)
    assert states(world) == ["open", "planned"]
    assert clock_check(world) == (Level.FINE, "No job has run later than now.")
    assert (
        "The clock of the bot's computer was wrong: it was at Sat 20 April 2019"
        in world.channel.to_boss
    )
    # The daily work goes on from the time that is right.
    assert world.database.read(last_heartbeats, back)[TICK] == back
    day = back + timedelta(days=1)
    await a_round(world, day)
    assert world.database.read(last_heartbeats, day)[RETENTION] == day
    world.check()
    # The reminder of September comes on its day.
    await world.until(utc("2018-09-05T00:00"))
    assert len(world.channel.to_people) == 4


async def leaves_and_comes_back(world: World, who: Enrolled) -> None:
    for active in (False, True):
        inbound = Membership(Sender("demo", who.chat), active)
        await world.application.reception.receive(inbound)


async def test_who_taps_by_a_wrong_clock_is_planned_again_once_it_is_right(world: World) -> None:
    ben = world.enrol("Ben")
    await world.until(AUGUST)
    await a_round(world, AUGUST)
    planned = world.cases()["Ben", "M6"].case.next_contact_at
    await a_round(world, AUGUST + MONTHS)
    await leaves_and_comes_back(world, ben)
    assert world.cases()["Ben", "M6"].case.hold == Hold.PAST_WINDOW
    await a_round(world, AUGUST + timedelta(minutes=1))
    assert world.cases()["Ben", "M6"].case.next_contact_at == planned
    world.check()


async def test_who_taps_before_an_organiser_says_that_the_clock_is_right_is_planned_again(
    world: World,
) -> None:
    ben = world.enrol("Ben")
    await world.until(AUGUST)
    await a_round(world, AUGUST)
    planned = world.cases()["Ben", "M6"].case.next_contact_at
    # The clock stood in 1970, and a round was done by it.
    world.database.run(record_heartbeat, TICK, utc("1970-01-01T00:00"))
    world.now = utc("2019-04-20T10:00")
    await leaves_and_comes_back(world, ben)
    back = AUGUST + timedelta(minutes=1)
    await a_round(world, back)
    assert world.cases()["Ben", "M6"].case.hold == Hold.PAST_WINDOW
    world.database.run(continue_rounds, world.office, back)
    await a_round(world, back)
    assert world.cases()["Ben", "M6"].case.next_contact_at == planned


async def test_a_heartbeat_later_than_now_is_absent_and_named_until_the_job_has_run(
    world: World,
) -> None:
    world.now = AUGUST
    world.database.run(record_heartbeat, RETENTION, AUGUST + MONTHS)
    assert RETENTION not in world.database.read(last_heartbeats, AUGUST)
    said = "The clock was wrong: it was at Sat 20 April 2019, 17:00 in Bangkok (retention)."
    assert clock_check(world) == (Level.LOOK, said)
    await a_round(world, AUGUST)
    assert world.database.read(last_heartbeats, AUGUST)[RETENTION] == AUGUST
    assert clock_check(world)[0] is Level.FINE


async def test_after_a_long_stop_nothing_closes_until_an_organiser_says_that_the_clock_is_right(
    world: World,
) -> None:
    await world.until(AUGUST)
    await a_round(world, AUGUST)
    late = AUGUST + MONTHS
    await a_round(world, late)
    await a_round(world, late + timedelta(minutes=1))
    assert states(world) == ["open", "planned"]
    assert world.channel.to_boss.count("The last round was 243 days ago.") == 1
    assert clock_check(world)[0] is Level.WRONG
    assert RETENTION not in last_retention_after(world, late)
    said = world.database.run(continue_rounds, world.office, world.now)
    assert said == GOES_ON
    done = await a_round(world, late + timedelta(minutes=2))
    assert (done.closed, done.missed) == (1, 1)
    assert states(world) == ["closed", "not asked"]
    assert clock_check(world)[0] is Level.FINE
    acts_noted = [one.act for one in world.database.read(entries)]
    assert acts_noted.count(Act.ROUNDS_CONTINUED) == 1
    assert world.database.run(continue_rounds, world.office, world.now) == NOTHING_HELD


def last_retention_after(world: World, since: datetime) -> dict[str, datetime]:
    beats = world.database.read(last_heartbeats, world.now)
    return {name: at for name, at in beats.items() if at >= since}


@pytest.mark.parametrize(("days", "held"), [(2.9, False), (3.1, True)])
async def test_a_weekend_is_no_long_gap(world: World, days: float, held: bool) -> None:
    await a_round(world, AUGUST)
    assert world.database.run(hold_after_gap, world.office, AUGUST + timedelta(days=days)) is held


async def test_a_first_round_that_ended_half_way_counts_as_the_last_one(world: World) -> None:
    await world.until(AUGUST)
    assert TICK not in world.database.read(last_heartbeats, AUGUST)
    assert not world.database.run(hold_after_gap, world.office, AUGUST)
    # The process ended in this round, after it had opened the wave.
    await a_round(world, AUGUST + MONTHS)
    assert states(world) == ["open", "planned"]
