"""What the preview of a wave costs for people who get no message."""

from collections.abc import Iterator

import pytest

from bot.desk.waves.previewing import Preview, preview_wave
from storage.database import Database
from surveys.people import Role
from tests.bot.desk.waves.world import statements
from tests.bot.fieldwork_world import World, utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE
BEFORE, OPEN = utc("2018-07-20T00:00"), utc("2018-08-10T00:00")


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database, BEFORE)
    world.keeps_only("M6", "SUP6")
    world.workshop()
    yield world
    world.close()


@pytest.mark.parametrize("when", [BEFORE, OPEN])
async def test_nobody_who_gets_no_message_costs_a_statement(world: World, when: object) -> None:
    """Supervisors of whom no participant has agreed that they are asked."""
    world.enrol("Ada")
    world.enrol("Sue", role=Role.SUPERVISOR)
    if when is OPEN:
        await world.until(OPEN)
    counted = [statements(world, lambda: previewed(world))]
    for number in range(6):
        world.enrol(f"Sue{number}", role=Role.SUPERVISOR)
    counted.append(statements(world, lambda: previewed(world)))
    assert counted[0] == counted[1]
    reasons = {one.reason for one in previewed(world).not_sent}
    assert len(previewed(world).not_sent) == 7
    assert len(reasons) == 1


def test_nobody_who_cannot_be_reached_costs_a_statement(world: World) -> None:
    counted = []
    for people in (1, 6):
        for number in range(people):
            world.enrol(f"p{people}-{number}", chat="")
        counted.append(statements(world, lambda: previewed(world, "M6")))
    assert counted[0] == counted[1]
    assert len(previewed(world, "M6").not_sent) == 7


def previewed(world: World, key: str = "SUP6") -> Preview:
    return world.database.read(preview_wave, world.office, "RM", key, world.now)
