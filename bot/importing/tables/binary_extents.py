"""How far the sheets of an .xlsb workbook reach, measured before a library builds their cells.

One cell in the last corner of a sheet would make it build billions.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator

from bot.importing.tables.texts import MOST_CELLS, MOST_ROWS
from surveys.xlsform.extents import DIVIDE
from surveys.xlsform.sheets import MOST_COLUMNS, Unreadable, letters

SHEET = re.compile(r"xl/worksheets/[^/]+\.bin")
ROW = 0
FILLED = range(2, 12)
"""The records of a row, and of cells that hold something."""


def refuse_far_cells(content: bytes) -> None:
    """Raise Unreadable for a sheet with a filled cell beyond the limits; other files have none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if SHEET.fullmatch(name):
                for number, (row, column) in enumerate(_filled(archive.read(name)), 1):
                    _refuse(row, column, number)


def _refuse(row: int, column: int, number: int) -> None:
    for has, most, what in (
        (row, MOST_ROWS, "rows"),
        (column, MOST_COLUMNS, "columns"),
        (number, MOST_CELLS, "cells"),
    ):
        if has > most:
            here = f"the cell {letters(column)}{row} is filled."
            raise Unreadable(f"A sheet has more than {most:,} {what}: {here}", DIVIDE)


def _filled(part: bytes) -> Iterator[tuple[int, int]]:
    """Yield the row and the column of each filled cell, from 1."""
    row = at = 0
    while at < len(part):
        kind, at = _number(part, at)
        size, at = _number(part, at)
        first = part[at : at + 4]
        if kind == ROW and len(first) == 4:
            row = struct.unpack("<I", first)[0] + 1
        elif kind in FILLED and len(first) == 4:
            yield row, struct.unpack("<I", first)[0] + 1
        at += size


def _number(part: bytes, at: int) -> tuple[int, int]:
    """Return a number in groups of seven bits, the lowest first, and the place after it."""
    number = shift = 0
    while at < len(part) and shift < 28:
        number |= (part[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not part[at - 1] & 0x80:
            break
    return number, at
