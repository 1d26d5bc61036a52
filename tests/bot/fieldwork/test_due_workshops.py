"""At start the due moments of all workshops are recalculated in batches."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, delete

from bot.fieldwork.due_workshops import BATCH_SIZE
from storage.database import Database
from storage.due_workshops import first_due
from storage.fieldwork.workshops import put_workshop, workshop_codes
from storage.schema import due_workshops
from surveys.workshop import Workshop
from tests.bot.breaking import ends_at
from tests.bot.fieldwork_world import World, utc


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    """More workshops than one batch, none with a due moment."""
    world = World(office_database, utc("2018-07-20T00:00"))
    world.database.run(_many)
    yield world
    world.close()


def _many(connection: Connection) -> None:
    first, last = date(2018, 2, 5), date(2018, 2, 9)
    for number in range(BATCH_SIZE + 1):
        workshop = Workshop(f"W{number:03}", "Risk", "regional", first, last, "Suva", "FJ")
        put_workshop(connection, workshop)
    connection.execute(delete(due_workshops))


def looked_at(world: World) -> int:
    codes = world.database.read(workshop_codes)
    return len(world.database.read(first_due, codes))


async def test_an_end_half_way_is_made_good_by_the_next_start(world: World) -> None:
    with ends_at(world.database, "INSERT INTO due_workshops"):
        await world.rounds.recover()
    assert looked_at(world) == BATCH_SIZE
    await world.restart()
    assert looked_at(world) == BATCH_SIZE + 1
    world.check()
