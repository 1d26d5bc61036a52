"""Changes of one case on both databases: moved, set aside, put back, opened again."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from storage.database import Conflict, Database
from storage.fieldwork import case_changes
from storage.fieldwork.answers import answers_of
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases import open_again, open_case, open_cases_of
from storage.fieldwork.cases_of_waves import count_cases, unsettled_cases
from storage.fieldwork.many_cases import close_cases
from storage.fieldwork.wave_decisions import Opening, open_wave
from storage.fieldwork.waves import set_closed
from storage.fieldwork.workshops import put_workshop
from storage.people.enrolments import NewEnrolment, enrol, set_consent
from storage.people.removals import set_removed
from storage.schema import attempts, cases, imported_cases, metadata
from surveys.people import RemovalReason
from surveys.planning.dispositions import Disposition
from surveys.planning.plans_file import packaged_plans
from surveys.workshop import Workshop
from tests.storage.world import NOW, WORKSHOP, World, made, wrote

OTHER = Workshop("OTHER", "Other", "regional", WORKSHOP.starts_on, WORKSHOP.ends_on, "Suva", "FJ")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def world(database: Database) -> World:
    return database.run(made)


def answered(connection: Connection, world: World) -> None:
    wrote(connection, world.case, "own words", "earlier words")
    told = {"answered": 2, "asked": 8, "started_at": NOW, "completed_at": NOW}
    connection.execute(cases.update().where(cases.c.id == world.case).values(told))


def elsewhere(connection: Connection, world: World, *, agreed: bool = True) -> int:
    """Return the case of Ada in the same questionnaire of another workshop."""
    put_workshop(connection, OTHER)
    enrolment = enrol(connection, NewEnrolment(OTHER.code, world.ada.id, "NP"), NOW)
    if agreed:
        set_consent(connection, enrolment.id, 1, NOW)
    planned = packaged_plans()["standard"].wave("M6")
    assert planned is not None
    wave = open_wave(connection, planned.dated(OTHER), Opening(("M6", 1), NOW, "plan"))
    return open_case(connection, wave.id, enrolment.id, NOW)


def test_all_that_was_told_moves_to_the_case_that_asks_the_same(
    database: Database, world: World
) -> None:
    database.run(answered, world)
    there = database.run(elsewhere, world)
    assert database.read(case_changes.cases_to_move_to, world.case) == {OTHER.code: there}
    before = database.read(answers_of, [world.case])[world.case]
    assert database.run(case_changes.move_answers, world.case, there) == len(before)
    after = database.read(answers_of, [world.case, there])
    assert (after[world.case], after[there]) == ({}, before)
    source, target = (database.read(load_file, n).case for n in (world.case, there))
    assert (source.answered, source.started_at, source.completed_at) == (0, None, None)
    assert (target.answered, target.started_at, target.completed_at) == (2, NOW, NOW)
    with pytest.raises(Conflict, match="There are answers already"):
        database.run(case_changes.move_answers, there, there)


def test_what_the_office_has_said_of_answers_moves_with_them() -> None:
    """Of the tables of a case only how it was asked stays: a new one must be in the list."""
    of_cases = {
        one
        for one in metadata.sorted_tables
        if any(key.column is cases.c.id for key in one.foreign_keys)
    }
    assert of_cases - set(case_changes.TOLD) == {attempts, imported_cases}


def test_answers_move_to_nobody_who_has_not_agreed(database: Database, world: World) -> None:
    database.run(answered, world)
    database.run(elsewhere, world, agreed=False)
    assert database.read(case_changes.cases_to_move_to, world.case) == {}


def test_a_case_that_is_set_aside_is_counted_apart_and_not_opened_with_its_wave(
    database: Database, world: World
) -> None:
    database.run(case_changes.set_aside, world.case, "asked twice", NOW)
    assert database.read(count_cases, world.wave.id) == 0
    assert database.read(case_changes.count_set_aside, world.wave.id) == 1
    assert database.read(open_cases_of, world.ada.id) == []
    database.run(set_closed, world.wave.id, NOW)
    assert database.run(open_again, world.wave.id) == 0
    assert database.read(load_file, world.case).closed(NOW)
    database.run(case_changes.put_back, world.case)
    case = database.read(load_file, world.case).case
    assert (case.set_aside_at, case.set_aside_reason, case.closed_at) == (None, "", None)


def test_a_settled_case_that_is_put_back_keeps_its_disposition(
    database: Database, world: World
) -> None:
    database.run(close_cases, {world.case: (Disposition.PARTIAL, "", NOW)})
    database.run(case_changes.set_aside, world.case, "asked twice", LATER)
    database.run(case_changes.put_back, world.case)
    case = database.read(load_file, world.case).case
    assert (case.closed_at, case.disposition) == (NOW, "partial")


def test_a_case_that_is_opened_again_is_settled_after_its_time(
    database: Database, world: World
) -> None:
    database.run(set_closed, world.wave.id, NOW)
    database.run(close_cases, {world.case: (Disposition.PARTIAL, "", NOW)})
    database.run(case_changes.reopen_until, world.case, LATER)
    assert [one.id for one in database.read(open_cases_of, world.ada.id)] == [world.case]
    assert not database.read(load_file, world.case).closed(NOW)
    assert database.read(unsettled_cases, WORKSHOP.code, NOW, 9) == []
    assert database.read(load_file, world.case).closed(LATER)
    assert database.read(unsettled_cases, WORKSHOP.code, LATER, 9) == [world.case]


def test_answers_move_to_no_workshop_from_which_the_person_was_removed(
    database: Database, world: World
) -> None:
    database.run(answered, world)
    there = database.run(elsewhere, world)
    enrolment = database.read(load_file, there).enrolment.id
    database.run(set_removed, enrolment, RemovalReason.WRONG_LIST, NOW)
    assert database.read(case_changes.cases_to_move_to, world.case) == {}
