"""The call list: who cannot be reached, why, since when, and who is left out."""

from collections.abc import Iterator

import pytest

from bot.desk.people.call_list import NOBODY_TO_CALL, call_list
from bot.desk.people.joining_codes import give_codes
from bot.messaging.messages import Commanded, Membership, Moved, Sender
from storage.database import Database, NotFound
from storage.people.addresses import add_address, find_address
from tests.bot.fieldwork_world import DELETED, World, utc
from tests.listening import statements_of
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE

JULY = utc("2018-07-20T00:00")
"""M6 is still to come."""
OPEN = utc("2018-08-12T00:00")
"""M6 is open and its invitations are sent."""


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database, JULY)
    world.workshop()
    yield world
    world.close()


def calls(world: World, code: str | None = None) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    found = world.database.read(call_list, world.office, world.now, code)
    return {one.name: (one.reason, f"{one.since:%d %b %H:%M}", one.open) for one in found}


async def says(world: World, chat: str) -> str:
    reply = await world.application.reception.receive(
        Commanded(Sender("demo", chat), "unreachable")
    )
    return reply.says[0].card.text


async def test_d06_d07_lost_chats_are_listed_with_reason_and_time(world: World) -> None:
    world.enrol("Ada")
    world.enrol("Ben")
    world.enrol("Eli", chat="")
    chi = world.enrol("Chi")
    world.channel.failures = {"ben": [DELETED]}
    await world.blocks(chi)
    assert calls(world) == {"Chi": ("has blocked the bot", "20 Jul 00:00", ())}
    await world.until(OPEN)
    ((_, lost, _),) = [one for name, one in calls(world).items() if name == "Ben"]
    assert calls(world) == {
        "Chi": ("has blocked the bot", "20 Jul 00:00", ("M6",)),
        "Eli": ("has not joined yet", "20 Jul 00:00", ("M6",)),
        "Ben": ("the account was deleted", lost, ("M6",)),
    }
    assert lost.startswith("08 Aug 2")
    told = await says(world, "boss")
    assert "Chi, Fiji (RM)\n   has blocked the bot since Fri 20 July 2018; open: M6" in told
    assert "tap Restart" in told
    assert "Ben" not in await says(world, "ada")
    # Once more the same news: reason and time stay.
    world.now = OPEN
    await world.blocks(chi)
    assert calls(world)["Chi"][1] == "20 Jul 00:00"


async def test_who_can_be_reached_again_or_otherwise_is_not_called(world: World) -> None:
    ada, ben, chi, dee, eli = (world.enrol(name) for name in ("Ada", "Ben", "Chi", "Dee", "Eli"))
    for one in (ada, ben, chi, dee, eli):
        await world.blocks(one)
    assert set(calls(world)) == {"Ada", "Ben", "Chi", "Dee", "Eli"}
    await world.blocks(ada, active=True)
    world.database.run(add_address, ben.participant, "demo", "ben-2", JULY)
    await world.stops(chi)
    await world.application.reception.receive(Moved(Sender("demo", "dee"), "dee-2"))
    moved = world.database.read(find_address, "demo", "dee-2")
    assert moved is not None and moved.reason == "moved"
    await world.application.reception.receive(Membership(Sender("demo", "dee-2"), active=True))
    assert set(calls(world)) == {"Eli"}
    await world.until(utc("2019-04-01T00:00"))
    # All questionnaires are over: nothing is left to call for.
    assert calls(world) == {}
    assert await says(world, "boss") == NOBODY_TO_CALL


async def test_many_people_take_as_many_statements_as_one(world: World) -> None:
    await world.blocks(world.enrol("Ada"))
    with statements_of(world.database) as for_one:
        assert len(calls(world)) == 1
    for name in ("Ben", "Chi", "Dee", "Eli"):
        await world.blocks(world.enrol(name))
    with statements_of(world.database) as for_five:
        assert len(calls(world)) == 5
    assert len(for_five) == len(for_one) <= 10


async def test_the_list_of_one_workshop_names_no_other(world: World) -> None:
    world.workshop("IPR")
    await world.blocks(world.enrol("Ada"))
    await world.blocks(world.enrol("Ben", workshop="IPR"))
    assert set(calls(world)) == {"Ada", "Ben"}
    assert set(calls(world, "IPR")) == {"Ben"}
    with pytest.raises(NotFound, match="NOPE"):
        calls(world, "NOPE")


async def test_who_lost_the_account_gets_a_new_code_and_who_blocked_gets_none(
    world: World,
) -> None:
    world.enrol("Ada")
    world.enrol("Ben")
    world.channel.failures = {"ada": [DELETED]}
    await world.until(OPEN)
    await world.blocks(world.enrol("Chi"))
    given = world.database.run(give_codes, world.office, b"key", "RM", OPEN)
    assert [one.name for one in given] == ["Ada"]
