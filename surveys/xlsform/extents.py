"""How far the sheets of an .xlsx workbook reach, measured before a library builds their cells.

A few bytes can state a merged range over a whole sheet or one cell in its last corner; a library
would make billions of cells of them. Knows no meaning of cells.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from surveys.xlsform.sheets import Unreadable, letters

ALONE = "Copy the rows that count into a new workbook."
DIVIDE = "Divide it into several files, or delete what stands below and beside the rows."
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
FILLING = frozenset({"v", "f", "is"})
"""What a cell holds if it is not blank: a value, a formula, a text of its own."""

NOT_PLAIN = frozenset({"f", "hyperlink"})


@dataclass(frozen=True)
class Most:
    """The most rows and columns of a sheet, and cells and sheets of a workbook, that are read."""

    rows: int
    columns: int
    cells: int
    sheets: int = 200


@dataclass
class Extent:
    """The last row and the last column of a sheet that hold something, from 1; 0 for none.

    `hidden` are its hidden rows. `plain` says that it has no formulas, failed results or links.
    """

    rows: int = 0
    columns: int = 0
    hidden: set[int] = field(default_factory=set)
    plain: bool = True


@dataclass
class _Measuring:
    """One sheet being measured: the cell that is read now, and what was counted."""

    name: str
    most: Most
    extent: Extent = field(default_factory=Extent)
    row: int = 0
    column: int = 0
    written: int = 0
    merged: int = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Note the start of an element."""
        local = tag.rpartition(":")[2]
        if local in NOT_PLAIN or given.get("t") == "e":
            self.extent.plain = False
        if local in FILLING:
            self._fill()
        elif local in ("row", "c"):
            self._place(local, given.get("r", ""))
            if local == "row" and given.get("hidden") in ("1", "true"):
                self.extent.hidden.add(self.row)
        elif local == "mergeCell":
            self._merge(given.get("ref", ""))

    def _place(self, local: str, reference: str) -> None:
        self.written += 1
        if self.written > 2 * self.most.cells:
            raise self._refusal(f"has more than {2 * self.most.cells:,} cells, blank ones too.")
        found = REFERENCE.fullmatch(reference)
        if local == "row":
            self.row = int(reference) if reference.isdecimal() else self.row + 1
            self.column = 0
        elif found:
            self.row, self.column = int(found[2]), column_number(found[1])
        else:
            self.column += 1

    def _fill(self) -> None:
        here = f"the cell {letters(self.column)}{self.row} is filled."
        if self.row > self.most.rows:
            raise self._refusal(f"has more than {self.most.rows:,} rows: {here}", DIVIDE)
        if self.column > self.most.columns:
            raise self._refusal(f"has more than {self.most.columns:,} columns: {here}", DIVIDE)
        self.extent.rows = max(self.extent.rows, self.row)
        self.extent.columns = max(self.extent.columns, self.column)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, two = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last or first)
        if one and two:
            height = int(two[2]) - int(one[2]) + 1
            self.merged += height * (column_number(two[1]) - column_number(one[1]) + 1)
        if self.merged > self.most.cells:
            fix = f"Unmerge them in Excel, and send the file again. Or: {ALONE}"
            raise self._refusal(f"has merged cells over too large a range: {reference}.", fix)

    def _refusal(self, what: str, fix: str = ALONE) -> Unreadable:
        return Unreadable(f"The sheet '{self.name}' {what}", fix)


def extents(
    content: bytes, most: Most, chosen: Callable[[Collection[str]], Collection[str]] = tuple
) -> dict[str, Extent]:
    """Return how far each sheet of a workbook reaches, by its name.

    `chosen` names the sheets that are read at all; others are not measured. Raise Unreadable, with
    sheet and cell, for more than `most`; other damage is left to the library.
    """
    found: dict[str, Extent] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = _sheets(archive)
        if len(sheets) > most.sheets:
            message = f"The workbook has {len(sheets):,} sheets; at most {most.sheets} are read."
            raise Unreadable(message, ALONE)
        for name in chosen(sheets):
            measuring = _Measuring(name, most)
            _read(archive, sheets[name], measuring.start)
            found[name] = measuring.extent
    _refuse_too_many(found, most)
    return found


def _refuse_too_many(found: Mapping[str, Extent], most: Most) -> None:
    cells = 0
    for name, extent in found.items():
        cells += extent.rows * extent.columns
        if cells > most.cells:
            reach = f"{extent.rows:,} rows and {extent.columns:,} columns"
            message = f"The sheet '{name}' has {reach}; at most {most.cells:,} cells are read."
            raise Unreadable(message, DIVIDE)


def column_number(name: str) -> int:
    """Return the number of a column by its letters: D is 4, AA is 27."""
    number = 0
    for letter in name:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the parts of the sheets, by the names of the sheets."""
    targets: dict[str, str] = {}
    names: dict[str, str] = {}

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            target = given.get("Target", "")
            targets[given.get("Id", "")] = posixpath.normpath(posixpath.join("xl", target))

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            number = next((given[key] for key in given if key.endswith(":id")), "")
            names[given.get("name", "")] = number

    _read(archive, "xl/_rels/workbook.xml.rels", relation)
    _read(archive, "xl/workbook.xml", sheet)
    return {name: targets.get(key, "").lstrip("/") for name, key in names.items()}


def _read(
    archive: zipfile.ZipFile, part: str, start: Callable[[str, dict[str, str]], None]
) -> None:
    """Call `start` for each element of a part; a part that is missing or no XML has none."""
    if part not in archive.namelist():
        return
    parser: Any = expat.ParserCreate()
    parser.StartElementHandler = start
    with archive.open(part) as file:
        try:
            parser.ParseFile(file)
        except expat.ExpatError:
            return
