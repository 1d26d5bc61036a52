"""Response by administration: who replied, and why the others did not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from analysis.facts.frames import Frames
from analysis.facts.responses import USABLE, Response, records

_OF_PLACE = ("workshop", "administration", "participant_id", "standing", "reached", "outcome")
_Row = Mapping[str, Any]


class PlaceState(StrEnum):
    """The state of an administration in the wave reported."""

    REPLIED = "replied"
    MOVED = "moved"
    SILENT = "silent"
    NOT_REACHABLE = "not_reachable"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class PlaceOutcome:
    """Response of one administration: people attended and replied (each person once), state."""

    code: str
    people: int
    replied: int
    state: PlaceState


def by_place(
    frames: Frames,
    cases: pd.DataFrame,
    waves: Mapping[str, str],
    found: Iterable[Response],
    by_person: bool = False,
) -> tuple[PlaceOutcome, ...]:
    """Return the state of each administration, in the wave that `waves` names for each workshop.

    With `by_person` each person stands for itself (a workshop of one administration). Moved: all who
    replied had moved or left. Not asked: nobody there was. Not reachable: no message was delivered to
    anybody. The rest without a usable response is silent, also those who stopped or refused.
    """
    everybody = frames.enrolments[frames.enrolments["role"] == "participant"]
    wanted = cases["wave"] == cases["workshop"].map(dict(waves))
    due = records(cases.loc[wanted & (cases["role"] == "participant"), list(_OF_PLACE)])
    # Who declined or stopped before was asked, where anybody was.
    begun = {one["workshop"] for one in due if one["standing"].asked}
    said_no = everybody["refused_at"].notna() | everybody["withdrawn_at"].notna()
    everybody = everybody.assign(asked=said_no & everybody["workshop_code"].isin(begun))
    replied: dict[str, list[Response]] = {}
    for response in found:
        counts = response.linked or not by_person
        here = response.role == "participant" and waves.get(response.workshop) == response.wave
        if here and counts:
            place = str(response.participant_id) if by_person else response.administration
            replied.setdefault(place, []).append(response)
    own, theirs = "administration_code", "administration"
    if by_person:
        own = theirs = "participant_id"
    there = _grouped(due, theirs)
    enrolled = _grouped(
        records(everybody[[*dict.fromkeys((own, "participant_id", "asked"))]]), own
    )
    return tuple(
        _place_outcome(str(code), enrolled[code], there[code], replied.get(str(code), []))
        for code in sorted(enrolled)
    )


def _grouped(rows: Iterable[_Row], column: str) -> defaultdict[Any, list[_Row]]:
    """Return rows by their value in a column: to split frames takes far longer."""
    found: defaultdict[Any, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _place_outcome(
    code: str, people: list[_Row], due: list[_Row], responses: list[Response]
) -> PlaceOutcome:
    replied = {r.participant_id for r in responses}
    stayed = [r for r in responses if r.values.get("job") not in ("moved", "left")]
    if replied:
        state = PlaceState.REPLIED if stayed else PlaceState.MOVED
    elif not any(one["standing"].asked for one in due) and not any(one["asked"] for one in people):
        state = PlaceState.NOT_ASKED
    elif due and not any(one["reached"] or one["outcome"] in USABLE for one in due):
        state = PlaceState.NOT_REACHABLE
    else:
        state = PlaceState.SILENT
    attended = {int(one["participant_id"]) for one in people}
    return PlaceOutcome(code, len(attended | replied), len(replied), state)
