"""Drafts: a questionnaire as its author wrote it, rows with the places of their cells, unchecked.

Readers of files make drafts; `surveys.authoring.assembling` turns a draft into a questionnaire.
Knows no file format.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.questionnaire import Item, Texts

GROUP = "group"
LOOP = "loop"


@dataclass(frozen=True)
class OptionRow:
    """One answer choice. `extra` are the columns that a choice filter may use.

    `place` is where the choice was written, `places` where its columns were.
    """

    place: str
    name: str
    label: Texts
    exclusive: bool = False
    non_answer: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def at(self, column: str) -> str:
        """Return the place of a column of this choice."""
        return self.places.get(column, self.place)


@dataclass(frozen=True)
class Row:
    """One row of the survey: an item, or a group or loop with rows of its own.

    `cells` are expressions and plain values by column (relevant, constraint, calculation,
    choice_filter; over, ticked and max of a loop; `loop` of a row that is a copy already);
    `texts` are label, hint and constraint_message; `places` says where a column stands, and for
    texts in columns of their own where a language stands (label::th); `place` where the row is.
    """

    place: str
    type: str
    name: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Texts] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    rows: tuple["Row", ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)

    def at(self, column: str) -> str:
        """Return the place of a column of this row."""
        return self.places.get(column, self.place)


@dataclass(frozen=True)
class Draft:
    """A whole questionnaire as written. `lists` holds every list that an item may name."""

    key: str
    title: Texts
    rows: tuple[Row, ...]
    lists: Mapping[str, tuple[OptionRow, ...]] = field(default_factory=dict)
    minutes: int = 5
    default_language: str = "en"
    languages: tuple[str, ...] = ("en",)
    unreviewed: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)

    def at(self, key: str) -> str:
        """Return the place of a key of the head."""
        return self.places.get(key, "")


@dataclass(frozen=True)
class Condition:
    """One part of an item's relevance, and where it was written."""

    text: str
    place: str


@dataclass(frozen=True)
class Placed:
    """An item with the row it comes from; a loop makes several items of one row."""

    item: Item
    row: Row
    conditions: tuple[Condition, ...] = ()
