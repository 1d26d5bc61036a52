"""After a restore nobody is asked twice: what fell due since the backup counts as sent."""

from collections import Counter
from collections.abc import Iterator

import pytest

from bot.outbox.after_restore import Replayed, take_as_sent
from storage.database import Database
from storage.operations.heartbeats import record_heartbeat
from tests.bot.fieldwork_world import World, utc

BEFORE = utc("2018-08-06T00:00")
"""M6 has not opened: its invitations go on 8 August (UTC)."""
AFTER = utc("2018-08-10T12:00")


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    """The restored database: the bot was last active before M6 opened, days ago."""
    world = World(office_database, utc("2018-07-20T00:00"))
    world.workshop()
    for name in ("Ada", "Ben", "Chi"):
        world.enrol(name)
    world.database.run(record_heartbeat, "tick", BEFORE)
    yield world
    world.check_messages()
    world.close()


def restored(world: World) -> Replayed:
    world.now = AFTER
    return world.database.run(take_as_sent, world.office, AFTER)


async def test_a_wave_that_opened_since_the_copy_invites_nobody_again(world: World) -> None:
    caught = restored(world)
    assert (caught.since, caught.contacts, caught.waves) == (BEFORE, 3, 1)
    world.check()
    await world.until(utc("2018-08-12T00:00"))
    assert world.channel.to_people == []
    assert world.outcomes("Ada") == [("invitation", "unknown", "restored")]
    # Four days after the invitation of unknown outcome everybody gets the first reminder.
    await world.until(utc("2018-08-15T00:00"))
    assert Counter(world.channel.chats()) == {"ada": 1, "ben": 1, "chi": 1}
    assert {kind for kind, _, _ in world.outcomes("Ben")[1:]} == {"reminder"}


async def test_reminders_that_may_have_gone_are_not_repeated(world: World) -> None:
    await world.until(utc("2018-08-09T12:00"))
    assert len(world.channel.to_people) == 3
    world.now = utc("2018-08-21T12:00")
    caught = world.database.run(take_as_sent, world.office, world.now)
    assert (caught.contacts, caught.waves) == (6, 0)
    world.check()
    await world.until(utc("2018-08-23T00:00"))
    assert len(world.channel.to_people) == 3
    await world.until(utc("2018-09-12T00:00"))
    # The third of three reminders is still to come, and comes once.
    assert Counter(world.channel.chats()) == {"ada": 2, "ben": 2, "chi": 2}


async def test_a_second_restore_finds_nothing_more(world: World) -> None:
    assert restored(world).contacts == 3
    again = restored(world)
    assert (again.contacts, again.waves) == (0, 0)


async def test_people_who_cannot_be_reached_or_have_stopped_count_as_nothing(
    world: World,
) -> None:
    dee, eli = world.enrol("Dee"), world.enrol("Eli")
    await world.blocks(dee)
    await world.stops(eli)
    assert restored(world).contacts == 3
    assert world.outcomes("Dee") == []
