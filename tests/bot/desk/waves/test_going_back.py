"""Back to the plan, and what else the office has decided about the wave or about one of its people."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.desk.people import case_changes
from bot.desk.people.cases import case_number
from bot.desk.people.personal_data import personal_data_of
from bot.desk.people.stopping import stop_person
from bot.desk.waves import acts
from bot.desk.workshops import added_waves
from storage.database import Conflict, Database
from storage.fieldwork.left_out import leave_out, waves_without
from storage.people.imports import reached
from storage.people.removals import set_removed
from surveys.people import RemovalReason, StopReason
from tests.bot.desk.waves.world import MAY, does, state, two_people
from tests.bot.fieldwork_world import World, utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    yield from two_people(office_database, MAY)


def case_of(world: World, name: str) -> int:
    return world.database.read(case_number, "RM", "M6", f"P-{name.upper()}")


async def until_sent(world: World, number: int = 1) -> None:
    while len(world.channel.to_people) < number:
        await world.tick(world.now + timedelta(minutes=1))


async def test_an_older_undo_does_not_end_a_hold(world: World) -> None:
    does(world, "change_days", (date(2018, 6, 1), None))
    does(world, "hold_wave")
    with pytest.raises(Conflict, match="on hold, was planned"):
        does(world, "put_back")
    assert state(world) == "on hold, was planned"


async def test_one_case_is_not_opened_while_its_wave_is_to_come(world: World) -> None:
    does(world, "open_wave")
    await until_sent(world, 2)
    ada, ben = case_of(world, "Ada"), case_of(world, "Ben")
    world.database.run(case_changes.set_aside, world.office, ada, "twice", world.now)
    does(world, "put_back")
    opened = world.database.run(case_changes.reopen, world.office, ben, 7, world.now)
    assert opened.said == "RM M6 of Ben is not open yet. Nothing was changed."
    world.database.run(case_changes.put_back, world.office, ada, world.now)
    does(world, "skip_wave")
    sent = len(world.channel.to_people)
    await world.until(utc("2018-07-08T00:00"))
    assert all("M6" not in text for _, _, text in world.channel.to_people[sent:])
    assert [kind for kind, outcome, _ in world.outcomes("Ada") if outcome == "sent"] == []


async def test_whoever_was_set_aside_is_not_asked_when_the_wave_opens_again(world: World) -> None:
    does(world, "open_wave")
    await world.tick()
    ada = case_of(world, "Ada")
    world.database.run(case_changes.set_aside, world.office, ada, "twice", world.now)
    does(world, "put_back")
    await world.until(utc("2018-06-12T00:00"))
    assert world.channel.texts("ben")
    assert world.outcomes("Ada") == []


async def test_a_message_that_was_taken_back_has_reached_its_person(world: World) -> None:
    dan = world.enrol("Dan", agreed=False)
    does(world, "open_wave")
    await until_sent(world, 3)
    does(world, "put_back")
    eve = world.enrol("Eve", agreed=False)
    found = world.database.read(reached, [dan.enrolment, eve.enrolment])
    assert found == {dan.enrolment}


async def test_an_added_wave_that_somebody_has_a_message_of_stays(world: World) -> None:
    wanted = added_waves.NewWave("M6", "2018-06-20")
    added = world.database.run(added_waves.add, world.office, "RM", wanted, world.now)
    key = added.wave.key
    does(world, "open_wave", key=key)
    await until_sent(world)
    does(world, "put_back", key=key)
    with pytest.raises(Conflict, match="has a message"):
        world.database.run(added_waves.drop, world.office, "RM", key, world.now)


async def test_an_added_wave_that_is_taken_back_leaves_nothing_for_the_next_one(
    world: World,
) -> None:
    wanted = added_waves.NewWave("M6", "2018-06-20")
    added = world.database.run(added_waves.add, world.office, "RM", wanted, world.now)
    key, ada = added.wave.key, world.enrol("Chi").enrolment
    world.database.run(leave_out, ada, key, world.now)
    world.database.run(added_waves.drop, world.office, "RM", key, world.now)
    assert world.database.read(waves_without, ada) == set()


async def test_a_preview_does_without_a_wave_that_the_plan_has_lost(world: World) -> None:
    does(world, "hold_wave", key="M12")
    does(world, "release_wave", key="M12")
    world.keeps_only("M6")
    preview = world.database.read(acts.preview_wave, world.office, "RM", "M6", world.now)
    assert len(preview.sent_to) == 2
    assert world.database.read(acts.what_follows, world.office, "RM", world.now)


async def test_the_case_of_a_removed_person_is_not_opened(world: World) -> None:
    does(world, "open_wave")
    await until_sent(world, 2)
    does(world, "close_wave")
    ada = world.cases()["Ada", "M6"]
    wrong = RemovalReason.WRONG_LIST
    world.database.run(set_removed, ada.enrolment.id, wrong, world.now)
    with pytest.raises(Conflict, match="was removed from RM"):
        world.database.run(case_changes.reopen, world.office, ada.case.id, 7, world.now)


async def test_a_case_that_was_opened_is_answered_as_long_as_its_wave_is_open_again(
    world: World,
) -> None:
    does(world, "open_wave")
    await until_sent(world, 2)
    does(world, "close_wave")
    world.database.run(case_changes.reopen, world.office, case_of(world, "Ada"), 7, world.now)
    world.now += timedelta(days=20)
    await world.tick()
    does(world, "reopen_wave", world.now.date() + timedelta(days=10))
    ada = world.cases()["Ada", "M6"]
    assert ada.last_day == world.now.date() + timedelta(days=10)


async def test_who_has_a_message_that_was_taken_back_can_see_all_that_is_stored(
    world: World,
) -> None:
    does(world, "open_wave")
    await until_sent(world, 2)
    does(world, "put_back")
    ada = world.cases()["Ada", "M6"].participant
    stored = world.database.read(personal_data_of, ada, world.now)
    assert [share.filled for share in stored.shares] == [()]


async def test_a_list_of_waves_counts_the_people_that_their_progress_counts(world: World) -> None:
    does(world, "open_wave")
    await world.tick()
    ada = world.cases()["Ada", "M6"].enrolment.id
    world.database.run(set_removed, ada, RemovalReason.WRONG_LIST, world.now)
    lines = world.database.read(acts.list_waves, world.office, "RM", world.now)
    told = world.database.read(acts.progress_now, world.office, "RM", "M6", world.now)
    assert [one.cases for one in lines if one.key == "M6"] == [told.cases] == [1]


async def test_who_has_a_message_that_was_taken_back_is_told_of_a_stop(world: World) -> None:
    does(world, "open_wave")
    await until_sent(world, 2)
    does(world, "put_back")
    done = world.database.run(stop_person, world.office, "P-ADA", StopReason.TELEPHONE, world.now)
    assert done.said.endswith("One last message says so.")
