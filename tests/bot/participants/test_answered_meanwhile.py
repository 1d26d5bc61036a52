"""A person answers while the office decides about the same case: one after the other, on PostgreSQL."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from bot.desk.waves.acts import close_wave
from bot.messaging.messages import Sender, Tapped
from bot.messaging.tokens import Action, token
from bot.reception import received
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.answers import answers_of
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases import open_case
from storage.fieldwork.next_contact import Rules, refresh
from storage.people.enrolments import set_consent
from storage.people.imports import ListFile
from storage.responses.answer_imports import begin_import
from storage.responses.earlier_answers import NewResponse, add_linked
from surveys.authoring.packaged import packaged_questionnaire
from surveys.interview.answers import Answer
from surveys.interview.interview import AnswerState
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import Disposition
from surveys.planning.plans_file import packaged_plans
from tests.meanwhile import meanwhile
from tests.storage.world import NOW, WORKSHOP, World, made
from tests.templates import copied

OFFICE = Office(Rules(packaged_plans(), ("demo",)))
JOB = next(n for n, item in enumerate(packaged_questionnaire("M6").items) if item.name == "job")


@pytest.fixture
def database(postgresql: Engine, postgresql_template: str, worker_id: str) -> Iterator[Database]:
    for url in copied(postgresql, postgresql_template, worker_id):
        database = Database(url)
        yield database
        database.close()


@pytest.fixture
def world(database: Database) -> World:
    """Ada, who takes part, and has a case."""

    def add(connection: Connection) -> World:
        world = made(connection)
        set_consent(connection, world.adas.id, 1, NOW)
        refresh(connection, [world.case], OFFICE.rules, NOW)
        return world

    return database.run(add)


def taps(database: Database, world: World) -> Callable[[], Any]:
    """Return how Ada answers the first question."""
    tap = Tapped(Sender("demo", "ada", "en"), token(Action.PICK, world.case, JOB, 0))
    return partial(database.run, received, OFFICE, tap, NOW)


def test_a_case_in_which_somebody_answers_is_closed_after_that(
    database: Database, world: World
) -> None:
    close = partial(database.run, close_wave, OFFICE, WORKSHOP.code, "M6", NOW)
    meanwhile(database, taps(database, world), "INSERT INTO answers", close)
    case = database.read(load_file, world.case).case
    assert (case.answered, case.hold, case.next_contact_at) == (1, Hold.CLOSED, None)


def test_a_table_of_answers_leaves_a_case_that_is_being_answered(
    database: Database, world: World
) -> None:
    by = ("S-EVA", NOW)
    one = database.run(begin_import, world.wave.id, ListFile(".csv", "hash"), by)
    told = Answer("conf", "4", AnswerState("answered"), "und", NOW)
    whole = (1, 1, Disposition.COMPLETE, NOW, NOW)
    new = [NewResponse(2, world.adas.id, (told,), *whole)]
    meanwhile(
        database,
        taps(database, world),
        "INSERT INTO answers",
        partial(database.run, add_linked, one, new, NOW),
    )
    assert list(database.read(answers_of, [world.case])[world.case]) == ["job"]


def test_a_plan_does_not_undo_what_became_of_a_case_meanwhile(
    database: Database, world: World
) -> None:
    bens = database.run(open_case, world.wave.id, world.bens.id, NOW)
    plan = partial(database.run, refresh, [world.case, bens], OFFICE.rules, NOW)
    close = partial(database.run, close_wave, OFFICE, WORKSHOP.code, "M6", NOW)
    meanwhile(database, plan, "UPDATE cases", close)
    assert database.read(load_file, world.case).case.hold == Hold.CLOSED
