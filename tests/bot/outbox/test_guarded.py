"""Trouble of the database that passes is no fault: the next round tries again, and nobody is told."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.outbox.guarded import PATIENCE
from storage.database import Database
from tests.bot.breaking import Unconfirmed, in_trouble
from tests.bot.fieldwork_world import World, utc

MORNING = utc("2018-08-08T23:20")
LEAVING = "UPDATE attempts SET outcome=(?!.*retry_at)"
"""Not the statement with which one of several gives its claim back."""
STORING = "UPDATE cases SET card_address_id"


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database)
    world.keeps_only("M6")
    world.workshop()
    yield world
    world.check_messages()
    world.close()


async def due(world: World, number: int) -> None:
    for n in range(number):
        world.enrol(f"p{n}")
    await world.tick(utc("2018-08-08T12:00"))
    world.now = MORNING
    world.channel.sent.clear()


async def test_messages_that_have_not_left_leave_in_the_next_round_and_nobody_is_told(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    await due(world, 3)
    with in_trouble(world.database, LEAVING, 2):
        done = await world.rounds.tick()
    assert done.outcomes == {"invitation_sent": 1, "postponed": 2}
    logged = capsys.readouterr().out
    assert logged.count("passing_trouble") == 1
    assert "fault" not in logged
    await world.tick(MORNING + timedelta(minutes=1))
    assert world.channel.chats() == ["p0", "p1", "p2"]
    assert world.channel.to_boss == ""


async def test_a_message_whose_outcome_could_not_be_stored_is_not_sent_again(
    world: World,
) -> None:
    await due(world, 1)
    with in_trouble(world.database, STORING, 1):
        done = await world.tick()
    assert done.outcomes == {"postponed": 1}
    assert world.outcomes("p0") == [("invitation", "unknown", "interrupted")]
    await world.tick(MORNING + timedelta(minutes=2))
    assert world.channel.chats() == ["p0"]
    assert world.channel.to_boss == ""


async def test_a_wave_that_could_not_be_opened_opens_in_the_next_round(world: World) -> None:
    world.enrol("Ada")
    world.now = MORNING
    with in_trouble(world.database, "INSERT INTO waves", 1):
        done = await world.rounds.tick()
    assert (done.opened, done.notices) == (0, [])
    assert (await world.tick()).opened == 1
    assert "fault" not in world.channel.to_boss


async def test_trouble_that_lasts_is_told_once(world: World) -> None:
    world.enrol("Ada")
    world.now = MORNING
    with in_trouble(world.database, "INSERT INTO waves", PATIENCE + 1):
        for _ in range(PATIENCE + 1):
            await world.rounds.tick()
    told = f"Workshop RM: the database has stopped it {PATIENCE} times in a row."
    assert world.channel.to_boss.count("the database") == 1
    assert told in world.channel.to_boss
    assert (await world.tick()).opened == 1


@pytest.fixture
def unconfirmed(office_database: Database) -> Iterator[World]:
    """An office whose database can hang up after a commit."""
    database = Unconfirmed(str(office_database.url))
    database.lost = {}
    world = World(database)
    world.keeps_only("M6")
    world.workshop()
    yield world
    world.check_messages()
    world.close()


@pytest.mark.parametrize("name", ["set_leaving", "_claim"])
async def test_what_was_stored_and_not_confirmed_leaves_a_minute_later(
    unconfirmed: World, name: str
) -> None:
    world, database = unconfirmed, unconfirmed.database
    await due(world, 3)
    assert isinstance(database, Unconfirmed)
    database.lost[name] = 3 if name == "set_leaving" else 1
    with suppress(OperationalError):
        await world.rounds.tick()
    world.now += timedelta(minutes=2)
    await world.rounds.tick()
    assert [world.outcomes(f"p{n}")[0][1] for n in range(3)] == ["sent"] * 3
    assert sorted(who for _, who, *_ in world.channel.sent) == ["p0", "p1", "p2"]
