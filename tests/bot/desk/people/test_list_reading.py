"""A list is looked at before it is saved: columns, questions, every row, mistakes at their cells."""

from collections.abc import Mapping

import pytest

from bot.desk.list_columns import list_columns
from bot.desk.people.list_reading import (
    ListReading,
    is_table,
    kind_of_table,
    look_at_list,
    sheets_of_list,
)
from bot.desk.people.participant_lists import import_participants
from bot.desk.workshops.calendars import import_workshops
from bot.importing.files import open_list
from bot.importing.rows.kinds import Kind
from bot.importing.rows.rows import List
from bot.importing.tables.cells import Book
from storage.database import Database
from storage.fieldwork.workshops import put_workshop
from storage.people.administrations import put_administrations
from surveys.planning.administrations import packaged_administrations
from tests.bot.importing.nasty_lists import sheet
from tests.bot.importing.test_importing import NOW, OFFICE
from tests.bot.stage import SUVA

LIST = b"Who,Where,Reach\nAnn Vea,TO,ann@example.org\nBen Oti,FJ,ben@example.org\n"
CHOSEN = {"column name": "A", "column email": "C"}


@pytest.fixture
def office(sqlite_database: Database) -> Database:
    return furnished(sqlite_database)


def furnished(database: Database) -> Database:
    database.run(put_administrations, packaged_administrations().values())
    database.run(put_workshop, SUVA)
    return database


def look(
    office: Database, content: bytes, answers: Mapping[str, str] | None = None
) -> ListReading:
    given = open_list(content, "list.csv", answers=answers)
    return office.read(look_at_list, OFFICE, SUVA.code, given, NOW)


def test_columns_are_shown_with_their_first_cells_and_what_they_are_read_as(
    office: Database,
) -> None:
    found = look(office, LIST)
    (one,) = found.sheets
    assert (one.name, one.heading) == ("", 1)
    assert [(column.letters, column.heading, column.field) for column in one.columns] == [
        ("A", "Who", ""),
        ("B", "Where", "administration"),
        ("C", "Reach", ""),
    ]
    assert one.columns[0].cells == ("Ann Vea", "Ben Oti")
    assert one.fields["name"] == "the name"
    assert [question.key for question in found.questions] == ["column name", "column email"]
    assert found.rows == ()


def test_every_row_is_shown_as_it_will_be_stored(office: Database) -> None:
    found = look(office, LIST, CHOSEN)
    assert found.questions == ()
    assert found.sheets[0].chosen == ("name", "email")
    assert [(row.number, row.outcome) for row in found.rows] == [(2, "new"), (3, "new")]
    assert found.rows[0].values["name"] == "Ann Vea"
    assert found.imported is not None
    assert found.imported.new == 2


def test_mistakes_stand_at_their_cells_all_at_once(office: Database) -> None:
    rows = [["Name", "Country", "Time zone", "E-mail"], ["Ann Vea", "TO", "Suva", "ann.example"]]
    found = look(office, sheet([*rows, ["", "FJ", "Mars", "x@example.org"]]))
    assert found.imported is None
    assert [row.number for row in found.rows] == [2, 3]
    marked = [(one.row, one.field, one.is_error) for row in found.rows for one in row.problems]
    assert sorted(marked) == [
        (2, "email", False),
        (2, "timezone", True),
        (3, "name", True),
        (3, "timezone", True),
    ]
    assert {one.sheet for row in found.rows for one in row.problems} == {"Participants"}


def test_columns_are_remembered_for_the_same_headings_on_both_databases(
    database: Database,
) -> None:
    office = furnished(database)
    import_participants(office, OFFICE, SUVA.code, open_list(LIST, "a.csv", answers=CHOSEN), NOW)
    (kept,) = office.read(list_columns)
    assert kept.columns == "name from A, email from C"
    more = LIST.replace(b"Ben Oti,FJ,ben", b"Cy Dee,FJ,cy")
    found = look(office, more)
    assert found.sheets[0].recalled == ("name", "email")
    assert found.offers[0].key == "remembered columns"
    asked = look(office, more, {"remembered columns": "forget"})
    assert [one.key for one in asked.questions] == ["column name", "column email"]
    other = look(office, more.replace(b"Who", b"Whom"))
    assert other.sheets[0].recalled == ()
    again = CHOSEN | {"remembered columns": "forget", "column email": "none"}
    import_participants(office, OFFICE, SUVA.code, open_list(more, "b.csv", answers=again), NOW)
    (kept,) = office.read(list_columns)
    assert (kept.columns, kept.forgotten) == ("name from A, email from none", False)


def test_a_file_without_headings_leaves_nothing_behind(office: Database) -> None:
    given = open_list(LIST.partition(b"\n")[2], "a.csv", answers={"column name": "A"})
    assert import_participants(office, OFFICE, SUVA.code, given, NOW).new == 2
    assert office.read(list_columns) == []


def given(content: bytes) -> tuple[List, Book]:
    opened = open_list(content, "list.csv")
    assert isinstance(opened.read, Book)
    return opened, opened.read


def test_a_table_lists_people_if_it_has_addresses_or_its_headings_are_known_from_before(
    office: Database,
) -> None:
    assert office.read(kind_of_table, given(LIST)[1]) is Kind.PEOPLE
    plan = b"slug,begins,host\nRM,2018-03-05,Risk\nOR,2018-04-05,Origin\n"
    assert office.read(kind_of_table, given(plan)[1]) is None
    answers = {"column title": "C"}
    import_workshops(office, OFFICE, open_list(plan, "plan.csv", answers=answers), NOW)
    assert office.read(kind_of_table, given(plan)[1]) is Kind.CALENDAR
    (one,) = office.read(sheets_of_list, given(plan)[0], people=False)
    assert [column.field for column in one.columns] == ["", "starts_on", "title"]
    assert not is_table(given(b"Dear all\nsee below\n")[1])
