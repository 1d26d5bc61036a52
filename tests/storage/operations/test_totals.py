"""What monitoring counts: waves that are over are counted once, and again when they are not."""

from datetime import timedelta

from sqlalchemy import Connection

from storage.database import Database
from storage.fieldwork.waves import set_closed
from storage.operations.totals import Past, Totals, total
from tests.storage.world import NOW, World, made, wrote

LATER = NOW + timedelta(days=5)


def test_a_wave_that_is_open_again_is_counted_again_and_not_twice(database: Database) -> None:
    world: World = database.run(made)
    database.run(wrote, world.case, "Words", "Earlier")
    first, past = database.read(total, Past(), NOW)
    assert sum(first.answers.values()) == 3
    assert past == Past()
    database.run(set_closed, world.wave.id, NOW)
    assert database.read(total, past, NOW) == (first, past)
    same, past = database.read(total, past, LATER)
    assert same == first
    assert past.waves == 1
    database.run(set_closed, world.wave.id, None)
    again, past = database.read(total, past, LATER)
    assert again == first
    assert past == Past()


def test_what_is_over_is_not_read_again(database: Database) -> None:
    world: World = database.run(made)
    database.run(set_closed, world.wave.id, NOW)
    _, past = database.read(total, Past(), LATER)

    def writes_late(connection: Connection) -> None:
        wrote(connection, world.case, "Words", "Earlier")

    database.run(writes_late)
    assert database.read(total, past, LATER)[0] == Totals()
