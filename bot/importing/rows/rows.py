"""The rows of a list, and its problems by sheet, row and column.

Knows no workshop and no person.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.importing.rows.open_questions import Answers
from bot.importing.tables.cells import EMPTY, Book, Cell, Sheet
from bot.importing.tables.headings import Column, Heading, find_heading, named, plain
from surveys.problem_list import ProblemList
from surveys.problems import Problem
from surveys.xlsform.sheets import letters

CALLED = frozenset({"name", "given", "family", "title"})
"""The columns that say whom or what a row is about."""
LONGEST_NAME = 40
SHEET, CODING = "sheet", "coding"
"""The keys of the answers that name the sheet, and the coding of a text file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: its number as in a spreadsheet, and its cells by field.

    `labels` are the headings in the file. `extra` are values beyond the last heading, `aside` those
    of the columns `beside` that are not read. `what` names a row in messages, such as "event". `mac`
    says that the numbers of days in its workbook count from 1904.
    """

    number: int
    cells: Mapping[str, Cell]
    labels: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    extra: tuple[str, ...] = ()
    what: str = "row"
    aside: tuple[str, ...] = ()
    mac: bool = False
    beside: tuple[Column, ...] = ()

    def get(self, column: str) -> str:
        """Return the text of a cell; '' if there is none."""
        return self.cell(column).text

    def cell(self, column: str) -> Cell:
        """Return a cell; an empty one if there is none."""
        return self.cells.get(column, EMPTY)

    @property
    def place(self) -> str:
        """The place of the row in messages: "row 4", or "sheet 'A', row 4" in a workbook."""
        here = f"{self.what} {self.number}"
        return f"sheet '{self.sheet}', {here}" if self.sheet else here

    @property
    def called(self) -> str:
        """The name of the person or the title of the workshop; '' if the row has none."""
        names = " ".join(filter(None, (self.get("given"), self.get("family"))))
        return (self.get("name") or names or self.get("title"))[:LONGEST_NAME]


@dataclass(frozen=True)
class Events:
    """The events of a calendar program, and the problems found while they were read."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class List:
    """A list to import, as it was read: the file name for messages, and whether it is a dry run.

    `answers` are the answers to its questions, by key, `digest` is the hash of the file. It was read
    before any transaction, by `bot.importing.files`.
    """

    read: Book | Events
    source: str
    dry_run: bool = False
    answers: Answers = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True)
class CellProblem:
    """A problem at a cell: its sheet, its row and its field."""

    sheet: str
    row: int
    field: str
    message: str
    fix: str = ""
    is_error: bool = True


