"""The rows of a calendar file: a table of any format, or the events of a calendar program."""

from bot.importing.rows.kinds import calendar_sheets, people_sheets
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

NEEDED = ("title", "starts_on")


def read_calendar(given: List, reading: Reading) -> list[Row]:
    """Return the rows of a calendar, from a table or an .ics file."""
    if isinstance(given.read, Events):
        reading.adopt(given.read.problems)
        reading.refuse_if_failed()
        return list(given.read.rows)
    return calendar_rows(given, reading)


def calendar_rows(given: List, reading: Reading) -> list[Row]:
    """Return the rows of the sheets that are calendars. Raise BadInput if there are none."""
    book = book_of(given, reading)
    rows = []
    for sheet, heading in calendar_sheets(book):
        check_heading(sheet, heading, reading)
        rows += list(rows_of(sheet, heading))
    if not rows and people_sheets(book):
        fix = "Import it with `followup participants import CODE FILE`."
        reading.error("", "This is a list of people, not a calendar.", fix=fix)
    if not rows and not reading.failed:
        shown = [sheet for sheet in book.sheets if not sheet.hidden]
        report_missing_columns(shown, reading, NEEDED, "title,starts_on,ends_on")
    if reading.failed:
        raise reading.refuse()
    return rows
