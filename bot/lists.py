"""Lists that people send in as CSV: rows with their numbers, and what is wrong, said by row and column.

Knows no workshop and no person.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.findings import Findings, did_you_mean
from surveys.problems import Problem


@dataclass(frozen=True)
class List:
    """A list as a person gave it: its bytes, the name for messages, and whether only to look."""

    content: bytes
    source: str
    dry_run: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a list: its number as a spreadsheet counts (heading is 1), and its cells."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The text of a cell without spare spaces; '' where there is none."""
        return " ".join(self.cells.get(column, "").split())


class Reading(Findings):
    """A list being read, with all its problems so far."""

    def wrong(self, row: Row, column: str, message: str, fix: str = "") -> None:
        """Note what has to be mended in a cell."""
        self.error(_place(row, column), message, row.get(column), fix)

    def doubtful(self, row: Row, column: str, message: str, fix: str = "") -> None:
        """Note what is worth a look in a cell."""
        self.warning(_place(row, column), message, row.get(column), fix)

    def done(self) -> None:
        """Refuse the whole list if anything is wrong."""
        if self.failed:
            raise self.refuse()

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is worth a look."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def _place(row: Row, column: str) -> str:
    return f"row {row.number}, column {column}"


@dataclass(frozen=True)
class Columns:
    """The columns of a kind of list."""

    needed: Sequence[str]
    optional: Sequence[str] = ()

    @property
    def known(self) -> tuple[str, ...]:
        return (*self.needed, *self.optional)


def read_rows(content: bytes, reading: Reading, columns: Columns) -> list[Row]:
    """The rows of a comma-separated UTF-8 file with a heading row; blank rows are passed over.

    Cells that a short row lacks are empty. Columns that are not known are warned of and not read.
    Raises BadInput for a file without usable headings.
    """
    table = _table(content, reading)
    heading = [" ".join(name.lower().split()) for name in table[0]] if table else []
    _check_heading(heading, reading, columns)
    rows = []
    for number, cells in enumerate(table[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(heading):
            message = f"There are {len(cells)} values for {len(heading)} columns."
            fix = "Put a text with commas in quotation marks."
            reading.error(f"row {number}", message, fix=fix)
        rows.append(Row(number, dict(zip(heading, cells, strict=False))))
    return rows


def _table(content: bytes, reading: Reading) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        fix = "Save the list as CSV UTF-8."
        reading.error(f"row {line}", "This is not UTF-8 text.", fix=fix)
        raise reading.refuse() from None
    try:
        return list(csv.reader(io.StringIO(text, newline=None)))
    except csv.Error as error:
        reading.error("", f"cannot be read as CSV: {error}.")
        raise reading.refuse() from None


def _check_heading(heading: list[str], reading: Reading, columns: Columns) -> None:
    unknown = [name for name in heading if name and name not in columns.known]
    for name in columns.needed:
        if name not in heading:
            near = did_you_mean(name, unknown, "Is it the column '{}'? Call it " + name + ".")
            fix = near if "Call it" in near else f"Begin with the headings {_listed(columns)}."
            reading.error("row 1", f"The list has no column {name}.", fix=fix)
    for name in sorted({name for name in heading if name and heading.count(name) > 1}):
        reading.error("row 1", "is the heading of two columns.", name, "Keep one of them.")
    if reading.failed:
        raise reading.refuse()
    for name in dict.fromkeys(unknown):
        fix = did_you_mean(name, columns.known)
        reading.warning("row 1", "is not a known column and is not read.", name, fix)


def _listed(columns: Columns) -> str:
    return ",".join(columns.needed)
