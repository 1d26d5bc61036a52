"""Themes of the office's code book, and what two readers have marked in a text with them. Pure.

Two read independently. Where they mark the same, that counts; where they differ, what somebody decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CODE = re.compile(r"[a-z][a-z0-9_]{0,19}")
NONE = "none"
"""What stands for a text with none of the themes; no theme has this code."""
READERS = 2
Themes = frozenset[str]


class Part(StrEnum):
    """Whether marks are those of a reader, or the decision where two readers differ."""

    READING = "reading"
    DECISION = "decision"


@dataclass(frozen=True)
class Content:
    """What a theme means, with an example. A retired one is kept, and is marked no more."""

    name: str
    definition: str = ""
    example: str = ""
    retired: bool = False


@dataclass(frozen=True)
class Theme:
    """A theme with its code, which no other theme ever gets."""

    code: str
    content: Content


@dataclass(frozen=True)
class Marks:
    """One act about the themes of a text; `themes` is None where marks were taken back."""

    by: str
    at: datetime
    part: Part
    themes: Themes | None


@dataclass(frozen=True)
class Reading:
    """What one reader has marked; no themes if there is none of them in the text."""

    by: str
    at: datetime
    themes: Themes


@dataclass(frozen=True)
class TextThemes:
    """How far a text is with its themes: the readings in their order, and the decision if any."""

    readings: tuple[Reading, ...] = ()
    decision: Themes | None = None

    @property
    def differ(self) -> bool:
        """Whether two readers have marked different themes."""
        return len({one.themes for one in self.readings}) > 1

    @property
    def undecided(self) -> bool:
        """Whether somebody has to decide."""
        return self.differ and self.decision is None

    @property
    def settled(self) -> Themes | None:
        """The themes that count; None while nobody has read, or two differ."""
        if self.decision is not None or not self.readings or self.differ:
            return self.decision
        return self.readings[0].themes

    def waits_for(self, reader: str) -> bool:
        """Return whether a reader may still mark the text for the first time."""
        return len(self.readings) < READERS and all(one.by != reader for one in self.readings)


def standing(acts: Iterable[Marks]) -> TextThemes:
    """Return how a text stands after some acts, oldest first."""
    read: dict[str, Reading] = {}
    decision: Themes | None = None
    for act in acts:
        if act.part is Part.DECISION:
            decision = act.themes
        elif act.themes is None:
            read.pop(act.by, None)
        else:
            read[act.by] = Reading(act.by, act.at, act.themes)
    return TextThemes(tuple(read.values()), decision)
