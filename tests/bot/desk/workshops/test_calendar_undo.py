"""Undo of a calendar: workshops of which nothing else is stored; the rest is named."""

import pytest

from bot.desk.workshops.calendar_undo import (
    CalendarUndone,
    list_calendars,
    redo_calendar,
    undo_calendar,
)
from bot.desk.workshops.calendars import import_workshops
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.workshops import all_workshops, get_workshop
from storage.people.enrolments import NewEnrolment, enrol
from storage.people.participants import NewParticipant, add_participant
from tests.bot.desk.people.test_import_undo import LATER, NOW, OFFICE

HEAD = "code,title,starts_on,ends_on,city,country\n"
CALENDAR = HEAD + "A,First,2018-02-05,2018-02-09,Suva,FJ\nB,Second,2018-03-05,2018-03-09,Apia,WS\n"


def imports(database: Database, text: str = CALENDAR) -> Imported:
    # What a calendar moves is asked about.
    given = open_list(text.encode(), "calendar.csv", answers={"days": "calendar"})
    return import_workshops(database, OFFICE, given, NOW)


def undo(database: Database, number: int = 0) -> CalendarUndone:
    return database.run(undo_calendar, OFFICE, number, LATER)


def codes(database: Database) -> list[str]:
    return [one.code for one in database.read(all_workshops)]


def has_people(database: Database, code: str) -> None:
    number = database.run(add_participant, NewParticipant("P-ADA", "Ada")).id
    database.run(enrol, NewEnrolment(code, number, "FJ"), NOW)


def test_a_wrong_calendar_is_undone_and_saved_again(office_database: Database) -> None:
    number = imports(office_database).number
    done = undo(office_database)
    assert (done.number, done.workshops, done.left) == (number, 2, ())
    assert codes(office_database) == []
    with pytest.raises(Conflict, match="is undone already"):
        undo(office_database, number)
    again = office_database.run(redo_calendar, OFFICE, number, LATER)
    assert (again.workshops, codes(office_database)) == (2, ["A", "B"])


def test_a_workshop_with_people_stays_and_is_named(office_database: Database) -> None:
    imports(office_database)
    has_people(office_database, "B")
    done = undo(office_database)
    assert done.left == ("B stays: it has people, waves or lists. You can cancel it.",)
    assert codes(office_database) == ["B"]


def test_days_go_back_unless_somebody_has_changed_the_workshop_since(
    office_database: Database,
) -> None:
    imports(office_database)
    imports(
        office_database, CALENDAR.replace("2018-02-09", "2018-02-10").replace("Apia", "Lautoka")
    )
    imports(office_database, CALENDAR.replace("2018-02-09", "2018-02-10").replace("Apia", "Nuku"))
    second = office_database.read(list_calendars, OFFICE, LATER)[1].number
    done = undo(office_database, second)
    assert done.left == ("B was changed since, and stays.",)
    assert str(office_database.read(get_workshop, "A").ends_on) == "2018-02-09"
    assert office_database.read(get_workshop, "B").city == "Nuku"


def test_what_a_calendar_has_cancelled_stays_so_and_is_named(office_database: Database) -> None:
    imports(office_database)
    given = HEAD + "A,First,2018-02-05,2018-02-09,Suva,FJ\nC,New,2018-04-02,2018-04-06,Suva,FJ\n"
    text = given.replace("title", "title,status", 1).replace("First,", "First,cancelled,")
    text = text.replace("New,", "New,,")
    file = open_list(text.encode(), "calendar.csv", answers={"A cancelled": "calendar"})
    import_workshops(office_database, OFFICE, file, LATER)
    assert office_database.read(get_workshop, "A").cancelled_at == LATER
    assert undo(office_database).left == (
        "A was cancelled by it and stays so. `followup workshop restore A` restores it.",
    )


def test_the_calendars_are_listed_with_who_and_what(office_database: Database) -> None:
    with pytest.raises(NotFound, match="No calendar was imported"):
        undo(office_database)
    imports(office_database)
    assert imports(office_database).number == 0
    (one,) = office_database.read(list_calendars, OFFICE, LATER)
    assert (one.new, one.changed, one.saved) == (2, 0, "today, 17:12 in Bangkok, by plan")
