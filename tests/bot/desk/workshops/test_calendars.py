"""Long calendars: looked at without a lock, and stored in slices."""

from bot.desk.workshops.calendars import SLICE, import_workshops
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import all_workshops
from storage.office.audit import entries
from storage.people.administrations import put_administrations
from surveys.planning.administrations import packaged_administrations
from surveys.planning.plans_file import packaged_plans
from tests.bot.fieldwork_world import utc

OFFICE = Office(Rules(packaged_plans(), ("demo",)))
MANY = 2 * SLICE + 1


def imports(database: Database, rows: int, *, dry_run: bool = False) -> Imported:
    text = "title,starts_on,ends_on,country\n" + "Risk,2018-02-05,2018-02-09,FJ\n" * rows
    given = open_list(text.encode(), "workshops.csv", dry_run)
    return import_workshops(database, OFFICE, given, utc("2018-01-10T10:00"))


def test_a_look_needs_no_write_lock(sqlite_database: Database) -> None:
    sqlite_database.run(put_administrations, packaged_administrations().values())
    with sqlite_database.engine.begin():
        assert imports(sqlite_database, MANY, dry_run=True).new == MANY
    assert sqlite_database.read(all_workshops) == []


def test_a_calendar_is_stored_whole_and_noted_once(office_database: Database) -> None:
    done = imports(office_database, MANY)
    assert (done.new, done.changed, done.same) == (MANY, 0, 0)
    assert len(office_database.read(all_workshops)) == MANY
    (entry,) = office_database.read(entries, None)
    assert entry.counts == {"new": MANY, "changed": 0}
    again = imports(office_database, MANY)
    assert (again.new, again.changed, again.same) == (0, 0, MANY)


def test_workshops_of_one_title_get_numbered_codes_in_one_step_each(
    office_database: Database,
) -> None:
    done = imports(office_database, 600, dry_run=True)
    codes = [one.code for one in done.workshops]
    assert codes[:3] == ["RISK-FJ-2018", "RISK-FJ-2018_2", "RISK-FJ-2018_3"]
    assert len(set(codes)) == 600


def test_a_row_without_a_code_gets_one_beside_rows_that_have_one(
    office_database: Database,
) -> None:
    text = "code,title,starts_on,ends_on,city,country\n"
    text += "OWN-1,Risk,2018-02-05,2018-02-09,Suva,FJ\n,Risk,2018-03-05,2018-03-09,Suva,FJ\n"
    given = open_list(text.encode(), "workshops.csv", True)
    done = import_workshops(office_database, OFFICE, given, utc("2018-01-10T10:00"))
    assert [one.code for one in done.workshops] == ["OWN-1", "RISK-FJ-2018"]
