"""The sheets of a form as plain texts, from any kind of file, and the wording of their places.

Knows no file format and no meaning of columns.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
ROLES = (SURVEY, CHOICES, SETTINGS)
MOST_ROWS = 5_000
MOST_COLUMNS = 256
HARD_SPACE = re.compile("(?<!«)\u00a0(?![:;?%»]|!(?!=))")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not allow, so neither workbooks nor forms of other tools."""
LONGEST_CELL = 32_767
"""The longest text of an Excel cell."""


class Unreadable(Exception):
    """Why nothing of a file can be read, in one sentence, and what to do."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows[0]` are the headings; row and column numbers in messages count from 1.

    `broken` says of cells, by (row, column), why their text is not known.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """The names of all sheets as written, and the sheets of a form by their role."""

    names: tuple[str, ...]
    sheets: Mapping[str, Sheet]


Chosen = Callable[[Iterable[str]], dict[str, str]]
"""Which sheets are read, by their roles, from the names of all."""


def roles(names: Iterable[str]) -> dict[str, str]:
    """Return which sheet has which role. A sheet with a nearly right name is taken, reported later."""
    plain = {name.strip().casefold(): name for name in names}
    found = {role: plain[role] for role in ROLES if role in plain}
    for role in ROLES:
        left = [name for name, written in plain.items() if written not in found.values()]
        near = difflib.get_close_matches(role, left, n=1, cutoff=0.75)
        # Authors disable a sheet with a leading underscore.
        if role not in found and near and not near[0].startswith("_"):
            found[role] = plain[near[0]]
    return found


def tidy(text: str) -> str:
    """Return a cell as text: no outer spaces, one kind of line break, no control signs.

    Hard spaces become ordinary ones, but for those of French punctuation.
    """
    plain = HARD_SPACE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return CONTROL.sub("", plain).strip()


def one_line(text: str) -> str:
    """The text with single spaces between its words."""
    return " ".join(text.split())


def place(sheet: str, row: int | None = None, column: str = "") -> str:
    """Return a place in words: "sheet 'survey', row 12, column 'type'"."""
    parts = [f"sheet '{sheet}'", f"row {row}" if row else "", f"column '{column}'"]
    return ", ".join(part for part in parts[: 3 if column else 2] if part)


def read_place(text: str) -> tuple[str, int, str] | None:
    """Return sheet, row and column (or '') of a place that names a row; None for other places."""
    found = re.fullmatch(r"sheet '(.*?)', row (\d+)(?:, column '(.*)')?", text, re.DOTALL)
    return (found[1], int(found[2]), found[3] or "") if found else None


def letters(column: int) -> str:
    """The letters of a column by its number from 1: 4 is D, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
