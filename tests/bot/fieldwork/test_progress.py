"""The progress of a wave in numbers: who was asked, who came by themselves, who was not asked."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.desk.waves import acts
from bot.fieldwork.progress import wave_progress
from storage.database import Database
from storage.schema import cases, enrolments, waves
from surveys.people import Role
from tests.bot.fieldwork_world import BLOCKED, World, utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE
JULY, SENDING = utc("2018-07-20T10:00"), utc("2018-08-09T12:00")


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database, JULY)
    world.keeps_only("M6")
    world.workshop()
    yield world
    world.close()


def line(world: World) -> str:
    return world.database.read(wave_progress, "RM", "M6").line


def starts(world: World, name: str) -> None:
    case = world.cases()[name, "M6"].case.id
    begun = update(cases).where(cases.c.id == case).values(started_at=world.now)
    world.database.run(lambda connection: connection.execute(begun))


async def test_who_came_to_the_room_or_answered_on_paper_is_counted_apart(world: World) -> None:
    world.enrol("Ada")
    world.enrol("Ben", chat="")
    await world.until(SENDING)
    starts(world, "Ben")
    assert line(world) == (
        "M6 RM (open): invited 1 of 2 · started 1 · completed 0 · could not be reached 0 · "
        "answered without an invitation 1"
    )


async def test_a_contact_point_who_handed_over_is_in_no_part_and_in_no_base(world: World) -> None:
    ada = world.enrol("Ada")
    world.enrol("Ben")
    await world.until(SENDING)
    starts(world, "Ada")
    handed = update(enrolments).where(enrolments.c.id == ada.enrolment)
    world.database.run(lambda c: c.execute(handed.values(handed_over_at=world.now)))
    world.database.run(acts.close_wave, world.office, "RM", "M6", world.now)
    assert line(world) == (
        "M6 RM (closed): invited 1 of 1 · started 0 · completed 0 · could not be reached 0 · "
        "cancelled or handed over 1"
    )


async def test_a_wave_closed_before_its_first_message_has_asked_nobody(world: World) -> None:
    for name in ("Ada", "Ben", "Chi"):
        world.enrol(name)
    world.enrol("Dee", chat="")
    world.database.run(acts.open_wave, world.office, "RM", "M6", world.now)
    closed = world.database.run(acts.close_wave, world.office, "RM", "M6", world.now)
    assert "M6 is closed: nobody was asked (4 people)." in closed.said
    assert line(world) == "M6 RM (closed): nobody was asked (4 people)"
    found = {(one.case.disposition, one.case.disposition_detail) for one in world.cases().values()}
    assert found == {("not_asked", "not_sent"), ("not_asked", "no_address")}
    world.database.run(acts.reopen_wave, world.office, "RM", "M6", world.now)
    assert line(world).startswith("M6 RM (open): invited 0 of 4 ")


async def test_of_a_wave_closed_half_way_only_those_it_has_asked_count(world: World) -> None:
    world.enrol("Ada")
    world.enrol("Ben")
    world.channel.failures["ben"] = [BLOCKED]
    await world.until(SENDING)
    world.enrol("Chi")
    await world.tick(SENDING + timedelta(hours=9))
    world.database.run(acts.close_wave, world.office, "RM", "M6", world.now)
    assert line(world) == (
        "M6 RM (closed): invited 1 of 2 · started 0 · completed 0 · could not be reached 1 · "
        "not asked 1"
    )
    assert wave_said(world) == "2 people were asked, 0 have answered; 1 was not asked"


async def test_a_wave_of_contact_points_counts_administrations(world: World) -> None:
    first = world.enrol("Ada", role=Role.CONTACT_POINT)
    world.enrol("Ben", place="TO", role=Role.CONTACT_POINT)
    asked = update(waves).where(waves.c.key == "M6").values(role=Role.CONTACT_POINT)
    world.database.run(acts.open_wave, world.office, "RM", "M6", world.now)
    world.database.run(lambda connection: connection.execute(asked))
    await world.tick(world.now)
    await world.until(SENDING)
    starts(world, "Ada")
    handed = update(enrolments).where(enrolments.c.id == first.enrolment)
    world.database.run(lambda c: c.execute(handed.values(handed_over_at=world.now)))
    world.enrol("Chi", role=Role.CONTACT_POINT, about=first.enrolment)
    await world.until(SENDING + timedelta(days=4))
    starts(world, "Chi")
    assert line(world) == (
        "M6 RM (open): administrations invited 2 of 2 · started 1 · completed 0 · "
        "could not be reached 0"
    )
    assert wave_said(world) == "2 administrations, 0 have answered"


def wave_said(world: World) -> str:
    return world.database.read(wave_progress, "RM", "M6").answered
