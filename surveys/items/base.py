"""What every item type has: a shape for channels, a level of measurement for analysis.

Channels render the six shapes and never see types; analysis summarises levels and never sees types.
A new type is one module here and one line in `surveys.items`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from surveys.questionnaire import Item
from surveys.wording import Remark


class Shape(StrEnum):
    """How an item is asked: all that a channel needs."""

    PICK_ONE = "pick_one"
    PICK_MANY = "pick_many"
    TEXT = "text"
    NUMBER = "number"
    NOTE = "note"
    FILE = "file"


class Level(StrEnum):
    """How answers may be summarised: all that analysis needs."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SET = "set"
    QUANTITY = "quantity"
    DAY = "day"
    WORDS = "words"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Choice:
    """An option as offered: code and label in the language of the interview."""

    code: str
    label: str
    exclusive: bool = False


@dataclass(frozen=True)
class Asked:
    """An item at the moment it is asked: its open choices, the language, the local day."""

    item: Item
    choices: tuple[Choice, ...]
    language: str
    today: date


@dataclass(frozen=True)
class Misread:
    """A typed answer that was not understood, and the remark about it."""

    remark: Remark


class ItemType(Protocol):
    """One kind of question. Values are texts in XLSForm notation (codes, decimals, ISO dates)."""

    names: tuple[str, ...]
    shape: Shape | None
    level: Level

    def choices(self, item: Item) -> tuple[Choice, ...]:
        """Return choices that the type itself has, such as the steps of a range; most have none."""
        ...

    def read(self, asked: Asked, typed: str) -> str | Misread:
        """Return the value that a typed text means, or why it was not understood."""
        ...

    def shown(self, value: str, language: str) -> str:
        """Return a stored value as people read it, for values that are no option codes."""
        ...


SAME_LETTER = str.maketrans(
    {"\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9", "\u0640": ""}
)
"""Arabic keyboards send other characters for Persian ye and kaf; tatweel has no meaning."""
VOWEL_SIGNS = re.compile("[\u064b-\u0655\u0670]")
WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]")
"""Letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese."""


def unspaced(text: str) -> bool:
    """Return whether a text is in a script without spaces between words."""
    return WITHOUT_SPACES.search(text) is not None


def latin_digits(text: str) -> str:
    """Return the text with the decimal digits of any script as 0-9; letters stay letters."""
    return "".join(
        str(unicodedata.decimal(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in text
    )


def visible(text: str) -> str:
    """Return the text without invisible signs such as marks of direction."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def plain(text: str) -> str:
    """Return a typed text or label for comparison: no case, no outer punctuation, Latin digits."""
    # Case folding may undo the compatibility form, so normalise again.
    whole = unicodedata.normalize("NFKC", text).casefold()
    folded = visible(unicodedata.normalize("NFKC", whole))
    letters = VOWEL_SIGNS.sub("", folded).translate(SAME_LETTER)
    words = latin_digits(letters).split()
    stripped = (word.strip(".,;:!?\"'()[]…“”‘’‹›«»✓") for word in words)
    return " ".join(word for word in stripped if word)
