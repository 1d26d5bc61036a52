"""A list of people looked at before it is saved: columns, questions, every row as it will be read.

For a page that shows them step by step. Command line and chat get the same columns and questions
from `participant_lists.import_participants` with a dry run.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.list_columns import recall_of
from bot.desk.people.participant_lists import JudgedList, judge_people, people_of
from bot.importing.calendars.calendar_rows import FIELDS as CALENDAR
from bot.importing.calendars.calendar_rows import calendar_tables
from bot.importing.people.found import People
from bot.importing.people.listed import ListedPerson
from bot.importing.people.sheets import FIELDS, people_tables
from bot.importing.rows.fields import texts_of
from bot.importing.rows.imported import Imported
from bot.importing.rows.kinds import Kind
from bot.importing.rows.open_questions import Question
from bot.importing.rows.readings import ListSheet, ReadRow, rows_read, sheets_of
from bot.importing.rows.rows import List, Reading, book_of
from bot.importing.tables.cells import Book
from bot.settings.office import Office
from surveys.problems import BadInput, Problem

REPEATED = "kept once"
LEFT_OUT = "left out"


@dataclass(frozen=True)
class ListReading:
    """A list as it would be saved. `imported` is None while `problems` must be mended first."""

    sheets: tuple[ListSheet, ...]
    questions: tuple[Question, ...]
    offers: tuple[Question, ...]
    notes: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...] = ()
    imported: Imported | None = None


def look_at_list(
    connection: Connection, office: Office, code: str, given: List, now: datetime
) -> ListReading:
    """Return a list as it would be saved in a workshop. Writes nothing.

    `given` comes from `bot.importing.files.open_list`, with the answers so far: `column name` = B
    chooses a column. Raise BadInput for a file that is no list of people.
    """
    people = people_of(connection, code, given)
    sheets = sheets_of(people.tables, FIELDS)
    asked, notes = tuple(people.questions.values()), tuple(people.notes)
    try:
        judged = judge_people(connection, office, given, people, now)
    except BadInput as error:
        rows = rows_read(people.rows, people.reading.cells, {})
        return ListReading(sheets, asked, (), notes, rows, tuple(error.problems))
    done, outcomes = judged.imported, outcomes_of(people, judged)
    places = {one.row.place: _place(people, one) for one in people.listed}
    rows = rows_read(people.rows, people.reading.cells, outcomes, places)
    return ListReading(sheets, done.questions, done.offers, notes, rows, done.warnings, done)


def outcomes_of(people: People, judged: JudgedList) -> dict[str, str]:
    """Return what becomes of each row, by its place; '' for what waits for an answer."""
    asked = {one.key for one in judged.imported.questions}
    found = dict.fromkeys((row.place for row in people.rows), "" if asked else LEFT_OUT)
    kept = {one.row.place for one in judged.listed}
    repeated = (one.row.place for one in people.listed if one.row.place not in kept)
    found |= dict.fromkeys(repeated, REPEATED)
    found |= {one.listed.row.place: one.outcome.value for one in judged.plan.rows}
    return found | dict.fromkeys(found.keys() & asked, "")


def _place(people: People, one: ListedPerson) -> dict[str, str]:
    """Return the administration of a person, by the name that the office uses."""
    known = people.known.get(one.administration) or people.added.get(one.administration)
    return {"administration": known.name if known else one.administration}


def sheets_of_list(connection: Connection, given: List, *, people: bool) -> tuple[ListSheet, ...]:
    """Return the sheets of a list of people (else a calendar) with their columns as they are read."""
    reading, recall = Reading(given.source), recall_of(connection, given.answers)
    book = book_of(given, reading)
    if people:
        tables, _ = people_tables(book, given.answers, reading, recall)
        return sheets_of(tables, FIELDS)
    tables = calendar_tables(book, given.answers, reading, recall)
    return sheets_of(tables, CALENDAR)


def kind_of_table(connection: Connection, book: Book) -> Kind | None:
    """Return what a table lists whose headings are not known: by its columns as earlier chosen.

    One with e-mail addresses lists people.
    """
    recall, reading = recall_of(connection, {}), Reading("")
    people, _ = people_tables(book, {}, reading, recall)
    calendars = calendar_tables(book, {}, reading, recall)
    if any(one.recalled for one in people):
        return Kind.PEOPLE
    if any(one.recalled for one in calendars):
        return Kind.CALENDAR
    cells = (cell for one in people for row in one.sheet.rows for cell in row)
    return Kind.PEOPLE if any(FIELDS.kind_of(cell) == "email" for cell in cells) else None


def is_table(book: Book) -> bool:
    """Return whether a file may be a list: a visible sheet has two rows of several cells."""
    rows = (row for sheet in book.sheets if not sheet.hidden for row in sheet.rows)
    return sum(len(texts_of(row)) > 1 for row in rows) > 1
