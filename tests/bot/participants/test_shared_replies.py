"""What people are told about their next questionnaire, in however many workshops they took part."""

from collections.abc import Iterator

import pytest

from bot.messaging.messages import Commanded, Sender
from storage.database import Database
from tests.bot.fieldwork_world import World, utc
from tests.listening import statements_of
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database, utc("2018-07-20T00:00"))
    yield world
    world.close()


async def continues(world: World) -> int:
    """How many statements the reply takes."""
    with statements_of(world.database) as said:
        reply = await world.application.reception.receive(
            Commanded(Sender("demo", "ada"), "continue")
        )
    assert "next questionnaire" in reply.says[0].card.text
    return len(said)


async def test_the_next_questionnaire_of_ten_workshops_is_found_as_that_of_one(
    world: World,
) -> None:
    world.workshop("A")
    ada = world.enrol("Ada", workshop="A")
    of_one = await continues(world)
    for code in "BCDEFGHIJ":
        world.workshop(code)
        world.enrol("Ada", workshop=code, same_as=ada)
    assert await continues(world) == of_one
