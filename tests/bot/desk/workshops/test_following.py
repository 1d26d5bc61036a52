"""A workshop that follows another plan: its waves, those that have opened, and the way back."""

from collections.abc import Iterator

import pytest

from bot.desk.waves import acts
from bot.desk.workshops.following import follow_plan, look_at_plan
from storage.database import Database, NotFound
from storage.office.audit import entries
from surveys.planning.plan import Plan
from surveys.planning.plans_file import packaged_plans
from tests.bot.fieldwork_world import World, utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    """A workshop of 5 to 9 February 2018 that M6 and M12 follow, and a plan with M3 and M12."""
    world = World(office_database, utc("2018-07-01T00:00"))
    world.keeps_only("M6", "M12")
    waves = packaged_plans()["standard"].waves
    world.plans["other"] = Plan("other", tuple(one for one in waves if one.key in ("M3", "M12")))
    world.workshop()
    yield world
    world.check_messages()
    world.close()


def follow(world: World, key: str) -> acts.WorkshopResult:
    return world.database.run(follow_plan, world.office, "RM", key, world.now)


def states(world: World) -> dict[str, str]:
    lines = world.database.read(acts.list_waves, world.office, "RM", world.now)
    return {one.key: one.state for one in lines}


async def test_it_has_the_waves_of_the_other_plan_and_of_the_first_again(world: World) -> None:
    world.enrol("ana")
    told = world.database.read(look_at_plan, world.office, "RM", "other", world.now)
    assert [one.partition(")")[0] for one in told] == [
        "3 months after (M3",
        "12 months after (M12",
        "6 months after (M6",
    ]
    assert told[0].endswith(" That is past, so nobody is asked in it.")
    world.now = utc("2018-05-20T00:00")
    told = world.database.read(look_at_plan, world.office, "RM", "other", world.now)
    assert told[0].endswith(" It then needs your yes.")
    assert told[2] == "6 months after (M6) is no longer asked."
    assert follow(world, "other").changed
    assert states(world) == {"M3": "needs your yes", "M12": "planned"}
    again = follow(world, "other")
    assert again.said == ("RM follows the plan other already. Nothing was changed.",)
    follow(world, "standard")
    assert states(world) == {"M6": "planned", "M12": "planned"}
    told = [one.about for one in world.database.read(entries)]
    assert told == ["RM plan standard to other", "RM plan other to standard"]


async def test_a_wave_that_has_opened_stays(world: World) -> None:
    world.enrol("ana")
    await world.until(utc("2018-08-20T00:00"))
    assert states(world)["M6"] == "open"
    told = world.database.read(look_at_plan, world.office, "RM", "other", world.now)
    assert told[-1] == "6 months after (M6) has opened, and stays."
    follow(world, "other")
    assert states(world)["M6"] == "open"


def test_an_unknown_plan_is_refused(world: World) -> None:
    with pytest.raises(NotFound, match="Did you mean 'standard'"):
        follow(world, "standart")
