"""Lists that people send in: rows with their places, and what is wrong, said by sheet, row and column.

Knows no workshop and no person.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.importing.rows.open_questions import Answers
from bot.importing.tables.cells import EMPTY, Book, Cell, Sheet
from bot.importing.tables.headings import Heading, find_heading, named, plain
from bot.importing.tables.reading import read_book
from surveys.problem_list import Findings
from surveys.problems import Problem
from surveys.xlsform.sheets import Unreadable, letters

SHEET, CODING = "sheet", "coding"
"""Keys of answers that say which sheet is meant, and in which coding a text is written."""
LONGEST_CELL = 1_000
"""Characters: no name, title or note of a list is so long, and each is shown to somebody later."""


@dataclass(frozen=True)
class List:
    """A list as a person gave it: its bytes, the name for messages, and whether only to look.

    `answers` are what the person said to questions about it, by their keys. `read` is what was read
    of it already, elsewhere; then the bytes are not looked at.
    """

    content: bytes
    source: str
    dry_run: bool = False
    answers: Answers = field(default_factory=dict)
    read: "Book | Events | None" = None


@dataclass(frozen=True)
class Row:
    """One row of a list: its number as a spreadsheet counts, and its cells by field.

    `labels` are the columns as the file names them. `extra` are values beyond the last heading,
    `aside` those of columns that are not read.
    """

    number: int
    cells: Mapping[str, Cell]
    labels: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    extra: tuple[str, ...] = ()
    what: str = "row"
    aside: tuple[str, ...] = ()

    def get(self, column: str) -> str:
        """The text of a cell; '' where there is none."""
        return self.cell(column).text

    def cell(self, column: str) -> Cell:
        """A cell; an empty one where there is none."""
        return self.cells.get(column, EMPTY)

    @property
    def place(self) -> str:
        """Where the row stands: "row 4", in workbooks with the sheet before."""
        here = f"{self.what} {self.number}"
        return f"sheet '{self.sheet}', {here}" if self.sheet else here


@dataclass(frozen=True)
class Events:
    """The events of a calendar program, and what was found wrong with them while they were read."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


class Reading(Findings):
    """A list being read, with all its problems so far."""

    def wrong(self, row: Row, column: str, message: str, fix: str = "") -> None:
        """Note what has to be mended in a cell."""
        self.error(_place(row, column), message, row.get(column), fix)

    def doubtful(self, row: Row, column: str, message: str, fix: str = "") -> None:
        """Note what is worth a look in a cell."""
        self.warning(_place(row, column), message, row.get(column), fix)

    def adopt(self, problems: Iterable[Problem]) -> None:
        """Note what was found already by somebody else who read the same list."""
        for one in problems:
            note = self.error if one.severity == "error" else self.warning
            note(one.place, one.message, one.value, one.fix)

    def refuse_if_failed(self) -> None:
        """Refuse the whole list if anything is wrong."""
        if self.failed:
            raise self.refuse()

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is worth a look."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def _place(row: Row, column: str) -> str:
    return f"{row.place}, column {row.labels.get(column, column)}"


def open_book(given: List, reading: Reading) -> Book:
    """The sheets of a list. Raises BadInput for a file that is no table."""
    if isinstance(given.read, Book):
        return _with_coding_warning(given.read, reading)
    try:
        book = read_book(given.content, given.answers.get(CODING, ""))
    except Unreadable as error:
        reading.error("", error.message, fix=error.fix)
        raise reading.refuse() from None
    return _with_coding_warning(book, reading)


def _with_coding_warning(book: Book, reading: Reading) -> Book:
    if book.coding_warning:
        reading.warning("", book.coding_warning)
    return book


def rows_of(sheet: Sheet, heading: Heading) -> Iterator[Row]:
    """The rows under a heading that are not blank. Cells that a short row lacks are empty."""
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
                cells[column.number - 1].text
                for column in heading.unread
                if column.number <= len(cells)
            )
            yield Row(number, found, labels, sheet.name, extra, aside=aside)


def check_heading(sheet: Sheet, heading: Heading, reading: Reading) -> None:
    """Refuse two columns of one meaning; say which columns are not read."""
    where = f"sheet '{sheet.name}', row {heading.row}" if sheet.name else f"row {heading.row}"
    for one, two in heading.twice:
        columns = f"columns {letters(one.number)} and {letters(two.number)}"
        same = plain(one.heading) == plain(two.heading)
        message = f"is the heading of {'two columns' if same else 'a second column'}: {columns}."
        reading.error(where, message, two.heading, "Keep one of them.")
    if heading.unread:
        unread = ", ".join(column.heading for column in heading.unread)
        reading.warning(where, f"These columns are not read: {unread}.")


def check_broken(row: Row, reading: Reading) -> None:
    """Refuse cells whose text is not known, or too long to be meant."""
    for column, cell in row.cells.items():
        if cell.broken:
            reading.wrong(row, column, f"The cell {cell.broken}")
        elif len(cell.text) > LONGEST_CELL:
            message = f"The cell has {len(cell.text):,} characters."
            reading.wrong(row, column, message, f"Write at most {LONGEST_CELL:,}.")


@dataclass(frozen=True)
class Columns:
    """The columns of a kind of list, under their own names."""

    needed: Sequence[str]
    optional: Sequence[str] = ()


def read_rows(given: List, reading: Reading, columns: Columns) -> list[Row]:
    """The rows of the first sheet with the needed columns. Raises BadInput without them."""
    words = {name: (plain(name),) for name in (*columns.needed, *columns.optional)}
    book = open_book(given, reading)
    for sheet in book.sheets:
        heading = find_heading(sheet, words)
        if heading is not None and set(columns.needed) <= set(heading.columns):
            check_heading(sheet, heading, reading)
            rows = list(rows_of(sheet, heading))
            for row in rows:
                check_broken(row, reading)
            return rows
    top = [cell.text for sheet in book.sheets for row in sheet.rows[:1] for cell in row]
    for name in columns.needed:
        fix = near_heading(name, top) or f"Begin with the headings {','.join(columns.needed)}."
        reading.error("row 1", f"The list has no column {name}.", fix=fix)
    raise reading.refuse()


def near_heading(name: str, headings: Iterable[str]) -> str:
    """A way out where a column is missing: the heading that is nearly called so, else ''."""
    near = difflib.get_close_matches(name, [one for one in headings if one], n=1, cutoff=0.7)
    return f"Is it the column '{near[0]}'? Call it {name}." if near else ""
