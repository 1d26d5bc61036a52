"""Cells, sheets and books: what every kind of table becomes when it is read.

Knows no file format and no meaning of columns.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""Signs that nobody sees. Joiners (U+200C, U+200D) are letters' business and stay inside words."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows. `day` or `number` are set only where the workbook itself says so.

    `link` is the target of a link, `broken` why the text is not known.
    """

    text: str = ""
    day: date | None = None
    number: float | None = None
    link: str = ""
    broken: str = ""


EMPTY = Cell()


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows and columns count from 1 in messages, blank rows are kept.

    `name` is '' for a text file, which has one sheet only.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """The sheets of a file, and in which coding its text was written ('' for workbooks).

    `coding_warning` tells of a coding that had to be guessed, with a sample.
    """

    sheets: tuple[Sheet, ...]
    coding: str = ""
    coding_warning: str = ""


def clean(text: str) -> str:
    """A text as people see it: one space between words, composed letters, nothing invisible."""
    plain = INVISIBLE.sub("", CONTROL.sub("", text))
    return unicodedata.normalize("NFC", " ".join(plain.split())).strip(JOINERS)
