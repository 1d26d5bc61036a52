"""The facts of a report, computed once for all its sections."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

import pandas as pd

from analysis.disclosure.published_scopes import ALL, Published
from analysis.disclosure.small_groups import SMALLEST, nameable
from analysis.facts.as_of import until
from analysis.facts.cut_offs import CutOffs, cut_offs
from analysis.facts.frames import Frames
from analysis.facts.responses import Response, latest_by_person, responses, with_facts
from analysis.measures.administration_stages import AdministrationStage, administrations_at
from analysis.measures.asked import was_asked
from analysis.measures.institutionalisation import FOLLOW_UPS, ChangeSet, change_sets
from analysis.measures.outcomes import PlaceOutcome, WaveOutcome, by_place, wave_outcomes
from analysis.measures.tallies import Tally, tally
from analysis.measures.verification import verified_anchors
from analysis.wording import ReportWords
from surveys.names import place_in
from surveys.wording import Words


@dataclass(frozen=True)
class ReportFacts:
    """Facts up to the cut-off, and the stages in the latest follow-up wave.

    `waves` names that wave for each workshop. `by_person`: with fewer than five administrations (a
    national workshop) people are counted in their place, since a count of one would name it; places are
    then participant numbers, for counting only. `published` is set when the readers are not the office:
    what else such readers can compare with this report.
    """

    frames: Frames
    cases: pd.DataFrame
    responses: tuple[Response, ...]
    waves: Mapping[str, str]
    by_person: bool
    sets: tuple[ChangeSet, ...]
    places: tuple[PlaceOutcome, ...]
    cut_off: datetime
    say: Words
    published: Published | None = None
    _told: dict[tuple[str, ...], Tally] = field(default_factory=dict, init=False, repr=False)
    _asked: dict[tuple[str, ...], tuple[Response, ...]] = field(
        default_factory=dict, init=False, repr=False
    )

    @property
    def outside(self) -> bool:
        """Whether the readers are not the office, so that no small count may be found."""
        return self.published is not None

    @property
    def whole(self) -> bool:
        """Whether the report is on all workshops, so that no other report can be subtracted."""
        return self.published is None or self.published.own == ALL

    @cached_property
    def current(self) -> tuple[ChangeSet, ...]:
        """The change-sets of the wave that the report is about."""
        return tuple(one for one in self.sets if self.waves.get(one.workshop) == one.wave)

    @cached_property
    def known(self) -> dict[str, AdministrationStage]:
        """The value of every administration with a known stage in that wave."""
        return administrations_at(self.current)

    @property
    def answered(self) -> int:
        """People with a usable response in the wave that the report is about."""
        current = (r for r in self.responses if self.waves.get(r.workshop) == r.wave)
        return len({r.participant_id for r in current if r.role == "participant"})

    @property
    def people(self) -> int:
        """People who took part, each once however many workshops they attended."""
        everybody = self.frames.enrolments
        return int(everybody[everybody["role"] == "participant"]["participant_id"].nunique())

    @cached_property
    def fieldwork(self) -> tuple[WaveOutcome, ...]:
        """The outcome of the cases of each wave."""
        return wave_outcomes(self.frames, self.cases)

    @cached_property
    def nameable(self) -> frozenset[str]:
        return nameable(self.responses)

    def name_of(self, administration: str) -> str:
        """Return the name of an administration; its code when the list lacks it."""
        known = self.frames.administrations
        found = known.loc[known["code"] == administration, "name"]
        name = str(found.iloc[0]) if len(found) else administration
        return place_in(administration, name, self.say.language)

    def of(self, *waves: str, role: str = "participant") -> tuple[Response, ...]:
        """Return usable responses of a role in some waves."""
        key = (role, *waves)
        if key not in self._asked:
            of_role = (r for r in self.responses if r.role == role)
            self._asked[key] = tuple(r for r in of_role if r.wave in waves)
        return self._asked[key]

    def tally(self, item: str, *waves: str, role: str = "participant") -> Tally:
        """Return the tally of the latest answers of a role to an item in some waves, one per person."""
        key = (item, role, *waves)
        if key not in self._told:
            self._told[key] = self._tally(item, waves, role)
        return self._told[key]

    def _tally(self, item: str, waves: Sequence[str], role: str) -> Tally:
        found = latest_by_person(self.of(*waves, role=role), item)
        made = tally(found, item, self.frames.questionnaires, self.say.language)
        made = replace(made, asked=was_asked(self.frames, item, waves))
        if self.published is None:
            return made
        asked = [r for r in self.published.responses if r.role == role and r.wave in waves]
        return replace(made, hidden=self.published.hidden(made, asked, self.frames))


def read(
    frames: Frames,
    cut_off: datetime | CutOffs,
    language: str = "en",
    published: Published | None = None,
) -> ReportFacts:
    """Read the frames as they stood at `cut_off`; `published` for readers outside."""
    frames = until(frames, cut_off)
    cases = with_facts(frames)
    found = responses(frames, cases)
    waves = _current_waves(frames, found)
    attended = frames.enrolments[frames.enrolments["role"] == "participant"]
    by_person = int(attended["administration_code"].nunique()) < SMALLEST
    sets = change_sets(found, verified_anchors(frames))
    if by_person:
        sets = tuple(replace(one, administration=str(one.participant_id)) for one in sets)
    return ReportFacts(
        frames=frames,
        cases=cases,
        responses=found,
        waves=waves,
        by_person=by_person,
        sets=sets,
        places=by_place(frames, cases, waves, found, by_person),
        cut_off=cut_offs(cut_off).at,
        say=ReportWords(language),
        published=published,
    )


def _current_waves(frames: Frames, found: tuple[Response, ...]) -> dict[str, str]:
    """Return the wave to report for each workshop: the latest follow-up with enough answers.

    Else the latest with any answer, else the latest that opened; a workshop without one is left out.
    """
    chosen: dict[str, str] = {}
    answered = Counter((response.workshop, response.wave) for response in found)
    opened = frames.waves[frames.waves["opened_at"].notna()]
    for workshop, waves in opened.groupby("workshop_code"):
        code = str(workshop)
        keys = [key for key in FOLLOW_UPS if key in set(waves["key"])]
        for enough in (SMALLEST, 1, 0):
            fitting = [key for key in keys if answered[code, key] >= enough]
            if fitting:
                chosen[code] = fitting[-1]
                break
    return chosen
