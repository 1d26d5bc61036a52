"""The year of the demonstration has a round only where something is due."""

from datetime import timedelta

import pytest

from bot.demo.database import has_work
from storage.database import Database
from storage.due_workshops import clear_due, due_rows, plan_due
from storage.fieldwork.due_contacts import cancel_contacts
from storage.fieldwork.elearning_reminders import plan_reminder
from storage.office.notices import put_notices, set_next, take_due
from tests.storage.world import NOW, WORKSHOP, World, made

SOON = NOW + timedelta(hours=1)


@pytest.fixture
def world(sqlite_database: Database) -> World:
    """A workshop of which nothing is due."""
    world = sqlite_database.run(made)
    rows = sqlite_database.read(due_rows, WORKSHOP.code)
    sqlite_database.run(clear_due, WORKSHOP.code, rows, None)
    sqlite_database.run(cancel_contacts, world.wave.id, "")
    return world


def work(database: Database) -> list[bool]:
    """Whether there is work now and an hour later."""
    return [database.read(has_work, at) for at in (NOW, SOON)]


def test_where_nothing_is_due_there_is_no_work(sqlite_database: Database, world: World) -> None:
    assert work(sqlite_database) == [False, False]


def test_a_workshop_is_work_from_its_moment_on(sqlite_database: Database, world: World) -> None:
    sqlite_database.run(plan_due, [(WORKSHOP.code, SOON)])
    assert work(sqlite_database) == [False, True]


def test_a_reminder_is_work_from_its_moment_on(sqlite_database: Database, world: World) -> None:
    assert sqlite_database.run(plan_reminder, world.adas.id, SOON)
    assert work(sqlite_database) == [False, True]


def test_a_notice_is_work_until_it_was_sent(sqlite_database: Database, world: World) -> None:
    sqlite_database.run(put_notices, ["News"], [("demo", "901")], SOON)
    assert work(sqlite_database) == [False, True]
    sqlite_database.run(lambda c: set_next(c, take_due(c, SOON), None))
    assert work(sqlite_database) == [False, False]
