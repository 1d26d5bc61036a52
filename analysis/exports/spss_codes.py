"""Variables of an SPSS file: a legal name, numbers for codes, labels that fit.

Only the SPSS file and the codebook use these; every other format keeps names and codes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.exports.cutting import in_bytes, shortened
from analysis.exports.variables import Variable
from analysis.printable import cleaned
from surveys.items.base import Level

NAME_BYTES = 64
VARIABLE_LABEL_BYTES = 255
VALUE_LABEL_BYTES = 120
STRING_BYTES = 32767
RESERVED = frozenset("ALL AND BY EQ GE GT LE LT NE NOT OR TO WITH".split())
BYTES_OF_A_SIGN = 4
"""The most bytes of one character in UTF-8."""

_NEAR = (-99.0, -98.0, -97.0, -96.0, -95.0)
# Beyond every possible answer (15 digits), and still exact in a double.
_FAR = tuple(code - 9_000_000_000_000_000.0 for code in _NEAR)
_MEASURES = {Level.ORDINAL: "ordinal", Level.QUANTITY: "scale", Level.DAY: "scale"}


@dataclass(frozen=True)
class SpssVariable:
    """A variable in SPSS. `codes` give the number of each stored code; empty for other values.

    `missing` are the numbers of missing answers, by their marks in the wide table; `labels` the
    labels of all numbers; `never_valid` the range that SPSS leaves out of its calculations.
    """

    name: str
    label: str
    measure: str
    codes: dict[str, float]
    missing: dict[str, float]
    labels: dict[float, str]
    never_valid: tuple[float, float] | None


def spss_variable(variable: Variable, name: str) -> SpssVariable:
    """Return a variable in SPSS under a legal name.

    Options count 1, 2, 3 in the order of the list; "do not know" and the like count -1, -2, -3 and are
    missing. Scales and numbers keep their values.
    """
    label = shortened(cleaned(variable.label), VARIABLE_LABEL_BYTES, in_bytes)
    measure = _MEASURES.get(variable.level, "nominal")
    if variable.level in (Level.WORDS, Level.DAY):
        return SpssVariable(name, label, measure, {}, {}, {}, None)
    codes, labels = _codes(variable)
    below_zero = variable.level is Level.ORDINAL and min(codes.values(), default=0.0) < 0
    small = variable.level is not Level.QUANTITY and not below_zero
    numbers = (_NEAR if small else _FAR)[: len(variable.marks)]
    missing = dict(zip(map(str, variable.marks), numbers, strict=True))
    labels |= {number: mark.strip("()") for mark, number in missing.items()}
    last = -1.0 if small else max(numbers)
    return SpssVariable(name, label, measure, codes, missing, labels, (min(numbers), last))


def _codes(variable: Variable) -> tuple[dict[str, float], dict[float, str]]:
    if variable.level is Level.QUANTITY:
        return {}, {}
    if variable.level is Level.SET:
        return {"0": 0.0, "1": 1.0}, {0.0: "No", 1.0: "Yes"}
    if variable.level is Level.ORDINAL:
        codes = {value.code: float(value.code) for value in variable.values}
    else:
        answers = [value for value in variable.values if value.non_answer is None]
        others = [value for value in variable.values if value.non_answer is not None]
        codes = {value.code: float(n) for n, value in enumerate(answers, 1)}
        codes |= {value.code: float(-n) for n, value in enumerate(others, 1)}
    labels = {
        codes[value.code]: shortened(cleaned(value.label), VALUE_LABEL_BYTES, in_bytes)
        for value in variable.values
    }
    return codes, labels


def legal_names(columns: Iterable[str]) -> dict[str, str]:
    """Return a legal SPSS name for each column; names that are legal already are kept.

    Legal: 64 bytes at most, a letter first, then letters, digits, `_` and `.`, no `.` or `_` last,
    no word of the command language; names that differ only by case are one name. (SPSS Statistics
    command syntax reference, variable names.)
    """
    wanted = list(columns)
    given: dict[str, str] = {}
    taken: set[str] = set()
    # Legal names first, so that none loses its name to a changed one.
    for place, column in sorted(enumerate(wanted), key=lambda one: _fitting(*one) != one[1]):
        given[column] = _free(_fitting(place, column), taken)
        taken.add(given[column].casefold())
    return {column: given[column] for column in wanted}


def _fitting(place: int, column: str) -> str:
    """Return a column's name in legal characters, not yet unique."""
    name = re.sub(r"[^A-Za-z0-9_.]+", "_", column).strip("._")
    if not name:
        return f"v{place + 1}"
    if not name[0].isalpha() or name.upper() in RESERVED:
        name = f"v_{name}"
    return name[:NAME_BYTES].rstrip("._")


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        end = f"_{number}"
        free = name[: NAME_BYTES - len(end)].rstrip("._") + end
    return free
