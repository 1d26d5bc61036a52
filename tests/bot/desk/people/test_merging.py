"""Merging two entries of one person, and undoing it, without losing anything."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from bot.desk.people.person import (
    erase_code,
    merge_people,
    move_person,
    unmerge_people,
)
from bot.desk.people.relinking import relink_person
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases import open_case
from storage.fieldwork.next_contact import Rules
from storage.people.addresses import add_address, addresses_of, find_address
from storage.people.codes import add_code, find_code, use_code
from storage.people.enrolments import NewEnrolment, enrol
from storage.people.participants import NewParticipant, add_participant, participant_with
from storage.schema import answers, enrolments, metadata, participants
from surveys.people import Role
from surveys.planning.plans_file import packaged_plans
from tests.storage.world import NOW, WORKSHOP, World, made

OFFICE = Office(Rules(packaged_plans(), ("demo",)))
LATER = NOW + timedelta(days=1)


@pytest.fixture
def world(database: Database) -> World:
    """A workshop with Ada and Ben, and Ada's case."""
    return database.run(made)


@pytest.fixture
def twice(database: Database, world: World) -> World:
    """Ada was enrolled a second time as P-TWO, with a code and another address, also as supervisor."""

    def enrolled(connection: Connection) -> None:
        two = add_participant(connection, NewParticipant("P-TWO", "A. Ada"))
        again = enrol(connection, NewEnrolment(WORKSHOP.code, two.id, "NP"), NOW)
        boss = NewEnrolment(WORKSHOP.code, two.id, "NP", Role.SUPERVISOR, world.bens.id)
        enrol(connection, boss, NOW)
        add_code(connection, "second-code", again.id, NOW)
        add_address(connection, two.id, "demo", "ada-2", NOW)

    database.run(enrolled)
    return world


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables except those that record merges and due workshops."""

    def read(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=str)
            for table in metadata.sorted_tables
            if table.name not in ("merges", "audit", "cases", "due_workshops")
        }

    return database.read(read)


def answer(connection: Connection, case: int) -> None:
    told = {"case_id": case, "item": "job", "value": "same", "state": "answered"}
    how = {"language": "en", "channel": "demo", "answered_at": NOW}
    connection.execute(insert(answers).values(told | how))


def test_enrolments_and_addresses_move_and_what_both_had_is_kept_once(
    database: Database, twice: World
) -> None:
    database.run(answer, twice.case)
    done = database.run(merge_people, OFFICE, ("P-ADA", "P-TWO"), LATER)
    assert (done.enrolments, done.addresses, done.set_aside) == (1, 1, 1)
    mine = database.read(lambda c: [one.identifier for one in addresses_of(c, twice.ada.id)])
    assert mine == ["ada", "ada-2"]
    with pytest.raises(Conflict, match="merged into P-ADA already"):
        database.run(merge_people, OFFICE, ("P-BEN", "P-TWO"), LATER)


def test_the_enrolment_with_answers_stays_whichever_entry_is_kept(
    database: Database, twice: World
) -> None:
    database.run(answer, twice.case)
    database.run(merge_people, OFFICE, ("P-TWO", "P-ADA"), LATER)
    file = database.read(lambda c: load_file(c, twice.case))
    assert file.participant.code == "P-TWO"


def test_looking_changes_nothing_and_undoing_brings_everything_back(
    database: Database, twice: World
) -> None:
    database.run(answer, twice.case)
    before = rows(database)
    done = database.run(merge_people, OFFICE, ("P-TWO", "P-ADA"), LATER, dry_run=True)
    assert done.set_aside == 1
    assert rows(database) == before
    database.run(merge_people, OFFICE, ("P-TWO", "P-ADA"), LATER)
    assert rows(database) != before
    database.run(unmerge_people, OFFICE, "P-ADA", LATER)
    assert rows(database) == before
    with pytest.raises(Conflict, match="not merged into anybody"):
        database.run(unmerge_people, OFFICE, "P-ADA", LATER)


def test_two_responses_about_one_workshop_are_refused_in_words(
    database: Database, twice: World
) -> None:
    def both_answer(connection: Connection) -> None:
        two = participant_with(connection, "P-TWO")
        number = connection.scalar(
            select(enrolments.c.id).where(enrolments.c.participant_id == two.id)
        )
        answer(connection, twice.case)
        answer(connection, open_case(connection, twice.wave.id, number or 0, NOW))

    database.run(both_answer)
    before = rows(database)
    with pytest.raises(Conflict, match="Both entries have answers about RM-2018"):
        database.run(merge_people, OFFICE, ("P-ADA", "P-TWO"), LATER)
    assert rows(database) == before


def test_somebody_who_said_stop_is_not_merged_with_somebody_who_did_not(
    database: Database, twice: World
) -> None:
    stopped = update(participants).where(participants.c.code == "P-TWO").values(stopped_at=NOW)
    database.run(lambda c: c.execute(stopped))
    with pytest.raises(Conflict, match="P-TWO has asked for no more messages"):
        database.run(merge_people, OFFICE, ("P-ADA", "P-TWO"), LATER)


def test_erasing_a_merged_person_erases_both_names_and_the_way_back(
    database: Database, twice: World
) -> None:
    database.run(merge_people, OFFICE, ("P-ADA", "P-TWO"), LATER)
    database.run(erase_code, OFFICE, "P-ADA", LATER, keep_answers=False)
    names = database.read(lambda c: set(c.scalars(select(participants.c.name))))
    assert names == {"", "Ben"}
    with pytest.raises(Conflict, match="cannot be undone"):
        database.run(unmerge_people, OFFICE, "P-TWO", LATER)


def test_c09_a_new_account_takes_the_place_of_the_old_one_and_can_give_it_back(
    database: Database, world: World
) -> None:
    def joined(connection: Connection) -> None:
        add_code(connection, "adas-code", world.adas.id, NOW)
        use_code(connection, "adas-code", world.address.id, NOW)

    def account(name: str) -> int | None:
        found = database.read(lambda c: find_address(c, "demo", name))
        return found.participant_id if found else None

    database.run(joined)
    database.run(relink_person, OFFICE, "P-ADA", "demo:new", LATER)
    assert (account("ada"), account("new")) == (None, world.ada.id)
    used = database.run(find_code, "adas-code")
    new = database.read(lambda c: find_address(c, "demo", "new"))
    assert used and new and used.used_by == new.id
    with pytest.raises(Conflict, match="answers for somebody else"):
        database.run(relink_person, OFFICE, "P-BEN", "demo:new", LATER)
    database.run(relink_person, OFFICE, "P-ADA", "demo:ada", LATER)
    assert (account("ada"), account("new")) == (world.ada.id, None)


def test_who_moved_is_counted_where_they_were_and_asked_by_the_new_clock(
    database: Database, world: World
) -> None:
    changed = database.run(move_person, OFFICE, "P-ADA", "TO", LATER.date(), LATER)
    assert changed == 1
    file = database.read(lambda c: load_file(c, world.case))
    assert (file.administration.code, file.works_at.code) == ("NP", "TO")
    assert file.calendar.local(NOW).utcoffset() == timedelta(hours=13)
    with pytest.raises(NotFound, match="XX is not in the table"):
        database.run(move_person, OFFICE, "P-ADA", "XX", LATER.date(), LATER)
    with pytest.raises(Conflict, match="is in the future"):
        database.run(move_person, OFFICE, "P-ADA", "TO", LATER.date(), NOW)


def test_enrolments_after_the_day_of_a_move_keep_what_they_say(
    database: Database, world: World
) -> None:
    before = (NOW - timedelta(days=30)).date()
    assert database.run(move_person, OFFICE, "P-ADA", "TO", before, LATER) == 0
