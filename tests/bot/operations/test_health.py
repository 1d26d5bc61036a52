"""The health checks: what they count, what they say, and who may read it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.inbox.rows import Batch, take_in
from bot.messaging.messages import Commanded, Sender
from bot.operations.health import Health, Level, examine
from storage.database import Database
from storage.operations.heartbeats import record_heartbeat
from storage.operations.inbox import Arrival
from storage.people.participants import set_language
from tests.bot.fieldwork_world import TIMED_OUT, World, utc

SENDING = utc("2018-08-08T23:29")
FEW = 100_000_000


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database, utc("2018-07-20T00:00"))
    world.workshop()
    yield world
    world.close()


def health(world: World, disk: int | None = None) -> Health:
    return world.database.read(examine, world.office, disk, world.now)


def needing(found: Health, level: Level) -> dict[str, str]:
    return {check.name: check.says for check in found.checks if check.level is level}


async def ticked(world: World, until: datetime = SENDING) -> None:
    await world.until(until)
    for job in ("tick", "demo", "email"):
        world.database.run(record_heartbeat, job, world.now)


async def test_everything_that_goes_by_itself_is_well(world: World) -> None:
    world.enrol("Ada")
    await ticked(world)
    found = health(world)
    assert found.well
    assert set(needing(found, Level.LOOK)) <= {"backup"}


async def test_what_is_late_or_at_fault_needs_a_person(world: World) -> None:
    for name in ("Ada", "Ben"):
        world.enrol(name)
    world.channel.failures = {"ben": [ValueError("a fault of ours")]}
    await ticked(world, utc("2018-08-08T22:45"))
    assert needing(health(world), Level.WRONG) == {
        "faults": "A fault of the program stopped 1 questionnaire."
    }
    # The clock goes on and the bot does not.
    world.now += timedelta(days=40)
    wrong = needing(health(world, FEW), Level.WRONG)
    assert wrong["rounds"] == "The last round was 40 days ago."
    assert wrong["contacts"] == "2 messages should have left more than 30 minutes ago."
    assert wrong["disk"] == "0.1 GB are free."


async def test_what_may_be_missing_is_worth_a_look_and_alarms_nobody(world: World) -> None:
    ada = world.enrol("Ada")
    world.enrol("Ben")
    await world.blocks(world.enrol("Chi"))
    world.database.run(set_language, ada.participant, "is")
    world.channel.failures = {"ben": [TIMED_OUT]}
    await ticked(world)
    found = health(world)
    assert found.well
    look = needing(found, Level.LOOK)
    assert look["unknown"] == "1 message may not have arrived."
    assert look["addresses"] == "1 person cannot be reached."
    assert look["languages"] == "In 2 waves people wait for a translation: Icelandic (is)."


def test_messages_of_strangers_that_were_dropped_are_counted(world: World) -> None:
    arrivals = [Arrival(number, "stranger", "message", "{}") for number in range(50)]
    batch = Batch(4242, "demo", arrivals, {}, -1)
    world.database.run(take_in, batch, 1, world.now)
    said = needing(health(world), Level.LOOK)["inbox"]
    assert said == ("49 messages were dropped within a day, because too many came from one chat.")


async def test_organisers_read_it_in_chat_without_a_name_and_nobody_else_does(
    world: World,
) -> None:
    await world.blocks(world.enrol("Ada"))
    told = [
        (await world.application.reception.receive(Commanded(Sender("demo", chat), "health")))
        for chat in ("boss", "stranger")
    ]
    boss, stranger = (reply.says[0].card.text for reply in told)
    assert boss.startswith("wrong  rounds: The bot has not run yet.")
    assert "1 person cannot be reached." in boss
    assert "Ada" not in boss
    assert "rounds" not in stranger
