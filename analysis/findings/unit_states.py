"""Who replied, by delegation or by attendance: the units of the figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from analysis.facts.frames import Frames
from analysis.facts.responses import Response
from analysis.measures.delegations.headlines import Unit
from analysis.measures.place_outcomes import PlaceState, by_place


def unit_states(
    frames: Frames,
    cases: pd.DataFrame,
    found: Iterable[Response],
    moments: Mapping[str, str],
    by_person: bool,
) -> Mapping[Unit, PlaceState]:
    """Return the state of each delegation (person) of each workshop in the wave of its figures."""
    told: dict[str, list[Response]] = defaultdict(list)
    for one in found:
        told[one.workshop].append(one)
    people = dict(iter(frames.enrolments.groupby("workshop_code")))
    due = dict(iter(cases.groupby("workshop")))
    return {
        (code, one.code): one.state
        for code, wave in moments.items()
        for one in by_place(
            replace(frames, enrolments=people.get(code, frames.enrolments.iloc[:0])),
            due.get(code, cases.iloc[:0]),
            {code: wave},
            told[code],
            by_person,
        )
    }
