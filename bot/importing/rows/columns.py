"""Which column is which: by its heading, by what people chose, or asked with the first cells.

Nothing is guessed about names: a column becomes the name only by its heading or by a choice.
"""

import difflib
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.importing.rows.fields import (
    LIKELY,
    Fields,
    column_name,
    columns_in,
    first_cells,
    width_of,
)
from bot.importing.rows.heading_rows import NONE, heading_row
from bot.importing.rows.open_questions import COLUMN, Answers, Choice, Question
from bot.importing.rows.rows import Reading
from bot.importing.tables.cells import Cell, Sheet
from bot.importing.tables.headings import Column, Heading, plain
from surveys.widths import cut
from surveys.xlsform.extents import column_number
from surveys.xlsform.sheets import letters

LONGEST_SHOWN = 24
MOST_CHOICES = 12
Recall = Callable[[str], Mapping[str, int]]
"""What was chosen earlier for files of a shape: the columns by field, 0 for none."""


@dataclass(frozen=True)
class Table:
    """A sheet whose columns are known, or asked about.

    `chosen` are the columns that were chosen for it now, `recalled` those chosen earlier for files of
    the same `shape`; 0 is none.
    """

    sheet: Sheet
    heading: Heading
    shape: str = ""
    questions: tuple[Question, ...] = ()
    chosen: Mapping[str, int] = field(default_factory=dict)
    recalled: Mapping[str, int] = field(default_factory=dict)


def nothing_recalled(shape: str) -> Mapping[str, int]:
    """Return that nothing was chosen earlier."""
    return {}


def table_of(
    sheet: Sheet, fields: Fields, answers: Answers, recall: Recall = nothing_recalled
) -> Table:
    """Return a sheet with its columns: found, chosen in the answers, or to be asked about."""
    table = chosen_table(sheet, fields, answers, recall)
    heading = _with(table.heading, dict(_by_content(sheet, table.heading, fields, table.chosen)))
    asked = _questions(sheet, heading, fields, {**table.recalled, **table.chosen})
    return replace(table, heading=heading, questions=(*table.questions, *asked))


def chosen_table(
    sheet: Sheet, fields: Fields, answers: Answers, recall: Recall = nothing_recalled
) -> Table:
    """Return a sheet with its columns as headings and choices name them."""
    heading, asked = heading_row(sheet, fields, answers)
    shape = shape_of(sheet, heading, f"{fields.kind}{fields.scope}")
    chosen = {name: at for name, at, _ in _chosen(sheet, heading, answers) if at is not None}
    recalled = {name: at for name, at in recall(shape).items() if name not in chosen}
    heading = _with(heading, {**recalled, **chosen})
    return Table(sheet, heading, shape, tuple(asked), chosen, recalled)


def shape_of(sheet: Sheet, heading: Heading, kind: str) -> str:
    """Return a hash of the headings, by which files of the same shape are known; '' without any."""
    columns = columns_in(heading)
    if not any(column.heading for column in columns):
        return ""
    row = sheet.rows[heading.row - 1]
    written = [plain(cell.text) for cell in row]
    above = [one for one in columns if one.heading != _text_at(row, one.number)]
    written += [plain(one.heading) for one in above if one.heading]
    return hashlib.sha256("\n".join((kind, *written)).encode()).hexdigest()


def _text_at(row: Sequence[Cell], number: int) -> str:
    return row[number - 1].text if number <= len(row) else ""


def check_choices(
    tables: Iterable[Table], fields: Fields, answers: Answers, reading: Reading
) -> None:
    """Report choices of fields that such a list has not, and of columns that no sheet has."""
    known = list(tables)
    for key, value in answers.items():
        _, name = _place_and_name(key)
        if not key.startswith(COLUMN):
            continue
        if name not in fields.headings:
            names = (one for one in fields.headings if "/" not in one)
            fix = f"Columns are: {', '.join(names)}."
            reading.error("", "is no column of such a file.", name, fix)
        elif all(
            at is None
            for table in known
            for _, at, of in _chosen(table.sheet, table.heading, answers)
            if of == key
        ):
            there = ", ".join(column_name(one) for one in columns_in(known[0].heading))
            reading.error("", "is no column of the file.", value, f"There are: {there}.")


def _chosen(
    sheet: Sheet, heading: Heading, answers: Answers
) -> Iterator[tuple[str, int | None, str]]:
    """Yield the fields of the choices for a sheet, their columns, and the keys of the answers.

    0 is no column, None one that the sheet has not.
    """
    for key, value in answers.items():
        where, name = _place_and_name(key)
        if key.startswith(COLUMN) and where in ("", sheet.name):
            yield name, numbered(sheet, heading, value), key


def _place_and_name(key: str) -> tuple[str, str]:
    """Return the sheet ('' for all) and the field that the key of a choice names."""
    where, _, name = key.removeprefix(COLUMN).rpartition("!")
    return where.strip(), name.strip().replace(" ", "_")


