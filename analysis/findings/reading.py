"""Reading the facts of a report: for the office, and for readers outside it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

import pandas as pd

from analysis.disclosure.published_sets import (
    GROUP,
    Part,
    parts_beside,
    published_sets,
    set_of,
)
from analysis.facts.as_of import until
from analysis.facts.cut_offs import WHOLE, CutOffs, Publication, ToldPart, cut_offs
from analysis.facts.frames import Frames
from analysis.facts.parts import of_places, of_workshops
from analysis.facts.responses import Response, responses, with_facts
from analysis.findings.attended import attended_at, counts_people
from analysis.findings.counting_people import of_people, with_people
from analysis.findings.current_waves import current_waves, moments_of
from analysis.findings.delegation_questions import QUESTIONS
from analysis.findings.published import Published, of_units, text_of
from analysis.findings.readings import Readings
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
    again. Beside them are the reports that those readers have. With `by_group` the report tells of its
    parts too, as they stood at its own moments.
    """
    sets = published_sets(everything)
    own = set_of(sets, codes)
    if own is None:
        return None
    limits, say = cut_offs(cut_off), ReportWords(language)
    earlier = tuple(one for each in limits.earlier for one in recalled(everything, each, say))
    found = replace(_published(everything, own, limits, say, by_group=by_group), earlier=earlier)
    return replace(found.readings[own], published=found)


def recalled(everything: Frames, one: Publication, say: Words) -> Iterator[Published]:
    """Yield a report that readers have: the parts of which it told, or all sets if these are unknown."""
    if one.told is not None:
        yield _as_stored(everything, one, one.told, say)
    elif own := set_of(published_sets(everything), one.workshops):
        yield _published(everything, own, one.limits, say, by_group=one.by_group)


def _as_stored(
    everything: Frames, one: Publication, told: Mapping[str, ToldPart], say: Words
) -> Published:
    """Return the parts of which a report told, as they stood at its moments."""
    parts = {key: Part(part.workshops, part.places) for key, part in told.items()}
    cuts = {key: _cut_of(everything, one, part) for key, part in parts.items()}
    readings = {WHOLE: _facts(cuts.pop(WHOLE), say)}
    for key, cut in cuts.items():
        known = readings[WHOLE].waves if parts[key].places is not None else {}
        readings[key] = _facts(cut, say, known)
    stored = {key: part.questions for key, part in told.items()}
    counted = {key: _as_counted(reading, stored[key]) for key, reading in readings.items()}
    groups = {key for key in parts if GROUP.fullmatch(key)}
    return Published(
        *(WHOLE, Readings(counted, groups), readings), parts=parts, recalled=stored, same=one.same
    )


def _cut_of(everything: Frames, one: Publication, part: Part) -> "_Cut":
    """Return the facts of a part of a report; of other sets it tells as of its newest moment."""
    inside = part.workshops == one.workshops or (
        one.by_group and {*part.workshops} <= {*one.workshops}
    )
    limits = one.limits if inside else CutOffs(one.limits.at)
    return _Cut.of(of_workshops(everything, part.workshops), limits).part(part)


def _as_counted(reading: ReportFacts, told: Collection[str]) -> ReportFacts:
    """Return a reading that counts delegations if the report did, and people if not."""
    of_places = any(text_of(of_units(question, by_person=False)) in told for question in QUESTIONS)
    return reading if of_places else of_people(reading)


def _published(
    everything: Frames, own: str, limits: CutOffs, say: Words, *, by_group: bool
) -> Published:
    """Return the facts of all sets at some moments, as a report on one of them tells of them."""
    sets = published_sets(everything)
    parts, groups = parts_beside(everything, sets, own)
    inside = {key for key, part in parts.items() if {*part.workshops} <= {*sets[own]}}
    places = _of_parts(everything, parts, inside if by_group else {own}, limits, say)
    return Published(own, with_people(places, parts.keys() - sets), places, groups, parts=parts)


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
