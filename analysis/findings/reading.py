"""Reading the facts of a report: for the office, and for readers outside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

import pandas as pd

from analysis.disclosure.published_sets import Part, parts_beside, published_sets, set_of
from analysis.facts.as_of import until
from analysis.facts.cut_offs import CutOffs, cut_offs
from analysis.facts.frames import Frames
from analysis.facts.parts import of_places, of_workshops
from analysis.facts.responses import Response, responses, with_facts
from analysis.findings.attended import attended_at, counts_people
from analysis.findings.counting_people import of_people, with_people
from analysis.findings.current_waves import current_waves, moments_of
from analysis.findings.published import Published
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.reading import DelegationFacts
from analysis.measures.place_outcomes import by_place
from analysis.wording import ReportWords
from surveys.wording import Words


def read(
    frames: Frames,
    cut_off: datetime | CutOffs,
    language: str = "en",
) -> ReportFacts:
    """Read the frames as they stood at `cut_off`."""
    return _facts(_Cut.of(frames, cut_off), ReportWords(language))


def read_outside(
    everything: Frames,
    codes: Sequence[str] | None,
    cut_off: datetime | CutOffs,
    language: str = "en",
    *,
    by_group: bool = False,
) -> ReportFacts | None:
    """Read some workshops (all if None) for readers outside; None if they are no published set.

    `everything` are the facts of all workshops, with which those readers can compare the report: the
    other sets are read as they stood at the newest moment of this one, so that a report can be made
    again. So they are for each earlier version, which those readers have too. With `by_group` the report
    tells of its parts too, as they stood at its own moments.
    """
    sets = published_sets(everything)
    own = set_of(sets, codes)
    if own is None:
        return None
    limits, found = cut_offs(cut_off), list[Published]()
    for one in (*limits.earlier, limits):
        places, groups = _places(everything, own, one, ReportWords(language), by_group=by_group)
        readings = with_people(places, places.keys() - sets.keys())
        found.append(Published(own, readings, places, groups, earlier=tuple(found)))
    return replace(found[-1].readings[own], published=found[-1])


def _places(
    everything: Frames, own: str, limits: CutOffs, say: Words, *, by_group: bool
) -> tuple[dict[str, ReportFacts], dict[str, str]]:
    """Return the facts of all sets and groups beside `own`, and the keys of the groups."""
    sets = published_sets(everything)
    parts, groups = parts_beside(everything, sets, own)
    inside = {key for key, part in parts.items() if {*part.workshops} <= {*sets[own]}}
    return _of_parts(everything, parts, inside if by_group else {own}, limits, say), groups


def _of_parts(
    everything: Frames,
    parts: Mapping[str, Part],
    told: Collection[str],
    limits: CutOffs,
    say: Words,
) -> dict[str, ReportFacts]:
    """Return the facts of each part; some places of a workshop are told of its own wave.

    Few people of a place may have answered that wave: an earlier one would set their figures beside
    those of another day.
    """
    found: dict[str, ReportFacts] = {}
    waves: dict[bool, dict[str, str]] = {True: {}, False: {}}
    own = _Cut.of(everything, limits)
    others = own if limits.waves is None else _Cut.of(everything, CutOffs(limits.at))
    for key, part in sorted(parts.items(), key=lambda one: one[1].places is not None):
        counted = own if key in told else others
        known = waves[key in told] if part.places is not None else {}
        found[key] = _facts(counted.part(part), say, known)
        if part.places is None:
            waves[key in told].update(found[key].waves)
    return {key: found[key] for key in parts}


@dataclass(frozen=True)
class _Cut:
    """Frames as they stood at their cut-offs, with what became of their cases, and the responses."""

    frames: Frames
    cases: pd.DataFrame
    responses: tuple[Response, ...]

    @classmethod
    def of(cls, frames: Frames, cut_off: datetime | CutOffs) -> "_Cut":
        return cls.made(until(frames, cut_off))

    @classmethod
    def made(cls, frames: Frames) -> "_Cut":
        cases = with_facts(frames)
        return cls(frames, cases, responses(frames, cases))

    def part(self, part: Part) -> "_Cut":
        """Return the facts of some workshops, or of some places there.

        What became of a case is a matter of its workshop. With places it is worked out anew: a wave
        may have asked nobody of them yet.
        """
        here = of_workshops(self.frames, part.workshops)
        if part.places is not None:
            return _Cut.made(of_places(here, part.places))
        codes = {*part.workshops}
        theirs = self.cases[self.cases["workshop"].isin(codes)].reset_index(drop=True)
        return _Cut(here, theirs, tuple(one for one in self.responses if one.workshop in codes))


def _facts(cut: _Cut, say: Words, known: Mapping[str, str] = MappingProxyType({})) -> ReportFacts:
    """Return the facts of cut frames; `known` are waves that a larger part chose for its workshops."""
    frames, found = cut.frames, cut.responses
    waves = current_waves(frames.waves, found)
    waves |= {code: wave for code, wave in known.items() if code in waves}
    delegations = DelegationFacts(frames, found)
    attended = attended_at(delegations, moments_of(waves))
    assert frames.cut_offs is not None  # noqa: S101 - they were cut
    made = ReportFacts(
        frames=frames,
        cases=cut.cases,
        responses=found,
        waves=waves,
        delegations=delegations,
        by_person=False,
        attended=attended,
        places=by_place(frames, cut.cases, waves, found),
        cut_off=frames.cut_offs.at,
        say=say,
    )
    return of_people(made) if counts_people(frames, attended) else made