def numbered(sheet: Sheet, heading: Heading, value: str) -> int | None:
    """Return the column that a choice names by its letters or its heading; 0 for "none"."""
    if value.casefold() == NONE:
        return 0
    for column in columns_in(heading):
        if column.heading and plain(column.heading) == plain(value):
            return column.number
    width = max(map(width_of, sheet.rows), default=0)
    number = column_number(value.upper()) if re.fullmatch(r"[A-Za-z]{1,2}", value) else 0
    return number if 0 < number <= width else None


def _with(heading: Heading, columns: Mapping[str, int]) -> Heading:
    """Return a heading with other columns for some fields, 0 for none."""
    if not columns:
        return heading
    known = {one.number: one for one in columns_in(heading)}
    taken = set(columns.values())
    found = {
        name: one
        for name, one in heading.columns.items()
        if name not in columns and one.number not in taken
    }
    twice = [
        two for two in heading.twice if two[0] in found.values() and two[1].number not in taken
    ]
    found |= {name: known.get(at) or Column(at, "") for name, at in columns.items() if at}
    read = {one.number for one in found.values()} | {two.number for _, two in twice}
    unread = tuple(one for number, one in sorted(known.items()) if number not in read)
    return replace(heading, columns=found, twice=tuple(twice), unread=unread)


def _by_content(
    sheet: Sheet, heading: Heading, fields: Fields, chosen: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """Yield what the cells of a column say for certain: countries; addresses below no heading."""
    for name in ("administration", "email"):
        if name not in fields.headings or name in heading.columns or name in chosen:
            continue
        found = _columns_of_kind(sheet, heading, fields, name)
        if len(found) == 1 and (name == "administration" or not found[0].heading):
            yield name, found[0].number


def _columns_of_kind(sheet: Sheet, heading: Heading, fields: Fields, kind: str) -> list[Column]:
    return [one for one in heading.unread if fields.share(sheet, heading, one, kind) >= LIKELY]


def _questions(
    sheet: Sheet, heading: Heading, fields: Fields, chosen: Mapping[str, int]
) -> list[Question]:
    """Return which columns must be asked about: needed ones, two of one field, unclear addresses."""
    asked = []
    if not fields.has(heading.columns):
        missing = [name for name in fields.needed[0] if name not in heading.columns]
        asked += [_which(sheet, heading, fields, name) for name in missing]
    asked += twice_questions(sheet, heading, fields)
    for name, likely in (("email", _columns_of_kind), ("administration", _near)):
        missing_here = name in fields.headings and name not in {*heading.columns, *chosen}
        found = likely(sheet, heading, fields, name) if missing_here else []
        question = _which(sheet, heading, fields, name, found)
        none = Choice("None of them", NONE)
        asked += [replace(question, choices=(*question.choices, none))] if found else []
    return asked


def twice_questions(sheet: Sheet, heading: Heading, fields: Fields) -> list[Question]:
    """Return which of two columns for one field is meant."""
    names = {column: name for name, column in heading.columns.items()}
    return [_which(sheet, heading, fields, names[both[0]], both) for both in heading.twice]


def _near(sheet: Sheet, heading: Heading, fields: Fields, name: str) -> list[Column]:
    """Return the columns whose heading is nearly the name of a field."""
    headings = {plain(one.heading): one for one in heading.unread}
    return [headings[one] for one in difflib.get_close_matches(name, headings, n=1, cutoff=0.7)]


def _which(
    sheet: Sheet,
    heading: Heading,
    fields: Fields,
    name: str,
    columns: Sequence[Column] = (),
) -> Question:
    """Return the question which of some columns, by default the unread ones, is a field."""
    where = f" of the sheet '{sheet.name}'" if sheet.name else ""
    filled = [
        (one, shown)
        for one in columns or _of_words(sheet, heading, fields) or heading.unread
        if (shown := first_cells(sheet, heading, one))
    ]
    choices = [Choice(_label(one, shown), letters(one.number)) for one, shown in filled]
    text = f"Which column{where} is {fields.said(name)}?"
    return Question(f"{COLUMN}{name}", text, tuple(choices[:MOST_CHOICES]))


def _of_words(sheet: Sheet, heading: Heading, fields: Fields) -> list[Column]:
    """Return the unread columns that are of no kind that is known by its cells."""
    kinds = ("email", "number", "administration")
    return [
        one
        for one in heading.unread
        if not any(fields.share(sheet, heading, one, kind) >= LIKELY for kind in kinds)
    ]


def _label(column: Column, shown: Iterable[str]) -> str:
    """Return the letters of a column, its heading, and its first cells."""
    return f"{column_name(column)}: {', '.join(cut(one, LONGEST_SHOWN) for one in shown)}"
