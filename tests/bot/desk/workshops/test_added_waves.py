"""A questionnaire of the office, asked of one workshop on a day beside its plan."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.desk.waves import acts
from bot.desk.workshops import added_waves, replanning
from bot.desk.workshops.added_waves import NewWave
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.workshops import get_workshop
from storage.instruments.questionnaires import publish
from storage.office.audit import entries
from surveys.authoring.packaged import packaged_questionnaire
from surveys.people import Role
from tests.bot.fieldwork_world import World, utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE

MATRIX = NewWave("RISKMATRIX", "end + 3 months")
"""Asked from 9 May 2018 on: the workshop ends on 9 February."""


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    """A workshop of 5 to 9 February 2018 that M12 follows, and an own questionnaire."""
    world = World(office_database, utc("2018-02-20T00:00"))
    world.keeps_only("M12")
    world.workshop()
    own = packaged_questionnaire("M3").model_copy(update={"key": "RISKMATRIX"})
    world.database.run(publish, own, world.now)
    yield world
    world.check_messages()
    world.close()


def add(world: World, wanted: NewWave = MATRIX) -> added_waves.WaveAdded:
    return world.database.run(added_waves.add, world.office, "RM", wanted, world.now)


def keys(world: World) -> list[str]:
    lines = world.database.read(acts.list_waves, world.office, "RM", world.now)
    return [f"{line.key} {line.state} {line.opens_on}" for line in lines]


async def test_an_own_questionnaire_is_asked_on_its_day_and_only_there(world: World) -> None:
    world.enrol("ana")
    world.workshop("OTHER")
    world.enrol("ben", workshop="OTHER")
    done = add(world)
    assert (done.changed, done.asks, done.people) == (True, False, 1)
    assert done.said == (
        "RM RISKMATRIX is added: from Wed 9 May 2018 to Wed 6 June 2018, for 1 participant."
    )
    assert keys(world) == ["M12 planned 2019-02-09", "RISKMATRIX planned 2018-05-09"]
    await world.until(utc("2018-05-08T00:00"))
    assert not world.channel.to_people
    await world.until(utc("2018-05-09T00:00"))
    await world.until(utc("2018-05-11T00:00"))
    assert world.channel.chats() == ["ana"]
    assert list(world.cases()) == [("ana", "RISKMATRIX")]


def test_adding_the_same_again_changes_nothing_and_says_so(world: World) -> None:
    add(world)
    again = add(world)
    assert again.known and not again.changed
    assert again.said.endswith("Nothing was changed.")
    assert len(keys(world)) == 2


def test_a_second_wave_of_a_questionnaire_gets_a_key_of_its_own(world: World) -> None:
    add(world, NewWave("M12", "2018-06-08"))
    add(world, NewWave("M12", "end + 3 months", Role.SUPERVISOR, 14))
    assert keys(world)[1:] == ["M12-2 planned 2018-06-08", "M12-3 planned 2018-05-09"]


def test_a_distance_moves_with_the_workshop_and_a_day_stays(world: World) -> None:
    add(world)
    add(world, NewWave("M12", "2018-06-08"))
    days = (None, date(2018, 3, 9))
    world.database.run(replanning.move, world.office, "RM", days, world.now)
    assert keys(world)[1:] == ["M12-2 planned 2018-06-08", "RISKMATRIX planned 2018-06-09"]


def test_what_opens_soon_is_asked_about_and_what_is_over_refused(world: World) -> None:
    soon = world.database.read(
        added_waves.look, world.office, "RM", NewWave("RISKMATRIX", "2018-02-21"), world.now
    )
    assert soon.asks and not soon.changed
    with pytest.raises(Conflict, match="these days are over"):
        add(world, NewWave("RISKMATRIX", "2018-01-02"))
    with pytest.raises(NotFound, match="Did you mean 'RISKMATRIX'"):
        add(world, NewWave("RISKMATRX", "2018-06-08"))


async def test_an_added_wave_is_dropped_until_it_opens(world: World) -> None:
    world.enrol("ana")
    add(world)
    dropped = world.database.run(added_waves.drop, world.office, "RM", "riskmatrix", world.now)
    assert dropped.opens == "end + 3 months"
    assert keys(world) == ["M12 planned 2019-02-09"]
    with pytest.raises(NotFound, match="Its added waves: none"):
        world.database.run(added_waves.drop, world.office, "RM", "M12", world.now)
    add(world)
    await world.until(utc("2018-05-10T00:00"))
    with pytest.raises(Conflict, match="has opened on Wed 9 May 2018"):
        world.database.run(added_waves.drop, world.office, "RM", "RISKMATRIX", world.now)
    assert [one.key for one in world.database.read(get_workshop, "RM").added] == ["RISKMATRIX"]


def test_both_acts_are_in_the_audit_log(world: World) -> None:
    add(world)
    world.database.run(added_waves.drop, world.office, "RM", "RISKMATRIX", world.now)
    found = world.database.read(entries)
    assert [str(one.act) for one in found][-2:] == ["wave added", "wave dropped"]
