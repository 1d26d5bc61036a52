"""SPSS files through pyreadstat, an optional dependency; the only module that uses it.

Codes become numbers with labels, days real dates, and missing answers numbers that SPSS leaves out; in
text columns a missing answer is an empty text, in date columns no date.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.exports.cutting import in_bytes, shortened
from analysis.exports.spss_codes import BYTES_OF_A_SIGN, STRING_BYTES, SpssVariable
from analysis.exports.tables import Cell, Table
from analysis.exports.variables import Missing, Variable
from analysis.exports.wide import LEADING
from surveys.items.base import Level

NOT_INSTALLED = "not made: the extra `spss` is not installed"
_TEXT_WIDTH = 64
"""Bytes of the leading text columns: more than the longest code in the database."""
_TIMES = tuple(name for name in LEADING if name.endswith("_utc"))
_VERSION = "case:version"
_MADE_AT = slice(92, 109)
"""The position of the creation date in a file: day and time, 9 and 8 characters."""
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True)
class Described:
    """A wide table with its variables, and the names of these and of each leading column."""

    table: Table
    variables: tuple[Variable, ...]
    spss: Mapping[str, SpssVariable]
    names: Mapping[str, str]


def installed() -> bool:
    """Return whether SPSS files can be written here."""
    return find_spec("pyreadstat") is not None


def render(described: Described, made_at: datetime) -> tuple[bytes, int]:
    """Return the table as a .sav file, and how many texts were too long for it and were cut."""
    from pyreadstat import write_sav

    names = described.names
    by_column = {variable.column: variable for variable in described.variables}
    columns: dict[str, pd.Series] = {}
    cut = 0
    for place, column in enumerate(described.table.columns):
        cells = [row[place] for row in described.table.rows]
        variable = by_column.get(column)
        coded = described.spss.get(column)
        series, lost = _column(cells, column, variable, coded)
        columns[names[column]] = series
        cut += lost
    spss = described.spss.values()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.sav"
        write_sav(
            pd.DataFrame(columns),
            file,
            file_label=shortened(described.table.title, 64, in_bytes),
            column_labels={one.name: one.label for one in spss if one.label},
            variable_value_labels={one.name: dict(one.labels) for one in spss if one.labels},
            missing_ranges={
                one.name: [{"lo": one.never_valid[0], "hi": one.never_valid[1]}]
                for one in spss
                if one.never_valid
            },
            variable_measure={one.name: one.measure for one in spss},
            variable_format=_formats(described),
            row_compress=True,
        )
        made = bytearray(file.read_bytes())
    made[_MADE_AT] = _stamp(made_at)
    return bytes(made), cut


def _column(
    cells: Sequence[Cell], column: str, variable: Variable | None, coded: SpssVariable | None
) -> tuple[pd.Series, int]:
    """Return a column with a type that does not depend on its content, and how many texts were cut."""
    if column in _TIMES or (variable and variable.level is Level.DAY):
        # With times in whole seconds the library writes 1970.
        return pd.Series([_naive(cell) for cell in cells], dtype="datetime64[us]"), 0
    if column == _VERSION:
        return pd.Series(cells, dtype="float64"), 0
    if variable is None or coded is None:
        return _texts(cells, _TEXT_WIDTH)
    if variable.level is Level.WORDS:
        width = min(variable.longest * BYTES_OF_A_SIGN, STRING_BYTES)
        return _texts(cells, max(width, _TEXT_WIDTH))
    return pd.Series([_number(cell, coded) for cell in cells], dtype="float64"), 0


def _texts(cells: Sequence[Cell], width: int) -> tuple[pd.Series, int]:
    """Return texts, the first padded to `width` bytes, which gives the column that width in every file.

    SPSS pads all texts with blanks and drops them on reading. Files are merged only where widths agree.
    """
    whole = ["" if cell is None or isinstance(cell, Missing) else str(cell) for cell in cells]
    texts = [shortened(text, STRING_BYTES, in_bytes, " […]") for text in whole]
    cut = sum(short != text for short, text in zip(texts, whole, strict=True))
    if texts:
        texts[0] += " " * (width - in_bytes(texts[0]))
    return pd.Series(texts, dtype="str"), cut


def _number(cell: Cell, coded: SpssVariable) -> float | None:
    if isinstance(cell, Missing):
        return coded.missing[str(cell)]
    if isinstance(cell, int | Decimal):
        return float(cell)
    return coded.codes.get(str(cell))


def _naive(cell: Cell) -> datetime | None:
    """Return a day or a moment in UTC without its time zone, which SPSS does not support."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else None  # noqa: DTZ001


def _formats(described: Described) -> dict[str, str]:
    """Return formats: whole numbers for codes, days for days; the rest has a fitting one already."""
    formats = {described.names[_VERSION]: "F8.0"}
    for variable in described.variables:
        name: Any = described.names[variable.column]
        if variable.level in (Level.NOMINAL, Level.SET):
            formats[name] = "F8.0"
        elif variable.level is Level.DAY:
            formats[name] = "DATE11"
    return formats


def _stamp(moment: datetime) -> bytes:
    day = f"{moment.day:02d} {_MONTHS[moment.month - 1]} {moment:%y}"
    return f"{day}{moment:%H:%M:%S}".encode("ascii")
