"""Whose message it is: found and locked before anything is decided, also beside another process."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event, select, update
from sqlalchemy.exc import OperationalError

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Commanded, Reply, Sender, Tapped
from bot.messaging.tokens import Action, token
from bot.participants.open_cases import NOT_YOURS, own_file
from bot.participants.senders import sender_of
from bot.reception import received
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.answers import answers_of
from storage.fieldwork.case_files import load_file
from storage.fieldwork.next_contact import Rules
from storage.people.addresses import add_address
from storage.people.enrolments import set_consent
from storage.people.participants import lock_participant
from storage.schema import addresses, participants
from surveys.authoring.packaged import packaged_questionnaire
from surveys.planning.plans_file import packaged_plans
from tests.storage.world import NOW, World, made

Work = Callable[[Connection], Any]
Overlapping = Callable[[Work, Work], tuple[Any, Any]]
OFFICE = Office(Rules(packaged_plans(), ("demo",)))
ADA = Sender("demo", "ada", "en")
JOB = next(n for n, item in enumerate(packaged_questionnaire("M6").items) if item.name == "job")


@pytest.fixture
def world(database: Database) -> World:
    """Ada, who takes part, and has a case; and Ben, who has none."""

    def add(connection: Connection) -> World:
        world = made(connection)
        set_consent(connection, world.adas.id, 1, NOW)
        add_address(connection, world.ben.id, "demo", "ben", NOW)
        return world

    return database.run(add)


def tap(case: int, option: int = 0, sender: Sender = ADA) -> Tapped:
    """Return a tap that answers the first question."""
    return Tapped(sender, token(Action.PICK, case, JOB, option))


def found(connection: Connection, sent: Tapped | Commanded) -> InboundContext:
    known = sender_of(connection, OFFICE, sent, NOW)
    assert known is not None
    return known[0]


def test_an_own_case_comes_with_its_sender(database: Database, world: World) -> None:
    def look(connection: Connection) -> None:
        context = found(connection, tap(world.case))
        assert context.address == world.address
        assert context.file == load_file(connection, world.case)
        assert own_file(context, world.case) is context.file

    database.run(look)


def test_a_case_of_somebody_else_does_not(database: Database, world: World) -> None:
    def look(connection: Connection) -> None:
        context = found(connection, tap(world.case, sender=Sender("demo", "ben", "en")))
        assert (context.address.participant_id, context.file) == (world.ben.id, None)
        assert own_file(context, world.case) == Reply(NOT_YOURS)
        assert found(connection, tap(world.case + 1)).file is None

    database.run(look)


def test_two_taps_of_one_person_are_decided_one_after_the_other(
    database: Database, world: World, overlapping: Overlapping
) -> None:
    def taps(option: int) -> Work:
        return lambda connection: received(connection, OFFICE, tap(world.case, option), NOW)

    first, second = overlapping(taps(0), taps(1))
    given = database.read(answers_of, [world.case])[world.case]
    assert list(given) == ["job"]
    assert database.read(load_file, world.case).case.answered == 1
    # The second one met an answer, and says what became of it.
    assert first != second


def test_who_waits_for_a_chat_that_gets_another_owner_finds_and_locks_the_new_one(
    database: Database, world: World, overlapping: Overlapping
) -> None:
    def moves(connection: Connection) -> None:
        lock_participant(connection, world.ada.id)
        this = addresses.c.id == world.address.id
        connection.execute(update(addresses).where(this).values(participant_id=world.ben.id))

    def hears(connection: Connection) -> tuple[int, bool]:
        person = found(connection, Commanded(ADA, "continue")).address.participant_id
        return person, database.is_sqlite or is_locked(database, person)

    _, heard = overlapping(moves, hears)
    assert heard == (world.ben.id, True)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_gets_a_chat_between_two_statements_is_locked_too(
    database: Database, world: World
) -> None:
    def hears(connection: Connection) -> bool:
        def gets_it(*_: object) -> None:
            database.run(add_address, world.ben.id, "demo", "new", NOW)

        event.listen(connection, "after_cursor_execute", gets_it, once=True)
        said = found(connection, Commanded(Sender("demo", "new", "en"), "continue"))
        return is_locked(database, said.address.participant_id)

    assert database.run(hears)


def is_locked(database: Database, person: int) -> bool:
    """Whether another transaction holds a person (PostgreSQL)."""
    theirs = select(participants.c.id).where(participants.c.id == person)
    with database.engine.begin() as other:
        try:
            other.execute(theirs.with_for_update(key_share=True, nowait=True))
        except OperationalError:
            return True
    return False
