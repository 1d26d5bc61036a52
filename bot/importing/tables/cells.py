"""Books, sheets and cells: the form of every table after reading.

Knows no file format and no meaning of columns.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""Invisible characters. Joiners (U+200C, U+200D) change letters, so they stay inside words."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
LONGEST_CELL = 1_000
"""Characters; longer cells are no name, title or note, and would fill the screen."""
JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `day` or `number` are set only if the workbook formats it so.

    `link` is the target of a link; `broken` says why the text cannot be read. `lines` are those of
    a text with line breaks.
    """

    text: str = ""
    day: date | None = None
    number: float | None = None
    link: str = ""
    broken: str = ""
    lines: tuple[str, ...] = ()


EMPTY = Cell()


@dataclass(frozen=True)
class Sheet:
    """One sheet with its blank rows; messages count rows and columns from 1.

    `name` is '' for a text file, which has one sheet only. `mac` says that days without a format count
    from 1904. `hidden_rows` are not shown, or filtered out; all that `struck_rows` hold is struck out.
    `below` are the rows and columns of cells that are merged with the one above.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False
    mac: bool = False
    hidden_rows: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    below: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Book:
    """The sheets of a file, and the coding of a text file ('' for workbooks).

    `warning` says what to check: that the coding was guessed, with a sample, or that rows may be hidden.
    """

    sheets: tuple[Sheet, ...]
    coding: str = ""
    warning: str = ""


def text_cell(text: str) -> Cell:
    """Return a text as a cell; of one that is too long the beginning, and that it is."""
    shown = clean(text)
    if len(shown) > LONGEST_CELL:
        long = f"has {len(shown):,} characters. Write at most {LONGEST_CELL:,}."
        return Cell(shown[:LONGEST_CELL], broken=long)
    if "\n" in text and shown:
        lines = tuple(line for line in map(clean, text.splitlines()) if line)
        return Cell(shown, lines=lines if len(lines) > 1 else ())
    return Cell(shown) if shown else EMPTY


def clean(text: str) -> str:
    """Return a text in NFC with single spaces and without invisible characters."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    plain = INVISIBLE.sub("", CONTROL.sub("", text))
    return unicodedata.normalize("NFC", " ".join(plain.split())).strip(JOINERS)
