"""Left out of one wave, and what that means for the other contact points."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.desk.people.case_changes import set_aside
from bot.desk.people.leaving_out import leave_person_out, take_person_in
from storage.database import Database
from storage.schema import cases
from surveys.people import Role
from surveys.workshop import SURVEY
from tests.bot.fieldwork_world import World, utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE
DAY = date(2018, 2, 5)
OPENS = utc("2018-02-05T00:00")
LATER = OPENS + timedelta(days=1)
ANN = ("IPR", "IPR", "P-ANN")


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    """A survey of administrations with two contact points of one of them."""
    world = World(office_database)
    world.workshop("IPR", ends=DAY, kind=SURVEY, plan="ipr", starts_on=DAY)
    for name in ("Ann", "Bob"):
        world.enrol(name, "FJ", "IPR", Role.CONTACT_POINT)
    yield world
    world.check_messages()
    world.close()


def asked(world: World) -> list[str]:
    return sorted(name for name, _ in world.cases())


async def test_where_a_contact_point_is_left_out_the_next_one_is_asked(world: World) -> None:
    world.database.run(leave_person_out, world.office, ANN, world.now)
    await world.until(LATER)
    assert asked(world) == ["Bob"]


async def test_where_a_contact_point_is_left_out_of_an_open_wave_the_next_one_is_asked(
    world: World,
) -> None:
    await world.until(LATER)
    assert asked(world) == ["Ann"]
    world.database.run(leave_person_out, world.office, ANN, world.now)
    await world.tick()
    assert asked(world) == ["Ann", "Bob"]
    world.database.run(take_person_in, world.office, ANN, world.now)
    await world.tick()


async def test_answers_that_are_set_aside_are_no_answers_of_the_administration(
    world: World,
) -> None:
    await world.until(LATER)
    world.database.run(leave_person_out, world.office, ANN, world.now)
    await world.tick()
    world.database.run(take_person_in, world.office, ANN, world.now)
    bob = world.cases()["Bob", "IPR"].case.id
    done = update(cases).where(cases.c.id == bob).values(started_at=world.now)
    world.database.run(lambda c: c.execute(done.values(completed_at=world.now)))
    world.database.run(set_aside, world.office, bob, "not for them", world.now)
    world.check()
    ann = world.cases()["Ann", "IPR"].case
    assert (ann.hold, ann.next_contact_at is not None) == ("", True)
