"""A wave opens and closes for everybody at one moment, and its cases follow in slices."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import Connection

from bot.desk.waves import acts
from bot.desk.workshops import replanning
from bot.fieldwork.notices import update_and_notify
from bot.fieldwork.progress import wave_progress
from bot.fieldwork.slices import SLICE
from bot.fieldwork.wave_updates import WaveChanges
from storage.database import Database
from storage.due_workshops import workshops_due
from storage.fieldwork.due_contacts import next_due_at
from surveys.people import Role
from surveys.planning.wave_states import UNDO_TIME
from tests.bot.breaking import ends_at
from tests.bot.fieldwork_world import World, _enrolled, utc
from tests.listening import listening, statements_of

Act = Callable[[World], object]
PEOPLE = SLICE + 5
OPENS, SENDING = utc("2018-08-08T12:00"), utc("2018-08-08T23:29")
MOST_STATEMENTS = 40
PLANNED = "UPDATE cases SET next_contact_at"
OVER = utc("2018-09-10T12:00")


@pytest.fixture
def world(office_database: Database) -> Iterator[World]:
    """A workshop with people for more than a slice; one of them cannot be reached."""
    world = World(office_database)
    world.keeps_only("M6")
    world.workshop()
    world.database.run(_many)
    yield world
    world.check_messages()
    world.close()


def _many(connection: Connection) -> None:
    for number in range(PEOPLE):
        facts = {} if number else {"chat": ""}
        where = ("FJ", "RM", Role.PARTICIPANT)
        _enrolled(connection, (f"p{number:03}", *where), facts, utc("2018-02-01T00:00"))


def _act(act: Callable[..., object], *wave: str) -> Act:
    """An act on the workshop, or on a wave of it."""
    return lambda world: world.database.run(act, world.office, "RM", *wave, world.now)


def update(world: World, now: datetime) -> WaveChanges:
    """Do one slice, as a round does."""
    world.now = now
    return world.database.run(update_and_notify, world.office, "RM", now)


@contextmanager
def statements_of_transactions(database: Database, begins: str) -> Iterator[list[int]]:
    """Count the statements that begin so in each transaction that is committed."""
    counted: list[int] = []
    now: dict[Connection, int] = {}

    def said(connection: Connection, _cursor: object, text: str, *_more: object) -> None:
        now[connection] = now.get(connection, 0) + text.startswith(begins)

    def committed(connection: Connection) -> None:
        counted.append(now.pop(connection, 0))

    heard = listening(database, "before_cursor_execute", said)
    with heard, listening(database, "commit", committed):
        yield counted


async def test_a_wave_opens_with_its_whole_number_and_others_write_between_its_slices(
    world: World,
) -> None:
    with statements_of_transactions(world.database, "INSERT INTO cases") as counted:
        first, second = update(world, OPENS), update(world, OPENS)
    # What everybody waits for, the opening itself, has a transaction of its own.
    assert counted == [0, 1]
    assert (first.opened, first.cases, first.more) == (1, 0, True)
    assert f"{PEOPLE} people." in first.notices[0]
    assert (second.opened, second.cases, second.more) == (0, SLICE, True)
    assert world.database.read(workshops_due, OPENS) == ["RM"]
    late = world.enrol("Late")
    with statements_of_transactions(world.database, "INSERT INTO cases") as counted:
        await world.tick(OPENS)
    assert [one for one in counted if one] == [1]
    assert world.count("cases") == PEOPLE + 1
    await world.tick(SENDING)
    assert len(set(world.channel.chats())) == len(world.channel.chats()) == PEOPLE
    assert late.chat in world.channel.chats()
    assert world.channel.to_boss.count("RM M6 is open") == 1


async def test_a_slice_takes_as_many_statements_for_many_as_for_two(world: World) -> None:
    """Each kind of fact is read for all its people at once, and stored in one statement."""
    update(world, OPENS)
    with statements_of(world.database) as opening:
        assert update(world, OPENS).cases == SLICE
    with statements_of(world.database) as opening_the_rest:
        assert update(world, OPENS).cases == PEOPLE - SLICE
    update(world, OVER)
    with statements_of(world.database) as closing:
        assert update(world, OVER).more
    assert len(opening) <= MOST_STATEMENTS
    # The last slice also works out when the workshop is due next.
    assert len(opening_the_rest) >= len(opening)
    assert len(closing) <= MOST_STATEMENTS


async def test_an_end_between_two_slices_loses_nobody(world: World) -> None:
    update(world, OPENS)
    await world.restart()
    assert world.count("cases") == 0
    update(world, OPENS)
    await world.restart()
    assert world.count("cases") == SLICE
    await world.tick(OPENS)
    assert world.count("cases") == PEOPLE
    update(world, OVER)
    await world.restart()
    update(world, OVER)
    await world.restart()
    await world.tick(OVER)
    assert all(file.case.disposition for file in world.cases().values())


async def test_an_end_within_a_slice_leaves_the_slices_before_it(world: World) -> None:
    update(world, OPENS)
    update(world, OPENS)
    with ends_at(world.database, PLANNED, 1):
        update(world, OPENS)
    assert world.count("cases") == SLICE
    await world.tick(OPENS)
    assert world.count("cases") == PEOPLE


async def test_a_closed_wave_sends_and_takes_nothing_while_its_cases_are_settled(
    world: World,
) -> None:
    await world.tick(OPENS)
    first = update(world, OVER)
    assert (first.closed, first.more) == (1, True)
    assert f"RM M6 is closed: nobody was asked ({PEOPLE} people)." in first.notices
    assert not [file for file in world.cases().values() if file.case.disposition]
    update(world, OVER)
    settled = [file for file in world.cases().values() if file.case.disposition]
    assert len(settled) == SLICE
    assert all(file.closed(OPENS) for file in world.cases().values())
    assert world.database.read(next_due_at) is None
    assert world.database.read(workshops_due, OVER) == ["RM"]
    world.check()
    with statements_of_transactions(world.database, "UPDATE cases SET closed_at") as counted:
        await world.tick(OVER)
    assert [one for one in counted if one] == [1]
    cases = [file.case for file in world.cases().values()]
    assert {case.closed_at for case in cases} == {OVER}
    found = [(case.disposition, case.disposition_detail) for case in cases]
    assert found.count(("not_asked", "no_address")) == 1
    assert found.count(("not_asked", "not_sent")) == PEOPLE - 1
    assert world.channel.to_boss.count("is closed") == 1
    assert world.database.read(workshops_due, OVER) == []


async def test_organisers_open_and_close_a_wave_at_once_and_hear_the_whole_number(
    world: World,
) -> None:
    opened = world.database.run(acts.open_wave, world.office, "RM", "M6", OPENS)
    assert (opened.cases, world.count("cases")) == (PEOPLE, SLICE)
    again = world.database.run(acts.open_wave, world.office, "RM", "M6", OPENS)
    assert (again.changed, again.cases) == (False, PEOPLE)
    await world.tick(OPENS + UNDO_TIME)
    assert world.count("cases") == PEOPLE
    closed = world.database.run(acts.close_wave, world.office, "RM", "M6", world.now)
    assert f"is closed: nobody was asked ({PEOPLE} people)." in closed.said
    assert world.database.read(wave_progress, "RM", "M6").state == "closed"
    world.check()
    # Reopened before all were settled, it is open for all of them again.
    again = world.database.run(acts.reopen_wave, world.office, "RM", "M6", world.now)
    assert again.said.endswith(f"{PEOPLE} people have not finished. {LATER}")
    world.check()
    await world.tick(SENDING)
    assert len(set(world.channel.chats())) == PEOPLE - 1
    assert not [file for file in world.cases().values() if file.case.disposition]


async def test_a_wave_held_between_two_slices_sends_nothing(world: World) -> None:
    update(world, OPENS)
    update(world, OPENS)
    world.database.run(acts.hold_wave, world.office, "RM", "M6", OPENS)
    await world.tick(SENDING)
    assert world.count("cases") == PEOPLE
    assert world.channel.chats() == []


LATER = "The messages of its people are planned in the next minutes."
STOPS_AND_GOES_ON = pytest.mark.parametrize(
    ("stops", "goes_on"),
    [
        (_act(acts.hold_wave, "M6"), _act(acts.release_wave, "M6")),
        (_act(replanning.cancel), _act(replanning.restore)),
    ],
    ids=["hold", "cancel"],
)


@STOPS_AND_GOES_ON
async def test_a_wave_stops_for_all_at_once_and_goes_on_in_slices(
    world: World, stops: Act, goes_on: Act
) -> None:
    await world.tick(OPENS)
    with statements_of_transactions(world.database, PLANNED) as counted:
        stops(world)
    assert counted == [1]
    world.check()
    assert world.database.read(next_due_at) is None
    with statements_of_transactions(world.database, PLANNED) as counted:
        assert LATER in str(goes_on(world))
        world.check()
        # An end between two slices loses nobody.
        await world.restart()
        await world.tick(OPENS)
    assert max(counted) == 2
    planned = [file for file in world.cases().values() if file.case.next_contact_at]
    assert len(planned) == PEOPLE - 1


@STOPS_AND_GOES_ON
async def test_what_stops_between_two_slices_sends_nothing(
    world: World, stops: Act, goes_on: Act
) -> None:
    await world.tick(OPENS)
    stops(world)
    goes_on(world)
    stops(world)
    await world.tick(SENDING)
    assert world.channel.chats() == []


async def test_who_cannot_be_reached_counts_so_in_a_held_wave_too(world: World) -> None:
    await world.tick(OPENS)
    assert world.database.read(wave_progress, "RM", "M6").not_reached == 1
    world.database.run(acts.hold_wave, world.office, "RM", "M6", OPENS)
    world.enrol("Late", chat="")
    await world.tick(OPENS)
    assert world.database.read(wave_progress, "RM", "M6").not_reached == 2
