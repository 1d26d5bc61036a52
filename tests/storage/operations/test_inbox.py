"""The table of the inbox: stored once, handled once, settled without content, taken over."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from storage.database import Database
from storage.fieldwork.workshops import put_workshop
from storage.office.staff import StaffRole
from storage.operations.heartbeats import record_heartbeat
from storage.operations.inbox import (
    POLL,
    Arrival,
    Waiting,
    adopt,
    count_try,
    delete_settled,
    give_up,
    inbox_state,
    insert_rows,
    known_chats,
    last_number,
    mark_handled,
    settle,
    stored_numbers,
    unsettled,
)
from storage.operations.process_leases import ProcessLease
from storage.people.addresses import add_address
from storage.people.participants import NewParticipant, add_participant
from storage.people.room_codes import Room, add_room_code, enter_room
from storage.schema import inbox
from surveys.workshop import Workshop
from tests.staff import employ

NOW = datetime(2018, 6, 18, 12, tzinfo=UTC)
BOT, OTHER = 4242, 4343


def arrivals(*numbers: int, chat: str = "7001") -> list[Arrival]:
    return [Arrival(number, chat, "message", f'{{"update_id": {number}}}') for number in numbers]


def put(database: Database, *numbers: int, bot: int = BOT, holder: int = 1) -> dict[int, int]:
    return database.run(insert_rows, bot, holder, arrivals(*numbers), NOW)


def test_a_number_is_stored_once_for_each_bot(database: Database) -> None:
    assert set(put(database, 5, 6)) == {5, 6}
    assert set(put(database, 6, 7)) == {7}
    assert set(put(database, 6, bot=OTHER)) == {6}
    assert put(database) == {}
    assert database.read(last_number, BOT) == 7
    assert database.read(last_number, 1) is None


def test_a_row_is_handled_once_also_if_two_try_it_at_once(overlapping, database: Database) -> None:  # type: ignore[no-untyped-def]
    row = put(database, 5)[5]

    def handle(connection: Connection) -> bool:
        return mark_handled(connection, row, NOW)

    assert overlapping(handle, handle) == (True, False)
    assert database.run(mark_handled, None, NOW)


def test_a_settled_row_keeps_its_number_for_a_day_and_nothing_else(database: Database) -> None:
    row = put(database, 5)[5]
    database.run(settle, row, NOW)
    database.run(settle, None, NOW)
    kept = database.read(lambda connection: connection.execute(select(inbox)).one())
    assert (kept.number, kept.content, kept.conversation) == (5, "", "")
    assert put(database, 5) == {}
    assert database.run(delete_settled, NOW + timedelta(hours=23)) == 0
    assert database.run(delete_settled, NOW + timedelta(hours=25)) == 1
    put(database, 6)
    assert database.run(delete_settled, NOW + timedelta(days=400)) == 0


def test_a_row_that_is_given_up_says_what_failed_where_and_no_content(database: Database) -> None:
    rows = put(database, 5, 6, 7)
    for number in (5, 6):
        database.run(give_up, rows[number], "KeyError at updates.py:7" + "x" * 99, NOW)
    state = database.read(inbox_state, NOW)
    ((kind, place),) = state.given_up
    assert (kind, place[:24], state.given_up[kind, place]) == (
        "message",
        "KeyError at updates.py:7",
        2,
    )
    assert database.read(inbox_state, NOW + timedelta(days=2)).given_up == {}
    left = database.read(lambda c: c.scalars(select(inbox.c.content).order_by(inbox.c.id)).all())
    assert left == ["", "", '{"update_id": 7}']


def test_a_monitor_sees_since_when_something_waits(database: Database) -> None:
    assert database.read(inbox_state, NOW).last_settled is None
    rows = put(database, 5, 6)
    database.run(settle, rows[5], NOW + timedelta(minutes=1))
    database.run(record_heartbeat, POLL, NOW + timedelta(minutes=2))
    state = database.read(inbox_state, NOW)
    assert (state.waiting, state.waiting_since) == (1, NOW)
    assert state.last_settled == NOW + timedelta(minutes=1)
    assert state.last_poll == NOW + timedelta(minutes=2)


def test_the_rows_of_a_dead_process_are_taken_over_and_those_of_a_living_one_are_not(
    database: Database, database_url: str
) -> None:
    elsewhere = Database(database_url)
    mine, living = ProcessLease(database), ProcessLease(elsewhere)
    mine.enter()
    if not database.is_sqlite:
        living.enter()
    put(database, 7, 5, holder=12345)
    put(database, 6, holder=mine.number)
    put(database, 8, bot=OTHER, holder=12345)
    if not database.is_sqlite:
        put(database, 4, holder=living.number)
    taken = database.run(adopt, BOT, "telegram", mine, False)
    assert [(one.arrival.number, one.tries, one.known) for one in taken] == [
        (5, 1, False),
        (7, 1, False),
    ]
    assert database.run(adopt, BOT, "telegram", mine, False) == []
    assert len(database.run(adopt, BOT, "telegram", mine, True)) == 3
    for lease in (mine, living):
        lease.leave()
    elsewhere.close()


def test_what_was_stored_and_not_confirmed_is_found_again(database: Database) -> None:
    rows = put(database, 5, 6)
    put(database, 7, holder=2)
    database.run(settle, rows[5], NOW)
    database.run(count_try, rows[6])
    assert database.read(stored_numbers, BOT, [6, 7, 8]) == {6, 7}
    found = database.read(unsettled, BOT, 1, [5, 6, 7], {"7001"})
    again = Arrival(6, "7001", "message", '{"update_id": 6}', way_in=True)
    assert found == [Waiting(rows[6], again, True, NOW, tries=1)]
    assert database.read(unsettled, BOT, 1, [], set()) == []


@pytest.fixture
def people(database: Database) -> Database:
    def fill(connection: Connection) -> None:
        person = add_participant(connection, NewParticipant("P-1", "Ada", "en"))
        add_address(connection, person.id, "telegram", "7001", NOW)
        employ(connection, ("telegram", "901"), StaffRole.ORGANISER, NOW)
        put_workshop(
            connection, Workshop("RM", "Risk", "regional", NOW.date(), NOW.date(), "Suva", "FJ")
        )
        room = Room("RM", "S-1", NOW, NOW, NOW + timedelta(days=1))
        add_room_code(connection, "RABCDE23456", room)
        enter_room(connection, "RABCDE23456", ("telegram", "555"), room, NOW)

    database.run(fill)
    return database


def test_participants_staff_and_guests_are_known_and_only_in_their_channel(
    people: Database,
) -> None:
    chats = {"7001", "901", "555", "666"}
    assert people.read(known_chats, "telegram", chats) == {"7001", "901", "555"}
    assert people.read(known_chats, "chat", chats) == set()
    assert people.read(known_chats, "telegram", set()) == set()
