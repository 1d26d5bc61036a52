"""The rows of a calendar file: a table of any format, or the events of a calendar program."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.importing.rows.column_words import CALENDAR
from bot.importing.rows.columns import (
    Recall,
    Table,
    check_choices,
    nothing_recalled,
    table_of,
)
from bot.importing.rows.fields import Fields, texts_of
from bot.importing.rows.kinds import people_sheets
from bot.importing.rows.open_questions import COLUMN, Answers
from bot.importing.rows.rows import (
    Events,
    List,
    Reading,
    Row,
    book_of,
    check_heading,
    report_missing_columns,
    rows_of,
)
from bot.importing.rows.template_words import EXAMPLE
from bot.importing.tables.cells import Book

NEEDED = ("title", "starts_on")
WORDS = {
    "title": "the title of the workshop",
    "starts_on": "the first day",
    "ends_on": "the last day",
    "dates": "the days",
}
FIELDS = Fields("calendar", CALENDAR, (NEEDED, ("title", "dates")), WORDS)


@dataclass(frozen=True)
class CalendarRows:
    """The rows of a calendar, and its tables with what must be asked about their columns."""

    rows: tuple[Row, ...]
    tables: tuple[Table, ...] = ()


def read_calendar(
    given: List, reading: Reading, recall: Recall = nothing_recalled
) -> CalendarRows:
    """Return the rows of a calendar, from a table or an .ics file."""
    if isinstance(given.read, Events):
        reading.adopt(given.read.problems)
        reading.refuse_if_failed()
        return CalendarRows(given.read.rows)
    return calendar_rows(given, reading, recall)


def calendar_rows(
    given: List, reading: Reading, recall: Recall = nothing_recalled
) -> CalendarRows:
    """Return the rows of the sheets that are calendars, or may be. Raise BadInput without any."""
    book = book_of(given, reading)
    tables = calendar_tables(book, given.answers, reading, recall)
    if not any(FIELDS.has(one.heading.columns) for one in tables) and people_sheets(book):
        fix = "Import it with `followup participants import CODE FILE`."
        reading.error("", "This is a list of people, not a calendar.", fix=fix)
    elif not tables:
        shown = [sheet for sheet in book.sheets if not sheet.hidden]
        report_missing_columns(shown, reading, NEEDED, "title,starts_on,ends_on")
    reading.refuse_if_failed()
    rows: list[Row] = []
    for table in tables:
        if FIELDS.has(table.heading.columns):
            check_heading(table.sheet, table.heading, reading)
            rows += _without_example(rows_of(table.sheet, table.heading), reading)
    return CalendarRows(tuple(rows), tuple(tables))


def calendar_tables(
    book: Book, answers: Answers, reading: Reading, recall: Recall = nothing_recalled
) -> list[Table]:
    """Return the visible sheets that are calendars; if none is known to be one, all tables."""
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    tables = [
        table_of(one, FIELDS, answers, recall)
        for one in shown
        if any(len(texts_of(row)) > 1 for row in one.rows)
    ]
    if any(key.startswith(COLUMN) for key in answers) and tables:
        check_choices(tables, FIELDS, answers, reading)
    return [one for one in tables if FIELDS.has(one.heading.columns)] or tables


def _without_example(rows: Iterable[Row], reading: Reading) -> Iterator[Row]:
    for row in rows:
        if row.get("title").startswith(EXAMPLE.strip()):
            reading.warning(row.place, "is the example of the template and was skipped.")
        else:
            yield row
