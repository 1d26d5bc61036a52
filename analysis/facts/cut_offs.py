"""Until when facts are counted: one moment for all, or one for each wave of a workshop."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

WHOLE = ""
"""The part of a report that is about all its people; other sets and groups have their keys."""


@dataclass(frozen=True)
class ToldPart:
    """What a report told of some workshops, or of some places there, by question, as it was stored."""

    workshops: tuple[str, ...]
    places: frozenset[str] | None
    questions: Mapping[str, Any]


@dataclass(frozen=True)
class Publication:
    """A version of a report that readers have: its workshops, and until when it counts their waves.

    `told` are its parts; None where they were not stored. A report `by_group` counts the parts of its
    workshops as it counts all of them. `same` is the version that is made, as other readers have
    it: what is not told to them is told to nobody.
    """

    workshops: tuple[str, ...]
    limits: "CutOffs"
    told: Mapping[str, ToldPart] | None = None
    by_group: bool = False
    same: bool = False


@dataclass(frozen=True)
class CutOffs:
    """The newest moment (aware) whose facts are counted, and in a published version that of each wave.

    With `waves`, by workshop and key of the wave, no other wave is counted, and each only if it was
    over by its moment. Without it all waves are counted until `at`, open ones too. `earlier` are the
    versions of reports that readers have already, in their order.
    """

    at: datetime
    waves: Mapping[tuple[str, str], datetime] | None = None
    earlier: tuple[Publication, ...] = ()

    def of(self, workshop: str, wave: str) -> datetime | None:
        """Return until when a wave of a workshop is counted; None if it is not."""
        return self.at if self.waves is None else self.waves.get((workshop, wave))

    def over(self, waves: pd.DataFrame) -> "pd.Series[bool]":
        """Return which waves of a frame are counted."""
        limits = self.limits(waves)
        if self.waves is None:
            return pd.Series(data=True, index=waves.index, dtype=bool)
        return (waves["closed_at"] <= limits) | (waves["missed_at"] <= limits)

    def limits(self, waves: pd.DataFrame) -> "pd.Series[pd.Timestamp]":
        """Return until when each wave of a frame is counted."""
        named = zip(waves["workshop_code"], waves["key"], strict=True)
        moments = [self.of(str(workshop), str(key)) for workshop, key in named]
        found = pd.Series(moments, waves.index, dtype=object)
        return pd.to_datetime(found, utc=True)


def cut_offs(cut_off: datetime | CutOffs) -> CutOffs:
    """Return the cut-offs of all waves at one moment, or those given."""
    return CutOffs(cut_off) if isinstance(cut_off, datetime) else cut_off
