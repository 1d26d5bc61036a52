"""A workshop gets another code: all that belongs to it follows, and the former code works on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.desk.workshops import added_waves
from bot.desk.workshops.added_waves import NewWave
from bot.desk.workshops.renaming import Renamed, rename
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.workshop_names import code_of
from storage.fieldwork.workshops import all_workshops, put_workshop
from surveys.problems import BadInput
from tests.bot.fieldwork_world import World
from tests.storage.everything import columns_with
from tests.storage.world import NOW, WORKSHOP
from tests.storage.writes import filled

OLD, NEW = WORKSHOP.code, "RISK-FJ"


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    """A database with a row of most kinds, on SQLite and PostgreSQL."""
    database.run(filled)
    world = World(database, NOW + timedelta(hours=1))
    yield world
    world.close()


def to(world: World, new: str, code: str = OLD) -> Renamed:
    return world.database.run(rename, world.office, code, new, world.now)


async def test_every_row_with_the_code_follows_and_the_waves_go_on(world: World) -> None:
    world.database.run(added_waves.add, world.office, OLD, NewWave("M6", "2019-02-01"), world.now)
    done = to(world, NEW)
    assert (done.code, done.former, done.changed) == (NEW, OLD, True)
    where = set(columns_with(world.database, OLD))
    assert where <= {"workshop_names.name", "audit.about", "notices.text", "wave_messages.text"}
    assert [one.code for one in world.database.read(all_workshops)] == [NEW]
    assert world.database.read(code_of, OLD.lower()) == NEW
    await world.tick()


def test_the_way_back_and_a_repetition(world: World) -> None:
    to(world, NEW)
    assert to(world, NEW, code=OLD).said == "RISK-FJ has this code already. Nothing was changed."
    back = to(world, OLD, code=NEW)
    assert back.changed
    assert world.database.read(code_of, NEW) == OLD
    assert to(world, OLD.lower(), code=OLD).code == OLD.lower()


def test_a_taken_or_long_code_is_refused(world: World) -> None:
    world.database.run(_another)
    with pytest.raises(Conflict, match="other is a code of OTHER"):
        to(world, "other")
    for wrong in ("A CODE", "A" * 21, ""):
        with pytest.raises(BadInput):
            to(world, wrong)
    with pytest.raises(NotFound, match="Did you mean 'OTHER'"):
        to(world, "X", code="OTHR")


def _another(connection: Connection) -> None:
    put_workshop(connection, replace(WORKSHOP, code="OTHER"))
