"""A list as it was read, as values for a page: its columns with their first cells, and its rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.importing.rows.columns import Table
from bot.importing.rows.fields import Fields, columns_in, first_cells
from bot.importing.rows.rows import CellProblem, Row
from surveys.xlsform.sheets import letters


@dataclass(frozen=True)
class ListColumn:
    """A column: its letters, heading and first cells, and the field it is read as, '' for none."""

    letters: str
    heading: str
    cells: tuple[str, ...]
    field: str


@dataclass(frozen=True)
class ListSheet:
    """A sheet of a list: its name, the row of its heading (0 for none), its columns.

    `fields` are what a column can be: the words for a reader by field. `chosen` are the fields whose
    column was chosen now, `recalled` those chosen for an earlier file of the same shape.
    """

    name: str
    heading: int
    columns: tuple[ListColumn, ...]
    fields: Mapping[str, str]
    chosen: tuple[str, ...] = ()
    recalled: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadRow:
    """A row as it will be stored: its values by field, what becomes of it, and its mistakes.

    `outcome` is new, changed, same, kept once or left out; '' while problems or questions leave it open.
    """

    sheet: str
    number: int
    values: Mapping[str, str]
    outcome: str = ""
    problems: tuple[CellProblem, ...] = field(default=())


def sheets_of(tables: Iterable[Table], fields: Fields) -> tuple[ListSheet, ...]:
    """Return the sheets of a list with their columns."""
    return tuple(_sheet(table, fields) for table in tables)


def _sheet(table: Table, fields: Fields) -> ListSheet:
    heading = table.heading
    names = {column.number: name for name, column in heading.columns.items()}
    columns = tuple(
        ListColumn(
            letters(one.number),
            one.heading,
            tuple(first_cells(table.sheet, heading, one)),
            names.get(one.number, ""),
        )
        for one in columns_in(heading)
    )
    row = heading.row if any(one.heading for one in columns) else 0
    words = {name: fields.said(name) for name in fields.headings}
    return ListSheet(
        table.sheet.name, row, columns, words, tuple(table.chosen), tuple(table.recalled)
    )


def heading_words(table: Table) -> str:
    """Return where the heading of a table is: "Heading in row 1", or that it has none."""
    headed = any(column.heading for column in columns_in(table.heading))
    where = f"heading in row {table.heading.row}" if headed else "no heading"
    sheet = table.sheet.name
    return f"Sheet '{sheet}', {where}" if sheet else where.capitalize()


def rows_read(
    rows: Sequence[Row],
    problems: Iterable[CellProblem],
    outcomes: Mapping[str, str],
    read: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[ReadRow, ...]:
    """Return the rows as they will be stored; `outcomes` has what becomes of each, by its place.

    `read` has values that are not as in the cells, by place too.
    """
    by_row: defaultdict[tuple[str, int], list[CellProblem]] = defaultdict(list)
    for one in problems:
        by_row[one.sheet, one.row].append(one)
    values = {one.place: {**_texts(one), **(read or {}).get(one.place, {})} for one in rows}
    return tuple(
        ReadRow(
            one.sheet,
            one.number,
            values[one.place],
            outcomes.get(one.place, ""),
            tuple(by_row.get((one.sheet, one.number), ())),
        )
        for one in rows
    )


def _texts(row: Row) -> dict[str, str]:
    return {name: cell.text for name, cell in row.cells.items() if cell.text}
