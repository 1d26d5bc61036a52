"""The sheets of a list of people as checked people; see `person_rows` for a single row.

Stores nothing.
"""

from bot.importing.people.person_rows import People, read_row
from bot.importing.rows.countries import (
    added_administration,
)
from bot.importing.rows.kinds import calendar_sheets, people_sheets
from bot.importing.rows.rows import (
    SHEET,
    Reading,
    Row,
    check_heading,
    near_heading,
    report_missing_columns,
    rows_of,
)
from bot.importing.tables.cells import Book, Sheet
from bot.importing.tables.headings import Heading, plain
from bot.wording.counts import counted
from surveys.problem_list import did_you_mean

NEEDED = ("name", "administration")
TOTALS = frozenset({"total", "totals", "sum", "average", "mean", "subtotal", "合计", "รวม"})


def read_people(book: Book, people: People) -> None:
    """Add the people on all sheets of a list to `people`.

    Raise BadInput if no sheet is a list of people.
    """
    reading, answers = people.reading, people.answers
    for answer in answers.values():
        new = added_administration(answer)
        if new is not None and new.code not in people.known:
            people.known[new.code] = people.added[new.code] = new
    sheets = people_sheets(book)
    wanted = answers.get(SHEET)
    if wanted:
        sheets = [one for one in sheets if one[0].name.casefold() == wanted.casefold()]
    if not sheets:
        _refuse(book, reading, wanted)
    for sheet, heading in sheets:
        _read_sheet(people, sheet, heading)


def _refuse(book: Book, reading: Reading, wanted: str | None) -> None:
    names = [sheet.name for sheet in book.sheets if sheet.name and not sheet.hidden]
    if wanted and wanted not in names:
        reading.error("", "is not a sheet of this file.", wanted, did_you_mean(wanted, names))
        raise reading.refuse()
    if calendar_sheets(book):
        fix = "Import it with `followup workshop import FILE`."
        reading.error("", "This is a calendar, not a list of people.", fix=fix)
        raise reading.refuse()
    report_missing_columns(book.sheets, reading, NEEDED, ",".join(NEEDED))
    raise reading.refuse()


def _read_sheet(people: People, sheet: Sheet, heading: Heading) -> None:
    check_heading(sheet, heading, people.reading)
    _check_administration_column(people, sheet, heading)
    before = len(people.listed)
    for row in rows_of(sheet, heading):
        if not _is_noise(people, row):
            read_row(people, row)
    where = f"Sheet '{sheet.name}', heading" if sheet.name else "Heading"
    columns = ", ".join(
        f"{key} from '{column.heading}'"
        for key, column in heading.columns.items()
        if key != plain(column.heading)
    )
    count = counted(len(people.listed) - before, "person", "people")
    understood = f" Understood: {columns}." if columns else ""
    people.notes.append(f"{where} in row {heading.row}: {count} read.{understood}")


def _check_administration_column(people: People, sheet: Sheet, heading: Heading) -> None:
    if "administration" in heading.columns:
        return
    near = near_heading("administration", [column.heading for column in heading.unread])
    if near:
        people.reading.error(
            f"row {heading.row}", "The list has no column administration.", fix=near
        )


def _is_noise(people: People, row: Row) -> bool:
    """Return whether a row is a total, a footnote or otherwise not about a person."""
    texts = [*row.aside, *(cell.text for cell in row.cells.values())]
    total = any(plain(text) in TOTALS for text in texts) and not row.get("email")
    who = ("name", "given", "family", "email", "phone")
    if total or not (any(row.get(key) for key in who) or _says_administration(row)):
        people.notes.append(f"{row.place} is not about a person and was skipped.")
        return True
    return False


def _says_administration(row: Row) -> bool:
    """Return whether a row has an administration of its own, not one merged over several rows."""
    return bool(row.get("administration")) and not row.sheet
