"""What follows for the people of a workshop, and what it costs to work that out."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest

from bot.desk.waves import acts
from bot.desk.waves.outlook import LOOKED_AT
from bot.desk.workshops import replanning
from bot.fieldwork.slices import SLICE
from storage.database import Database
from storage.people.participants import set_paused
from surveys.people import Role
from tests.bot.desk.waves.world import statements
from tests.bot.fieldwork_world import World, utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE
JULY = utc("2018-07-20T00:00")
DAYS = (None, date(2018, 2, 16))


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database, JULY)
    world.keeps_only("M6", "M12")
    world.workshop()
    yield world
    world.check_messages()
    world.close()


async def mixed(world: World) -> None:
    """People of many places, and each who gets no message, or gets it later, for another reason."""
    for number, place in enumerate(("FJ", "AF", "TO")):
        world.enrol(f"p{number}", place)
    world.enrol("Bea", "FJ", timezone="Europe/Brussels")
    world.enrol("Dee", chat="")
    world.enrol("Lao", language="lo")
    await world.stops(world.enrol("Ben"))
    paused = world.enrol("Pia", "TO")
    world.database.run(set_paused, paused.participant, date(2018, 8, 20))
    world.workshop("TFA", ends=date(2018, 2, 8))
    for number in (0, 1):
        name = f"q{number}"
        world.enrol(name, workshop="TFA", same_as=world.enrol(name))


def follows(world: World) -> list[str]:
    return list(world.database.read(acts.what_follows, world.office, "RM", world.now))


def previewed(world: World, key: str) -> str:
    """How a line about a wave ends, by the preview of each of its people."""
    shown = world.database.read(acts.preview_wave, world.office, "RM", key, world.now)
    first = min((one.at, one.local) for one in shown.sent_to if one.at)[1]
    return f": {len(shown.sent_to)} of {len(shown.messages)} people, first on {first}."


@pytest.mark.parametrize("when", [JULY, utc("2018-08-08T12:00")])
async def test_it_tells_of_planned_and_open_waves_what_their_previews_show(
    world: World, when: datetime
) -> None:
    await mixed(world)
    await world.until(when)
    told = follows(world)
    assert [line.partition(":")[0] for line in told] == ["M6", "M12"]
    for line, key in zip(told, ("M6", "M12"), strict=True):
        assert line.endswith(previewed(world, key))


async def test_people_who_are_planned_again_in_the_next_minutes_are_told_apart(
    world: World,
) -> None:
    for number in range(SLICE + 2):
        world.enrol(f"p{number}")
    await world.tick(utc("2018-08-08T12:00"))
    _run(world, acts.hold_workshop, "RM")
    told = world.replan(acts.release_workshop, "RM").said[1]
    assert f": {SLICE} of {SLICE + 2} people, first on Thu 9 August 2018" in told
    assert told.endswith("; 2 more are planned in the next minutes.")


def test_nobody_on_the_list_is_said(world: World) -> None:
    world.enrol("Sue", role=Role.SUPERVISOR)
    assert follows(world)[0].endswith("nobody is on the list yet.")


def test_of_many_who_are_alike_all_are_counted_and_some_are_looked_at(world: World) -> None:
    counted = []
    for people in (LOOKED_AT, 3):
        for number in range(people):
            world.enrol(f"p{people}-{number}")
        counted.append(statements(world, lambda: follows(world)))
    assert counted[0] == counted[1]
    assert follows(world)[0].endswith(previewed(world, "M6"))


@pytest.mark.parametrize("act", ["move", "confirm", "restore", "release"])
def test_an_act_does_not_look_at_each_person_while_others_wait_to_write(
    world: World, act: str
) -> None:
    """What follows is read afterwards."""
    does_it: dict[str, Callable[[str], object]] = {
        "move": lambda code: _run(world, replanning.move, code, DAYS),
        "confirm": lambda code: _run(world, replanning.confirm, code),
        "restore": lambda code: _run(world, replanning.restore, code),
        "release": lambda code: _run(world, acts.release_workshop, code),
    }
    counted = []
    for code, people in (("FEW", 1), ("MANY", 8)):
        world.workshop(code, confirmed=act != "confirm")
        for number in range(people):
            world.enrol(f"{code}-{number}", workshop=code)
        if act == "restore":
            _run(world, replanning.cancel, code)
        if act == "release":
            _run(world, acts.hold_workshop, code)
        counted.append(statements(world, lambda code=code: does_it[act](code)))
    assert counted[0] == counted[1]


def _run(world: World, act: Callable[..., acts.WorkshopResult], *args: object) -> None:
    done = world.database.run(act, world.office, *args, world.now)
    assert done.changed
