"""Long lists of people: looked at without a lock, stored in slices, and gone on with after a fault."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import Connection

from bot.desk.people.participant_lists import import_participants
from bot.importing.files import open_list
from bot.importing.people.saving import SLICE
from bot.importing.rows.imported import Imported
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import put_workshop
from storage.office.audit import Act, entries
from storage.people.administrations import put_administrations
from storage.people.enrolments import NewEnrolment, enrol, enrolments_in
from storage.people.participants import NewParticipant, add_participant, people_in
from surveys.people import Role
from surveys.planning.administrations import packaged_administrations
from surveys.planning.plans_file import packaged_plans
from surveys.problems import BadInput
from tests.bot.fieldwork_world import utc
from tests.bot.stage import SUVA

P = ParamSpec("P")
T = TypeVar("T")
NOW = utc("2018-01-10T10:00")
OFFICE = Office(Rules(packaged_plans(), ("demo",)))
MANY = 3 * SLICE
LIST = "name,administration,email\n" + "".join(
    f"Person {number},FJ,{f'p{number}@example.org' if number % 2 else ''}\n"
    for number in range(MANY)
)
NAMES = sorted(f"Person {number}" for number in range(MANY))


class Interrupted(Exception):
    """The process ends here."""


class Door:
    """A database where something happens before each writing transaction."""

    def __init__(self, database: Database, happens: Callable[[int], None]) -> None:
        self._database, self._happens, self.writes = database, happens, 0

    def run(
        self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Let something happen, then run a writing transaction."""
        self.writes += 1
        self._happens(self.writes)
        return self._database.run(function, *args, **kwargs)

    def read(
        self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a reading transaction."""
        return self._database.read(function, *args, **kwargs)


@pytest.fixture
def ready(office_database: Database) -> Database:
    """A database with the administrations and one workshop."""
    office_database.run(put_workshop, SUVA)
    return office_database


def imports(door: Door | Database, text: str = LIST, *, dry_run: bool = False) -> Imported:
    given = open_list(text.encode(), "people.csv", dry_run)
    return import_participants(door, OFFICE, SUVA.code, given, NOW)


def names(database: Database) -> list[str]:
    people = database.read(people_in, SUVA.code)
    enrolments = database.read(enrolments_in, SUVA.code)
    return sorted(people[one.participant_id].name for one in enrolments)


def dies_at(number: int) -> Callable[[int], None]:
    def happens(write: int) -> None:
        if write == number:
            raise Interrupted

    return happens


def joins(database: Database, name: str) -> None:
    """Somebody enrols a person while the list is stored."""

    def adds(connection: Connection) -> None:
        number = add_participant(connection, NewParticipant(f"P-{len(name)}", name)).id
        enrol(connection, NewEnrolment(SUVA.code, number, "FJ"), NOW)

    database.run(adds)


def audited(database: Database) -> list[dict[str, int]]:
    return [dict(one.counts) for one in database.read(entries, None) if one.act is Act.IMPORTED]


def test_a_look_needs_no_write_lock(sqlite_database: Database) -> None:
    sqlite_database.run(put_administrations, packaged_administrations().values())
    sqlite_database.run(put_workshop, SUVA)
    with sqlite_database.engine.begin():
        done = imports(sqlite_database, dry_run=True)
    assert (done.new, names(sqlite_database)) == (MANY, [])


def test_a_look_starts_no_writing_transaction(ready: Database) -> None:
    door = Door(ready, dies_at(1))
    assert imports(door, dry_run=True).new == MANY
    assert door.writes == 0


def test_others_write_between_the_slices_and_the_list_is_stored_once(ready: Database) -> None:
    heard: list[int] = []
    door = Door(ready, heard.append)
    assert imports(door).new == MANY
    assert door.writes == 3
    assert names(ready) == NAMES
    assert audited(ready) == [{"new": MANY, "changed": 0}]
    again = imports(ready)
    assert (again.new, again.changed, again.same) == (0, 0, MANY)


def test_an_import_that_was_interrupted_goes_on_where_it_ended(ready: Database) -> None:
    with pytest.raises(Interrupted):
        imports(Door(ready, dies_at(3)))
    assert len(names(ready)) == 2 * SLICE
    done = imports(ready)
    assert (done.new, done.changed, done.same) == (SLICE, 0, 2 * SLICE)
    assert names(ready) == NAMES
    assert audited(ready) == [{"new": MANY, "changed": 0}, {"new": SLICE, "changed": 0}]


def test_namesakes_whom_only_their_number_tells_apart_are_stored_together(ready: Database) -> None:
    rows = ["Eve Tan,FJ,eve@example.org"]
    rows += [f"Person {number},FJ,p{number}@example.org" for number in range(SLICE)]
    text = "\n".join(["name,administration,email", *rows, "Eve Tan,FJ,", ""])
    place = f"row {SLICE + 3}"
    given = open_list(text.encode(), "people.csv", answers={place: "two people"})
    with pytest.raises(Interrupted):
        import_participants(Door(ready, dies_at(2)), OFFICE, SUVA.code, given, NOW)
    assert names(ready).count("Eve Tan") == 2


def test_somebody_who_was_enrolled_meanwhile_is_not_enrolled_twice(ready: Database) -> None:
    last = f"Person {MANY - 2}"

    def happens(write: int) -> None:
        if write == 2:
            joins(ready, last)

    done = imports(Door(ready, happens))
    assert names(ready) == NAMES
    assert (done.new, done.same) == (MANY - 1, 1)
    assert len(audited(ready)) == 1


def test_a_workshop_that_changes_all_the_time_is_said_with_what_is_saved(ready: Database) -> None:
    door = Door(ready, lambda write: joins(ready, "x" * write))
    with pytest.raises(Conflict, match=r"Others change the people of IPR-OC-2017.* 0 rows"):
        imports(door)


def test_supervisors_of_a_later_slice_answer_about_the_right_person(ready: Database) -> None:
    rows = [f"Boss {number},FJ,,supervisor,Person {number}" for number in range(MANY)]
    people = [f"Person {number},FJ,,," for number in range(MANY)]
    imports(ready, "\n".join(["name,administration,email,role,about", *rows, *people, ""]))
    enrolled = ready.read(enrolments_in, SUVA.code)
    known = ready.read(people_in, SUVA.code)
    called = {one.id: known[one.participant_id].name for one in enrolled}
    pairs = [
        (called[one.id], called[one.about_enrolment_id or 0])
        for one in enrolled
        if one.role is Role.SUPERVISOR
    ]
    assert sorted(pairs) == sorted((f"Boss {n}", f"Person {n}") for n in range(MANY))


def test_one_name_of_hundreds_is_judged_in_one_step_each(ready: Database) -> None:
    rows = "".join(f"Ada Vea,FJ,p{number}@example.org\n" for number in range(600))
    done = imports(ready, "name,administration,email\n" + rows, dry_run=True)
    assert done.new == 600
    assert len(done.warnings) == 599


def test_a_list_whose_administrations_nobody_knows_is_refused_at_once(ready: Database) -> None:
    rows = "".join(f"Ada {number},Place {number},\n" for number in range(300))
    with pytest.raises(BadInput, match="More than 200 administrations of the list are not known"):
        imports(ready, "name,administration,email\n" + rows)


def test_a_name_that_was_written_for_a_spreadsheet_is_read_as_it_was(ready: Database) -> None:
    imports(ready, "name,administration,email\n'=Ada,FJ,\n'Ofa Vea,TO,\n'-Ada,FJ,\n")
    assert names(ready) == ["'Ofa Vea", "-Ada", "=Ada"]
