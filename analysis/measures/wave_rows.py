"""Waves, their cases and the people on the lists as plain rows, read once for all waves.

Every wave looks at some of them alone, and to cut frames again and again takes far longer.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from analysis.facts.as_of import attending
from analysis.facts.frames import Frames
from surveys.planning.channels import IMPORTED
from surveys.planning.dispositions import Disposition, Standing

_LATE = timedelta(days=1)
"""So long after the opening of its wave a case is one of somebody who joined late."""


class WaveRow(NamedTuple):
    """A wave of a workshop that opened or was missed."""

    number: int
    key: str
    workshop: str
    role: str
    missed: bool


class CaseRow(NamedTuple):
    """A case with what became of it."""

    enrolment: int
    workshop: str
    administration: str
    joined_late: bool
    withdrawn: bool
    imported: bool
    outcome: Disposition
    standing: Standing


class PersonRow(NamedTuple):
    """Somebody on the list of a workshop; `said_no` of who refused or stopped."""

    enrolment: int
    participant: int
    workshop: str
    administration: str
    role: str
    handed_over: bool = False
    said_no: bool = False


@dataclass(frozen=True)
class WaveRows:
    """The rows of some frames. `cases` comes from `with_facts`."""

    frames: Frames
    cases: pd.DataFrame

    @cached_property
    def waves(self) -> Mapping[str, list[WaveRow]]:
        """The waves that opened or were missed, by key."""
        begun = self.frames.begun
        missed = begun["opened_at"].isna()
        columns = (*(begun[name] for name in ("id", "key", "workshop_code", "role")), missed)
        found: dict[str, list[WaveRow]] = defaultdict(list)
        for one in zip(*(column.tolist() for column in columns), strict=True):
            found[str(one[1])].append(WaveRow(*one))
        return found

    def cases_of(self, key: str) -> list[CaseRow]:
        """Return the cases of a wave, in their order."""
        here = (self._cases_of.get(one.number, ()) for one in self.waves.get(key, ()))
        return [row for _, row in sorted(one for rows in here for one in rows)]

    @cached_property
    def _cases_of(self) -> Mapping[int, list[tuple[int, CaseRow]]]:
        """The cases of each wave by its number, with their places among all."""
        waves, cases = self.frames.waves, self.cases
        opened = dict(zip(waves["id"].tolist(), waves["opened_at"] + _LATE, strict=True))
        names = ("wave_id", "created_at", "enrolment_id", "workshop", "administration")
        columns = (
            *(cases[name] for name in names),
            cases["withdrawn_at"].notna(),
            cases["entered_mode"] == IMPORTED,
            *(cases[name] for name in ("outcome", "standing")),
        )
        found: dict[int, list[tuple[int, CaseRow]]] = defaultdict(list)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        for number, (wave, created, who, workshop, place, *facts) in enumerate(rows):
            row = CaseRow(who, workshop, place, bool(created > opened[wave]), *facts)
            found[wave].append((number, row))
        return found

    def listed(self, key: str) -> list[PersonRow]:
        """Return the people on the lists as long as a wave is counted."""
        listed = attending(self.frames, key)
        return self._usually if listed is self.frames.enrolments else _people(listed)

    @cached_property
    def _usually(self) -> list[PersonRow]:
        """The people on the lists, where all waves are counted until the same moment."""
        return _people(self.frames.enrolments)

    @cached_property
    def unlinked(self) -> list[PersonRow]:
        """Nobody known, who answered in an earlier table."""
        return [PersonRow(*one) for one in zip(*_columns(self.frames.unlinked), strict=True)]


def _people(listed: pd.DataFrame) -> list[PersonRow]:
    said_no = listed["refused_at"].notna() | listed["withdrawn_at"].notna()
    facts = (listed["handed_over_at"].notna().tolist(), said_no.tolist())
    return [PersonRow(*one) for one in zip(*_columns(listed), *facts, strict=True)]


def _columns(people: pd.DataFrame) -> list[list[object]]:
    names = ("id", "participant_id", "workshop_code", "administration_code", "role")
    return [people[name].tolist() for name in names]
