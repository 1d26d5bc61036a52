"""A question in every set of workshops that is published, and the rows that are told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from analysis.disclosure.crowds import Crowd, places_needed

BLANK = ""
"""The code of units that are in the base and gave no answer."""

SILENT = "-"
"""The code of units of whom nobody replied at all."""


class Kind(StrEnum):
    """How the options of a question are merged."""

    ORDERED = "ordered"
    ONE = "one"
    SEVERAL = "several"


class Telling(StrEnum):
    """What is told of a row."""

    COUNT = "count"
    NEARLY_ALL = "nearly all"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Row:
    """Options told together, and the units that chose one of them; `telling` says what is printed.

    `rest` are all options of a choice that have no row of their own.
    """

    codes: tuple[str, ...]
    units: int
    telling: Telling
    rest: bool = False


@dataclass(frozen=True)
class WaveReplies:
    """The units of each set that replied in a wave; of `told` sets, reports tell how many."""

    units: Mapping[str, frozenset[int | str]]
    told: frozenset[str]


@dataclass(frozen=True)
class Question:
    """A question in every set of workshops that is published.

    `options` are in the order of their list. `crowds` are the bases, `asked` all units that a set
    asked, which readers know. `blanks` are the sets whose base is said to hold units without an answer.
    `first_cuts` are places in the list where a scale is cut before all others. `replies` are the sets of
    which it is told beside the question how many replied, and `people` those of which it is told
    how many people of its units did. `waves` are those of a question that counts the latest answer of
    several: a silent unit replied in none of them.
    """

    options: tuple[str, ...]
    kind: Kind
    crowds: Mapping[str, Crowd]
    blanks: frozenset[str] = frozenset()
    first_cuts: tuple[int, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    asked: Mapping[str, Crowd] = field(default_factory=dict)
    replies: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    waves: tuple[WaveReplies, ...] = ()

    def places_of(self, key: str) -> int:
        """Return how many administrations must stand behind a count of a set."""
        return self.places.get(key) or places_needed([self.crowds[key]])

    def everybody(self, key: str) -> Crowd:
        """Return all units that a set asked, with their answers."""
        return {**self.asked.get(key, {}), **self.crowds[key]}

    def in_base(self, key: str) -> tuple[str, ...]:
        """Return the codes of the units in the base of a set: with blanks, or with all that it asked."""
        if key not in self.blanks:
            return self.options
        all_asked = len(self.everybody(key)) == len(self.crowds[key])
        return (*self.options, BLANK, SILENT) if all_asked else (*self.options, BLANK)
