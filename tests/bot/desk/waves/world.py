"""A workshop with two waves to come, and acts on them, for the tests of what the office does."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from bot.desk.waves import acts
from storage.database import Database
from tests.bot.fieldwork_world import World, utc
from tests.listening import statements_of

MAY = utc("2018-05-02T22:00")
"""Thursday morning in Fiji, five weeks before M6 of a workshop that ended on 8 December 2017."""


def two_people(database: Database, now: datetime) -> Iterator[World]:
    """Yield a world with Ada and Ben in RM; its messages are checked afterwards."""
    world = World(database, now)
    world.keeps_only("M6", "M12")
    world.workshop(ends=date(2017, 12, 8))
    for name in ("Ada", "Ben"):
        world.enrol(name)
    yield world
    world.check_messages()
    world.close()


def does(world: World, what: str, *more: object, key: str = "M6") -> acts.WaveResult:
    act = getattr(acts, what)
    done: acts.WaveResult = world.database.run(act, world.office, "RM", key, world.now, *more)
    return done


def state(world: World, key: str = "M6") -> str:
    one = world.database.read(acts.find_wave_now, world.office, "RM", key)
    return one.state(world.now)


def statements(world: World, what: Callable[[], object]) -> int:
    """How many statements something takes."""
    with statements_of(world.database) as said:
        what()
    return len(said)
