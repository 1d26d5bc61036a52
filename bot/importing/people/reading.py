"""The sheets of a list of people as checked people; see `person_rows` for a single row.

Stores nothing.
"""

from bot.importing.people.blocks import person_rows
from bot.importing.people.found import People
from bot.importing.people.person_rows import read_row
from bot.importing.people.roles import gather_words
from bot.importing.people.sheets import FIELDS, people_tables
from bot.importing.rows.columns import Recall, Table, nothing_recalled
from bot.importing.rows.countries import added_administration
from bot.importing.rows.kinds import calendar_sheets
from bot.importing.rows.open_questions import COLUMN
from bot.importing.rows.readings import heading_words
from bot.importing.rows.rows import check_heading, report_missing_columns
from bot.importing.tables.cells import Book
from bot.importing.tables.headings import plain
from bot.wording.counts import counted
from surveys.xlsform.sheets import letters

NEEDED = ("name", "administration")


def read_people(book: Book, people: People, recall: Recall = nothing_recalled) -> None:
    """Add the people on all sheets of a list to `people`, or what must be asked about its columns.

    Raise BadInput if no sheet is a list of people.
    """
    for answer in people.answers.values():
        new = added_administration(answer)
        if new is not None and new.code not in people.known:
            people.known[new.code] = people.added[new.code] = new
    people.tables, left = people_tables(book, people.answers, people.reading, recall)
    known = any(FIELDS.has(one.heading.columns) for one in people.tables)
    chosen = any(key.startswith(COLUMN) for key in people.answers)
    if not people.tables or (not (known or chosen) and calendar_sheets(book)):
        _refuse(people, book)
    for table in people.tables:
        people.questions |= {question.key: question for question in table.questions}
        if FIELDS.has(table.heading.columns):
            _read_table(people, table)
    gather_words(people)
    unread = [sheet.name for sheet in left]
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden and any(sheet.rows)]
    _note_sheets(people, unread, "has no column for names and was not read.")
    read = {table.sheet.name for table in people.tables}
    _note_sheets(people, [one for one in hidden if one not in read], "is hidden and was not read.")


def _note_sheets(people: People, names: list[str], why: str) -> None:
    people.notes += [f"Sheet '{name}' {why}" for name in names]


def _refuse(people: People, book: Book) -> None:
    reading = people.reading
    if calendar_sheets(book):
        fix = "Import it with `followup workshop import FILE`."
        reading.error("", "This is a calendar, not a list of people.", fix=fix)
    else:
        report_missing_columns(book.sheets, reading, NEEDED, ",".join(NEEDED))
    raise reading.refuse()


def _read_table(people: People, table: Table) -> None:
    sheet, heading = table.sheet, table.heading
    check_heading(sheet, heading, people.reading)
    before = len(people.rows)
    at = len(people.notes)
    for row in person_rows(people, table):
        people.rows.append(row)
        read_row(people, row)
    columns = ", ".join(
        f"{key} from {repr(column.heading) if column.heading else letters(column.number)}"
        for key, column in heading.columns.items()
        if key != plain(column.heading)
    )
    count = counted(len(people.rows) - before, "row")
    understood = f" Understood: {columns}." if columns else ""
    people.notes.insert(at, f"{heading_words(table)}: {count} read.{understood}")