class Reading(ProblemList):
    """The problems of a list that is being read, and the cells they stand at."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.cells: list[CellProblem] = []

    def wrong(self, row: Row, column: str, message: str, fix: str = "") -> None:
        """Add an error about a cell."""
        self.error(_place(row, column), message, row.get(column), fix)
        self.cells.append(CellProblem(row.sheet, row.number, column, message, fix))

    def doubtful(self, row: Row, column: str, message: str, fix: str = "") -> None:
        """Add a warning about a cell."""
        self.warning(_place(row, column), message, row.get(column), fix)
        self.cells.append(CellProblem(row.sheet, row.number, column, message, fix, is_error=False))

    def adopt(self, problems: Iterable[Problem]) -> None:
        """Add the problems that an earlier reading of the same list found."""
        for one in problems:
            note = self.error if one.severity == "error" else self.warning
            note(one.place, one.message, one.value, one.fix)

    def refuse_if_failed(self) -> None:
        """Raise BadInput with all problems if there is an error."""
        if self.failed:
            raise self.refuse()

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that do not stop the import."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def _place(row: Row, column: str) -> str:
    """Return the place of a cell, with the person or the workshop of its row."""
    about = row.called if column not in CALLED else ""
    return f"{row.place}, column {row.labels.get(column, column)}{f', {about}' if about else ''}"


def book_of(given: List, reading: Reading) -> Book:
    """Return the sheets of a list. Raise BadInput for the events of a calendar program."""
    if isinstance(given.read, Events):
        reading.error("", "This is a calendar, not a table.")
        raise reading.refuse()
    if given.read.warning:
        reading.warning("", given.read.warning)
    return given.read


def rows_of(sheet: Sheet, heading: Heading) -> Iterator[Row]:
    """Yield the rows below a heading that are not blank."""
    in_workbook = bool(sheet.name)
    labels = {
        key: named(column, in_workbook=in_workbook) for key, column in heading.columns.items()
    }
    width = max(
        (column.number for column in (*heading.columns.values(), *heading.unread)), default=0
    )
    for number, cells in enumerate(sheet.rows[heading.row :], heading.row + 1):
        if any(cell.text or cell.broken for cell in cells):
            found = {
                key: cells[column.number - 1]
                for key, column in heading.columns.items()
                if column.number <= len(cells)
            }
            extra = tuple(cell.text for cell in cells[width:] if cell.text)
            aside = tuple(
                cells[column.number - 1].text if column.number <= len(cells) else ""
                for column in heading.unread
            )
            yield Row(
                number, found, labels, sheet.name, extra, "row", aside, sheet.mac, heading.unread
            )


def check_heading(sheet: Sheet, heading: Heading, reading: Reading) -> None:
    """Report columns that are not read as a warning."""
    row = f"row {max(heading.row, 1)}"
    where = f"sheet '{sheet.name}', {row}" if sheet.name else row
    if heading.unread:
        unread = ", ".join(column.heading or letters(column.number) for column in heading.unread)
        reading.warning(where, f"These columns are not read: {unread}.")


def _refuse_twice(sheet: Sheet, heading: Heading, reading: Reading) -> None:
    """Report two columns for one field as an error."""
    where = f"sheet '{sheet.name}', row {heading.row}" if sheet.name else f"row {heading.row}"
    for one, two in heading.twice:
        columns = f"columns {letters(one.number)} and {letters(two.number)}"
        message = f"is the heading of two columns: {columns}."
        reading.error(where, message, two.heading, "Keep one of them.")


def check_broken(row: Row, reading: Reading) -> None:
    """Report cells whose text cannot be read."""
    for column, cell in row.cells.items():
        if cell.broken:
            reading.wrong(row, column, f"The cell {cell.broken}")


@dataclass(frozen=True)
class Columns:
    """The columns of a kind of list, which have their own names as headings."""

    needed: Sequence[str]
    optional: Sequence[str] = ()


def read_rows(given: List, reading: Reading, columns: Columns) -> list[Row]:
    """Return the rows of the first sheet with the needed columns. Raise BadInput without them."""
    words = {name: (plain(name),) for name in (*columns.needed, *columns.optional)}
    book = book_of(given, reading)
    for sheet in book.sheets:
        heading = find_heading(sheet, words)
        if heading is not None and set(columns.needed) <= set(heading.columns):
            _refuse_twice(sheet, heading, reading)
            check_heading(sheet, heading, reading)
            rows = list(rows_of(sheet, heading))
            for row in rows:
                check_broken(row, reading)
            return rows
    report_missing_columns(book.sheets, reading, columns.needed, ",".join(columns.needed))
    raise reading.refuse()


def report_missing_columns(
    sheets: Iterable[Sheet], reading: Reading, names: Iterable[str], headings: str
) -> None:
    """Report each of `names` as missing, with a similar heading or the `headings` to begin with."""
    top = [cell.text for sheet in sheets for row in sheet.rows[:1] for cell in row]
    for name in names:
        fix = near_heading(name, top) or f"Begin with the headings {headings}."
        reading.error("row 1", f"The list has no column {name}.", fix=fix)


def near_heading(name: str, headings: Iterable[str]) -> str:
    """Return a hint for a missing column if a heading is similar; else ''."""
    near = difflib.get_close_matches(name, [one for one in headings if one], n=1, cutoff=0.7)
    return f"Is it the column '{near[0]}'? Call it {name}." if near else ""
