"""The office stops, pauses and starts the messages to one person, and leaves one out of a wave."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from bot.desk.people.leaving_out import leave_person_out, take_person_in
from bot.desk.people.removing import remove_person
from bot.desk.people.stopping import day_to_come, pause_person, start_person, stop_person
from bot.desk.waves import acts
from bot.messaging.messages import Commanded, Sender
from bot.outbox.sending import SendingContext, claim_contact
from bot.reception import received
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.claims import set_leaving
from storage.fieldwork.due_contacts import next_due_at
from surveys.people import RemovalReason, StopReason
from tests.bot.fieldwork_world import World, all_files, utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE
DAY = utc("2018-08-09T00:00")
"""The day of the wave."""
LAST = "You have asked the office for no more messages. This is the last one."


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    world = World(office_database)
    world.keeps_only("M6")
    world.workshop()
    world.enrol("Ann")
    yield world
    world.check_messages()
    world.close()


def stops(world: World, reason: StopReason = StopReason.TELEPHONE) -> str:
    return world.database.run(stop_person, world.office, "P-ANN", reason, world.now).said


def starts(world: World) -> str:
    return world.database.run(start_person, world.office, "P-ANN", world.now).said


def reason(world: World) -> str:
    shown = world.database.read(acts.preview_wave, world.office, "RM", "M6", world.now)
    return shown.messages[0].reason


async def test_a_stop_by_the_office_is_said_once_to_somebody_who_was_written_to(
    world: World,
) -> None:
    await world.until(DAY + timedelta(hours=12))
    assert stops(world) == "Messages to P-ANN are stopped (telephone). One last message says so."
    assert "stopped already, since Thu 9 August 2018 (telephone)" in stops(world, StopReason.EMAIL)
    await world.until(DAY + timedelta(days=40))
    assert [text.partition(" We")[0] for text in world.channel.texts("ann")][1:] == [LAST]


async def test_somebody_who_was_never_written_to_is_told_nothing(world: World) -> None:
    assert stops(world, StopReason.LIST) == "Messages to P-ANN are stopped (list)."
    await world.until(DAY + timedelta(days=12))
    assert world.channel.texts("ann") == []
    assert starts(world) == "P-ANN gets messages again."
    assert starts(world) == "P-ANN gets messages. Nothing was changed."
    await world.until(DAY + timedelta(days=15))
    assert len(world.channel.texts("ann")) == 1


async def test_a_stop_that_is_taken_back_at_once_is_not_said(world: World) -> None:
    await world.until(DAY + timedelta(hours=12))
    stops(world)
    starts(world)
    await world.until(DAY + timedelta(hours=24))
    assert len(world.channel.texts("ann")) == 1


async def test_the_own_stop_of_a_person_is_ended_by_the_person_only(world: World) -> None:
    stops(world)
    # After a stop by the office the person says it too: from then on it is their own.
    await world.application.reception.receive(Commanded(Sender("demo", "ann"), "stop"))
    with pytest.raises(Conflict, match="Only the person can start them again"):
        starts(world)
    assert "(in person)" in stops(world)


async def test_nothing_is_sent_before_the_day_on_which_a_pause_ends(world: World) -> None:
    until = date(2018, 8, 20)
    done = world.database.run(pause_person, world.office, "P-ANN", until, world.now)
    assert done.said == "P-ANN gets no messages before Mon 20 August 2018."
    assert done.undo == "followup participant start P-ANN"
    await world.until(DAY + timedelta(days=9))
    assert (world.channel.texts("ann"), reason(world)) == ([], "has a pause")
    await world.until(DAY + timedelta(days=13))
    assert [one.date() for one in world.channel.times("ann")] == [until - timedelta(days=1)]
    with pytest.raises(Conflict, match="not to come"):
        world.database.run(pause_person, world.office, "P-ANN", until, world.now)


async def test_a_pause_in_the_middle_of_a_wave_holds_its_reminders(world: World) -> None:
    await world.until(DAY + timedelta(hours=12))
    until = date(2018, 8, 24)
    world.database.run(pause_person, world.office, "P-ANN", until, world.now)
    await world.until(DAY + timedelta(days=18))
    first, second, *_ = world.channel.times("ann")
    assert second - first > timedelta(days=14)
    assert starts(world) == "P-ANN gets messages again."


def test_a_day_is_read_as_it_is_written_in_lists(world: World) -> None:
    today = date(2018, 5, 20)
    days = {day_to_come(text, today) for text in ("11 June 2018", "11/06/2018", "2018-06-11")}
    assert days | {day_to_come("11 June", today)} == {date(2018, 6, 11)}
    assert day_to_come("11 May", today) == date(2019, 5, 11)
    with pytest.raises(Conflict, match="not a day"):
        day_to_come("soon", today)


@pytest.mark.parametrize("opened", [False, True])
async def test_one_person_is_left_out_of_one_wave_before_and_after_it_opens(
    world: World, opened: bool
) -> None:
    world.enrol("Ben")
    place = ("RM", "m6", "P-ANN")
    if opened:
        await world.tick(DAY - timedelta(hours=12))
    done = world.database.run(leave_person_out, world.office, place, world.now)
    assert done.said == "P-ANN is left out of M6 of RM."
    again = world.database.run(leave_person_out, world.office, place, world.now)
    assert "already. Nothing was changed." in again.said
    await world.until(DAY + timedelta(days=10))
    assert set(world.channel.chats()) == {"ben"}
    assert reason(world) == "is left out of this wave" if opened else True
    back = world.database.run(take_person_in, world.office, place, world.now)
    assert back.undo == "followup participant leave-out RM M6 P-ANN"
    await world.until(DAY + timedelta(days=12))
    assert set(world.channel.chats()) == {"ann", "ben"}


async def test_a_wave_that_closes_without_them_counts_who_was_left_out_as_not_asked(
    world: World,
) -> None:
    await world.until(DAY + timedelta(hours=12))
    world.database.run(leave_person_out, world.office, ("RM", "M6", "P-ANN"), world.now)
    said = await world.application.reception.receive(Commanded(Sender("demo", "ann"), "continue"))
    assert "no questions for you" in said.says[0].card.text
    await world.until(DAY + timedelta(days=40))
    case = world.cases()["Ann", "M6"].case
    assert (case.disposition, case.disposition_detail) == ("not_eligible", "left_out")


ACTS = {
    "stop": lambda world: stops(world),
    "own stop": lambda world: world.database.run(own_stop, world),
    "pause": lambda world: world.database.run(
        pause_person, world.office, "P-ANN", date(2018, 8, 20), world.now
    ),
    "leave out": lambda world: world.database.run(
        leave_person_out, world.office, ("RM", "M6", "P-ANN"), world.now
    ),
    "remove": lambda world: world.database.run(
        remove_person, world.office, ("RM", "P-ANN"), RemovalReason.WRONG_LIST, world.now
    ),
}


def own_stop(connection: Connection, world: World) -> None:
    received(connection, world.office, Commanded(Sender("demo", "ann"), "stop"), world.now)


@pytest.mark.parametrize("act", ACTS)
async def test_a_message_that_waits_for_its_turn_does_not_leave_after_an_act(
    world: World, act: str
) -> None:
    await world.tick(DAY - timedelta(hours=14))
    due = world.database.read(next_due_at)
    assert due is not None
    world.now = due

    def claimed(connection: Connection) -> int:
        (file,) = all_files(connection)
        sending = SendingContext(7)
        contact = claim_contact(connection, world.office, file.case.id, world.now, sending)
        assert contact is not None
        return contact.claimed.id

    number = world.database.run(claimed)
    ACTS[act](world)
    assert not world.database.run(set_leaving, number, 7)
    assert world.outcomes("Ann") == []


def test_a_wave_that_does_not_exist_is_refused_with_those_that_do(world: World) -> None:
    with pytest.raises(NotFound, match=r"RM has no wave M7\. It has M6"):
        world.database.run(leave_person_out, world.office, ("RM", "M7", "P-ANN"), world.now)
