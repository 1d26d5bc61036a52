"""Response by administration: who replied, and why the others did not."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter, itemgetter
from typing import Any

import pandas as pd

from analysis.facts.frames import Frames
from analysis.facts.responses import USABLE, Response, records

_OF_PLACE = ("workshop", "administration", "participant_id", "standing", "reached", "outcome")
_BY_PLACE, _BY_PERSON = ("administration",), ("participant_id",)
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
    people = _BY_PERSON if by_person else _BY_PLACE
    told = _outcomes(frames, cases, waves, found, people)
    return tuple(told[code] for code in sorted(told))


def by_unit(
    frames: Frames,
    cases: pd.DataFrame,
    waves: Mapping[str, str],
    found: Iterable[Response],
    *,
    by_person: bool,
) -> dict[tuple[str, str], PlaceOutcome]:
    """Return the state of each administration (person) in each workshop of `waves`, as `by_place`."""
    way = ("workshop", *(_BY_PERSON if by_person else _BY_PLACE))
    told = _outcomes(frames, cases, waves, found, way)
    return {
        (workshop, str(place)): one for (workshop, place), one in told.items() if workshop in waves
    }


def _outcomes(
    frames: Frames,
    cases: pd.DataFrame,
    waves: Mapping[str, str],
    found: Iterable[Response],
    way: tuple[str, ...],
) -> dict[Any, PlaceOutcome]:
    """Return the state of those who have the same in some columns; each of them by its own code."""
    by_person = way[-1:] == _BY_PERSON
    wanted = (cases["wave"] == cases["workshop"].map(dict(waves))) & (
        cases["role"] == "participant"
    )
    due = records(cases.loc[wanted, list(_OF_PLACE)])
    # Who declined or stopped before was asked, where anybody was.
    begun = {one["workshop"] for one in due if one["standing"].asked}
    there, enrolled = _grouped(due, way), _grouped(_people(frames, begun), way)
    replied: defaultdict[Any, list[Response]] = defaultdict(list)
    unit = attrgetter(*way)
    for response in found:
        counts = response.linked or not by_person
        here = response.role == "participant" and waves.get(response.workshop) == response.wave
        if here and counts:
            replied[unit(response)].append(response)
    return {
        key: _place_outcome(str(people[0][way[-1]]), people, there[key], replied[key])
        for key, people in enrolled.items()
    }


def _people(frames: Frames, begun: Collection[str]) -> list[dict[str, Any]]:
    """Return the participants on the lists, and who of them was asked without a case."""
    listed = frames.enrolments[frames.enrolments["role"] == "participant"]
    said_no = listed["refused_at"].notna() | listed["withdrawn_at"].notna()
    names = {"workshop_code": "workshop", "administration_code": "administration"}
    asked = said_no & listed["workshop_code"].isin(begun)
    return records(listed[[*names, "participant_id"]].rename(columns=names).assign(asked=asked))


def _grouped(rows: Iterable[_Row], columns: tuple[str, ...]) -> defaultdict[Any, list[_Row]]:
    """Return rows by their values in some columns: to split frames takes far longer."""
    found: defaultdict[Any, list[_Row]] = defaultdict(list)
    value = itemgetter(*columns)
    for row in rows:
        found[value(row)].append(row)
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
