"""A sheet as rows below their headings. Problems of headings are reported here.

Knows which columns exist, and nothing of the meaning of cells.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveys.problem_list import ProblemList
from surveys.questionnaire import Texts
from surveys.xlsform.headings import PASSED_OVER, READ, WITHOUT_EFFECT, Column, read_heading
from surveys.xlsform.languages import DEFAULT, language_code
from surveys.xlsform.sheets import (
    CHOICES,
    LONGEST_CELL,
    SETTINGS,
    SURVEY,
    Book,
    Sheet,
    letters,
    one_line,
    place,
)
from surveys.xlsform.texts import plain_text

NEAR = 0.75
SHOWN_ROWS = 8


@dataclass(frozen=True)
class Record:
    """One row with its number; `cells` holds the filled ones."""

    table: "Table"
    number: int
    cells: Mapping[Column, str]

    @property
    def place(self) -> str:
        return place(self.table.sheet.name, self.number)

    def at(self, name: str, language: str = "") -> str:
        """Return the place of a column of this row, filled or not."""
        column = self.table.column(name, language)
        return place(self.table.sheet.name, self.number, column.written if column else "")

    def get(self, name: str) -> str:
        """The text of a column without languages; '' for an empty cell."""
        return next((text for column, text in self.cells.items() if column.name == name), "")

    def texts(self, name: str, default: str) -> Texts:
        """A text by language. A column without a language holds the default one."""
        texts: Texts = {}
        for column, text in self.cells.items():
            if column.name == name:
                language = column.language or default
                # A column with the language takes precedence over one without.
                if column.language or language not in texts:
                    texts[language] = plain_text(text)
        return {language: text for language, text in texts.items() if text}

    def places(self, default: str) -> dict[str, str]:
        """Return the places of all columns of this row; of texts also of each language, as label::th."""
        found: dict[str, str] = {}
        for column in self.table.columns:
            here = place(self.table.sheet.name, self.number, column.written)
            found.setdefault(column.name, here)
            if column.name in ("label", "hint", "constraint_message"):
                found.setdefault(f"{column.name}::{column.language or default}", here)
        return found


@dataclass(frozen=True)
class Table:
    """The used columns of a sheet and its rows; languages of columns are codes."""

    role: str
    sheet: Sheet
    columns: tuple[Column, ...]

    def column(self, name: str, language: str = "") -> Column | None:
        named = [column for column in self.columns if column.name == name]
        exact = [column for column in named if column.language == language]
        return next(iter((exact if language else []) or named), None)

    def records(self) -> Iterator[Record]:
        """Yield the rows in which a used column is filled."""
        for number, row in enumerate(self.sheet.rows[1:], start=2):
            filled = {
                column: row[column.number - 1][:LONGEST_CELL]
                for column in self.columns
                if column.number <= len(row) and row[column.number - 1]
            }
            if filled:
                yield Record(self, number, filled)


def read_tables(book: Book, problem_list: ProblemList) -> dict[str, Table]:
    """Return the tables of a form by role; a sheet with a nearly right name is read and reported."""
    tables = {}
    for role, sheet in book.sheets.items():
        if sheet.name.strip().casefold() != role:
            message = f"is not read by other tools: it is nearly called {role}."
            problem_list.error(place(sheet.name), message, sheet.name, f"Call this sheet {role}.")
        tables[role] = read_table(role, sheet, problem_list)
    if SURVEY not in tables:
        named = f"Sheets here: {', '.join(book.names[:8])}." if book.names else ""
        fix = "Put the questions on a sheet with this name; in a text file it is the first column."
        problem_list.error("", f"There is no sheet 'survey'. {named}".strip(), fix=fix)
    return tables


def read_table(role: str, sheet: Sheet, problem_list: ProblemList) -> Table:
    """Return a sheet with its headings read; problems of headings are reported."""
    written = sheet.rows[0] if sheet.rows else ()
    if not any(written):
        message = "The first row holds the headings, and it is empty."
        problem_list.error(place(sheet.name, 1), message, fix="Write type, name, label and so on.")
    columns = [read_heading(role, n, text) for n, text in enumerate(written, start=1) if text]
    coded = [_with_code(sheet, column, problem_list) for column in columns]
    used = _once(sheet, [column for column in coded if column], problem_list)
    table = Table(role, sheet, tuple(used))
    _note_unheaded(sheet, {column.number for column in columns}, problem_list)
    _note_unknown(table, problem_list)
    _note_cells(table, problem_list)
    return table


def _with_code(sheet: Sheet, column: Column, problem_list: ProblemList) -> Column | None:
    """Return the column with the code of its language; None after reporting an unknown one."""
    if not column.language:
        return column
    code = language_code(column.language)
    if code is None:
        fix = "Write the code of the language in brackets, such as label::French (fr)."
        here = place(sheet.name, 1, column.written)
        problem_list.error(here, "is not a language that is known here.", column.language, fix)
        return None
    return Column(column.number, column.written, column.name, code)


def _once(sheet: Sheet, columns: list[Column], problem_list: ProblemList) -> list[Column]:
    """Return each column once. Two columns with one name are reported: neither wins silently."""
    first: dict[tuple[str, str], Column] = {}
    for column in columns:
        before = first.setdefault((column.name, column.language), column)
        if before is not column and column.name not in PASSED_OVER[SURVEY]:
            cells = f"{letters(before.number)}1 and {letters(column.number)}1"
            message = f"stands twice, in {cells}; it is not clear which of the two counts."
            here = place(sheet.name, 1, column.written)
            problem_list.error(here, message, column.written, "Keep one of the two columns.")
    return list(first.values())


def _note_unheaded(sheet: Sheet, headed: set[int], problem_list: ProblemList) -> None:
    for number in range(1, max(map(len, sheet.rows), default=0) + 1):
        rows = _filled(sheet, number)
        if number not in headed and rows:
            message = f"Column {letters(number)} has no heading; {_shown(rows)} not used."
            problem_list.warning(place(sheet.name, rows[0]), message, fix="Write one in row 1.")


def _note_unknown(table: Table, problem_list: ProblemList) -> None:
    """Report columns without effect. Unknown columns of choices are for choice filters and stay."""
    role, sheet = table.role, table.sheet
    known = (*READ[role], *WITHOUT_EFFECT[role], *PASSED_OVER[role])
    for column in table.columns:
        here = place(sheet.name, 1, column.written)
        rows = [row for row in _filled(sheet, column.number) if row > 1]
        if column.name in WITHOUT_EFFECT[role] and rows:
            message = f"has no effect in a chat; {_shown(rows)} not used."
            problem_list.warning(here, message, column.written, "Say it in the label or the hint.")
        elif column.name not in known and not _is_title(column):
            near = difflib.get_close_matches(column.name, READ[role], n=1, cutoff=NEAR)
            if near or role == SURVEY:
                fix = f"Did you mean '{near[0]}'?" if near else "Remove it if it is not a note."
                used = f"{_shown(rows)} not used." if rows else "it is empty."
                message = f"is not a column that is known here; {used}"
                problem_list.warning(here, message, column.written, fix)


def _is_title(column: Column) -> bool:
    """Return whether this is a title in a further language, as title_fr."""
    return column.name.startswith("title_")


def _note_cells(table: Table, problem_list: ProblemList) -> None:
    used = {column.number: column for column in table.columns}
    for row, cells in enumerate(table.sheet.rows, start=1):
        for number, text in enumerate(cells, start=1):
            if number in used and len(text) > LONGEST_CELL:
                message = f"The cell {letters(number)}{row} has {len(text):,} characters."
                here = place(table.sheet.name, row, one_line(used[number].written[:99]))
                problem_list.error(here, message, fix=f"Write at most {LONGEST_CELL:,}.")
    for (row, number), message in sorted(table.sheet.broken.items()):
        if number in used:
            here = place(table.sheet.name, row, used[number].written)
            problem_list.error(here, f"The cell {letters(number)}{row} {message}")


def _filled(sheet: Sheet, number: int) -> list[int]:
    """The rows in which a column is filled, from 1."""
    rows = enumerate(sheet.rows, start=1)
    return [row for row, cells in rows if number <= len(cells) and cells[number - 1]]


def _shown(rows: list[int]) -> str:
    named = ", ".join(map(str, rows[:SHOWN_ROWS])) + (
        " and more" if len(rows) > SHOWN_ROWS else ""
    )
    return f"its cell in row {named} is" if len(rows) == 1 else f"its cells in rows {named} are"


def languages_of(tables: Mapping[str, Table], default: str) -> tuple[str, ...]:
    """The languages of all text columns, in their order."""
    found: dict[str, None] = {}
    for role in (SURVEY, CHOICES):
        for column in tables[role].columns if role in tables else ():
            if column.name in ("label", "hint", "constraint_message"):
                found.setdefault(column.language or default)
    return tuple(found) or (default,)


def default_language(tables: Mapping[str, Table], settings: Record | None) -> str | None:
    """Return the stated default language as a code; None if what is stated is not a language.

    Without a statement it is English, or the first language if every column has one.
    """
    stated = settings.get("default_language") if settings else ""
    if stated and stated.casefold() != DEFAULT:
        return language_code(stated)
    found = languages_of(tables, "")
    return "en" if "" in found or found == ("",) else found[0]


def settings_record(tables: Mapping[str, Table]) -> Record | None:
    """The first filled row of the sheet settings."""
    return next(iter(tables[SETTINGS].records()), None) if SETTINGS in tables else None
