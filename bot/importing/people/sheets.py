"""The sheets of a file that are lists of people, with their columns."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.importing.people.names import read_name
from bot.importing.rows.column_words import PEOPLE
from bot.importing.rows.columns import (
    Recall,
    Table,
    check_choices,
    nothing_recalled,
    table_of,
)
from bot.importing.rows.countries import country_code, country_in
from bot.importing.rows.fields import DEEPEST, LIKELY, Fields, cells_below, texts_of
from bot.importing.rows.open_questions import COLUMN, Answers
from bot.importing.rows.rows import SHEET, Reading
from bot.importing.tables.cells import EMPTY, Book, Cell, Sheet
from bot.importing.tables.headings import Column, Heading, plain
from surveys.problem_list import did_you_mean

FEWEST_NAMES = 3
"""Cells below a heading that show what a column holds."""
WORDS = {
    "name": "the name",
    "given": "the given name",
    "family": "the family name",
    "administration": "the administration or country",
    "email": "the e-mail address of the person",
    "phone": "the telephone number",
}


def _is_title(text: str) -> bool:
    return bool(read_name(f"{text} Xy").title) and read_name(f"{text} Xy").name == "Xy"


def _adjusted(sheet: Sheet, heading: Heading) -> Heading:
    """Correct what headings alone leave open: names of other things, parts of names, titles."""
    return _with_parts(sheet, _with_honorific(sheet, _with_names(sheet, heading)))


def _without(heading: Heading, name: str) -> Heading:
    """Return a heading in which a column is not read."""
    columns = dict(heading.columns)
    gone = columns.pop(name)
    return replace(heading, columns=columns, unread=(*heading.unread, gone))


def _with_names(sheet: Sheet, heading: Heading) -> Heading:
    """Read `Name` not above numbers, countries or addresses."""
    name = heading.columns.get("name")
    if name is None or len(list(cells_below(sheet, heading, name))) < FEWEST_NAMES:
        return heading
    kinds = ("number", "administration", "email")
    others = any(FIELDS.share(sheet, heading, name, kind) >= LIKELY for kind in kinds)
    return _without(heading, "name") if others else heading


def _with_parts(sheet: Sheet, heading: Heading) -> Heading:
    """Read `Name` beside one part of a name as the other part, unless it holds that part too."""
    columns = dict(heading.columns)
    parts = {"given", "family"} & columns.keys()
    if "name" not in columns or len(parts) != 1:
        return heading
    (part,) = parts
    if _holds(sheet, heading, columns["name"], columns[part]):
        return heading
    columns["family" if part == "given" else "given"] = columns.pop("name")
    return replace(heading, columns=columns)


def _holds(sheet: Sheet, heading: Heading, whole: Column, part: Column) -> bool:
    """Return whether most cells of a column hold the words of another one."""
    rows = (
        [plain(cell.text) for cell in _two(row, whole, part)]
        for row in sheet.rows[heading.row : heading.row + DEEPEST]
    )
    filled = [(one, two) for one, two in rows if one and two]
    return 2 * sum(two in one for one, two in filled) > len(filled)


def _two(row: Sequence[Cell], one: Column, two: Column) -> tuple[Cell, Cell]:
    first, second = ((*row, *[EMPTY] * at.number)[at.number - 1] for at in (one, two))
    return first, second


def _with_honorific(sheet: Sheet, heading: Heading) -> Heading:
    """Read `Title` only above titles such as Mr."""
    honorific = heading.columns.get("honorific")
    if honorific is None:
        return heading
    below = [cell.text for cell in cells_below(sheet, heading, honorific)]
    if sum(map(_is_title, below)) >= LIKELY * len(below):
        return heading
    return _without(heading, "honorific")


FIELDS = Fields(
    "people",
    PEOPLE,
    (("name",), ("given", "family")),
    WORDS,
    lambda text: bool(country_code(text, {}) or country_in(text, {})),
    _adjusted,
)


def people_tables(
    book: Book, answers: Answers, reading: Reading, recall: Recall = nothing_recalled
) -> tuple[list[Table], list[Sheet]]:
    """Return the sheets that are lists of people, or may be, and the visible ones that are not.

    Where no sheet is known to be one, all tables are asked about. Raise BadInput for a sheet that
    was named and is not there.
    """
    sheets = _wanted(book, answers.get(SHEET, ""), reading)
    tables = [table_of(one, FIELDS, answers, recall) for one in sheets if _is_table(one)]
    found = [one for one in tables if FIELDS.has(one.heading.columns)]
    taken = found or tables
    if any(key.startswith(COLUMN) for key in answers) and tables:
        check_choices(tables, FIELDS, answers, reading)
    left = [one.sheet for one in tables if one not in taken]
    return [*_scoped(taken)], left


def _wanted(book: Book, wanted: str, reading: Reading) -> list[Sheet]:
    """Return the visible sheets, or the one that was named."""
    if not wanted:
        return [sheet for sheet in book.sheets if not sheet.hidden]
    found = [sheet for sheet in book.sheets if sheet.name.casefold() == wanted.casefold()]
    if not found:
        names = [sheet.name for sheet in book.sheets if sheet.name and not sheet.hidden]
        reading.error("", "is not a sheet of this file.", wanted, did_you_mean(wanted, names))
        raise reading.refuse()
    return found


def _is_table(sheet: Sheet) -> bool:
    """Return whether a sheet has rows of several cells."""
    return any(len(texts_of(row)) > 1 for row in sheet.rows) or bool(
        sheet.rows and table_of(sheet, FIELDS, {}).heading.columns
    )


def _scoped(tables: list[Table]) -> Iterable[Table]:
    """Give the questions of several sheets keys of their own."""
    for one in tables:
        asked = (
            replace(question, key=f"{COLUMN}{one.sheet.name}!{question.key.removeprefix(COLUMN)}")
            if question.key.startswith(COLUMN)
            else question
            for question in one.questions
        )
        yield replace(one, questions=tuple(asked)) if len(tables) > 1 else one
