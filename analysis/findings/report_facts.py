"""The facts of a report, computed once for all its sections."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.disclosure.published_sets import ALL
from analysis.disclosure.small_groups import nameable, open_to_own
from analysis.facts.by_wave import ByWave
from analysis.facts.frames import Frames
from analysis.facts.responses import Response, latest_told, records
from analysis.facts.unlinked import beside
from analysis.findings.current_waves import moments_of
from analysis.findings.printed_rows import PrintedRows, all_rows
from analysis.findings.published import Published
from analysis.measures.asked import asked_items, workshops_asked
from analysis.measures.commitments import fates_by_plan
from analysis.measures.delegations.headlines import Outcome, outcome
from analysis.measures.delegations.reading import DelegationFacts
from analysis.measures.delegations.units import Delegation, counted_units
from analysis.measures.delegations.units import of_people as each_person
from analysis.measures.outcomes import Fieldwork, Seats, WaveOutcome
from analysis.measures.place_outcomes import PlaceOutcome, PlaceState, by_unit
from analysis.measures.tallies import Tally, tally
from analysis.measures.themes import of_texts
from surveys.names import place_in
from surveys.theme import TextThemes
from surveys.wording import Words
from surveys.workshop import SURVEY

Key = tuple[str, ...]


@dataclass(frozen=True)
class ReportFacts:
    """Facts up to the cut-off, and what became of the workshops at their latest follow-up wave.

    `waves` names that wave for each workshop. `attended` are the delegations of the workshops whose
    figures are told. `by_person`: with fewer than five delegations, or one administration, people are
    counted in their place, and for readers outside also where nothing may be told of delegations; places
    are then participant numbers, for counting only. `published` is what readers outside the office can
    compare with this report.
    """

    frames: Frames
    cases: pd.DataFrame
    responses: tuple[Response, ...]
    waves: Mapping[str, str]
    delegations: DelegationFacts
    by_person: bool
    attended: tuple[Delegation, ...]
    places: tuple[PlaceOutcome, ...]
    cut_off: datetime
    say: Words
    published: Published | None = None
    _outcomes: dict[str, Outcome] = field(default_factory=dict, init=False, repr=False)
    _told: dict[Key, Tally] = field(default_factory=dict, init=False, repr=False)

    @property
    def outside(self) -> bool:
        """Whether the readers are not the office, so that no small count may be found."""
        return self.published is not None

    @cached_property
    def of_administrations(self) -> "ReportFacts":
        """The same facts by delegation for the same readers, unless fewer than five took part."""
        published = self.published
        if published is None:
            return self
        return replace(published.of_administrations[published.own], published=published)

    @cached_property
    def current_responses(self) -> tuple[Response, ...]:
        """The participants' responses in the wave that the report is about."""
        return tuple(
            one
            for one in self.responses
            if one.role == "participant" and self.waves.get(one.workshop) == one.wave
        )

    @cached_property
    def moments(self) -> Mapping[str, str]:
        """The wave of the figures for each workshop that has figures."""
        return moments_of(self.waves)

    @cached_property
    def units(self) -> tuple[Delegation, ...]:
        """What is counted: delegations, or attendances where people are counted."""
        return self._counted(self.attended)

    def _counted(self, attended: tuple[Delegation, ...]) -> tuple[Delegation, ...]:
        return each_person(attended) if self.by_person else counted_units(attended)[0]

    @cached_property
    def outcome(self) -> Outcome:
        """What became of the workshops, by delegation or by person."""
        waves = {*self.moments.values()}
        if len(waves) == 1 and self.moments.keys() == {one.workshop for one in self.units}:
            wave = waves.pop()
            # Mostly all workshops are at one wave, whose figures are told beside those of others.
            if self.delegations.at(wave) == self.attended:
                return self.outcome_at(wave)
        return outcome(self.units, self.moments)

    @cached_property
    def unit_states(self) -> Counter[PlaceState]:
        """How many of what is counted replied in the wave of the figures, or why they did not."""
        counted = {(one.workshop, one.place) for one in self.units}
        facts = self.frames, self.cases, self.moments, self.responses
        found = by_unit(*facts, by_person=self.by_person)
        return Counter(one.state for unit, one in found.items() if unit in counted)

    def outcome_at(self, wave: str) -> Outcome:
        """Return what became of all workshops that have come to a wave, at that wave."""
        if wave not in self._outcomes:
            everybody = self.delegations.at(wave)
            self._outcomes[wave] = outcome(self._counted(everybody), wave)
        return self._outcomes[wave]

    @cached_property
    def workshop_rows(self) -> tuple[dict[str, Any], ...]:
        """The stored facts of the workshops of the report."""
        return tuple(records(self.frames.workshops))

    @cached_property
    def held(self) -> tuple[str, ...]:
        """The workshops of the report that have begun, without surveys; all where none is left."""
        every = self.workshop_rows
        begun = [one for one in every if one["starts_on"] <= self.cut_off.date()]
        held = [str(one["code"]) for one in begun if one["kind"] != SURVEY]
        return tuple(held or (str(one["code"]) for one in every))

    @property
    def answered(self) -> int:
        """People with a usable response in the wave that the report is about."""
        return len({r.participant_id for r in self.current_responses})

    @property
    def people(self) -> int:
        """People who took part, each once however many workshops they attended."""
        listed = self.frames.enrolments
        there = (listed["role"] == "participant") & listed["workshop_code"].isin(self.held)
        return int(listed.loc[there, "participant_id"].nunique())

    @cached_property
    def open_to_own(self) -> frozenset[str]:
        """The administrations that may see their officers' answers: every one of them allows it."""
        return open_to_own(self.frames.enrolments, self.responses)

    @cached_property
    def coded(self) -> Mapping[tuple[int, str], TextThemes]:
        """The themes that readers of the office have marked, by case and item of the text they read."""
        return of_texts(self.frames, self.responses)

    @cached_property
    def asked_items(self) -> dict[str, set[str]]:
        """The names of the items that were asked in each wave."""
        return asked_items(self.frames)

    @cached_property
    def fieldwork(self) -> tuple[WaveOutcome, ...]:
        """The outcome of the cases of each wave."""
        return self._fieldwork.outcomes()

    @cached_property
    def _fieldwork(self) -> Fieldwork:
        return Fieldwork(self.frames, self.cases)

    @cached_property
    def fates(self) -> Mapping[str, dict[int, tuple[Response, str]]]:
        """Each person's latest answer about each planned change."""
        return fates_by_plan(self.responses)

    @cached_property
    def nameable(self) -> frozenset[str]:
        """The administrations that may be named here; outside only if they may be in all reports.

        A name that one report has and another one lacks would tell of a refusal.
        """
        here, published = nameable(self.responses), self.published
        return here & published.readings[ALL].nameable if published else here

    def name_of(self, administration: str) -> str:
        """Return the name of an administration; its code when the list lacks it."""
        name = self._names.get(administration, administration)
        return place_in(administration, name, self.say.language)

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of the administrations by their codes."""
        known = self.frames.administrations
        return dict(zip(known["code"].tolist(), known["name"].tolist(), strict=True))

    def of(self, *waves: str, role: str = "participant") -> tuple[Response, ...]:
        """Return usable responses of a role in some waves; one of each administration that is asked."""
        return self._by_wave.of(role, waves)

    @cached_property
    def _by_wave(self) -> ByWave:
        return ByWave(self.responses)

    def of_item(self, item: str, waves: Sequence[str], role: str) -> tuple[Response, ...]:
        """Return usable responses in some waves, of the workshops whose waves have an item."""
        there = workshops_asked(self.frames, item, waves)
        found = self.of(*waves, role=role)
        return tuple(one for one in found if one.workshop in there.get(one.wave, ()))

    def asked(self, waves: Sequence[str], role: str, item: str = "") -> dict[int, str]:
        """Return who was asked in some waves, with the administration; or who was asked an item."""
        return self._fieldwork.asked(waves, role, item)

    def seats(self, wave: str, *, all_meant: bool = False) -> Seats:
        """Return the people asked in a wave by their enrolments, as the office's table counts them.

        With `all_meant` also those whom the wave is for and who were not asked.
        """
        return self._fieldwork.seats(wave, all_meant=all_meant)

    @cached_property
    def workshop_of(self) -> dict[int, str]:
        """The workshop of each enrolment."""
        people = beside(self.frames.enrolments, self.frames.unlinked)
        return dict(zip(people["id"].tolist(), people["workshop_code"].tolist(), strict=True))

    def role_of(self, wave: str) -> str:
        """Return the role that a wave asks."""
        return self._roles.get(wave, "participant")

    @cached_property
    def _roles(self) -> dict[str, str]:
        """The role that each wave asks, in the first workshop that has it."""
        waves = self.frames.waves
        pairs = zip(waves["key"].tolist(), waves["role"].tolist(), strict=True)
        return dict(reversed([*pairs]))

    def tally(self, item: str, *waves: str, role: str = "participant") -> Tally:
        """Return the tally of the latest answers of a role to an item in some waves, one per person.

        It has all counts: what readers outside see of them are its `rows`.
        """
        key = (item, role, *waves)
        if key not in self._told:
            found = latest_told(self._by_wave.in_time(role, waves), item)
            made = tally(found, item, self.frames.questionnaires, self.say.language)
            asked = any(item in self.asked_items.get(wave, ()) for wave in waves)
            self._told[key] = replace(made, asked=asked)
        return self._told[key]

    def rows(self, item: str, *waves: str, role: str = "participant") -> PrintedRows:
        """Return what these readers may see of an item: all options, or what is left of them."""
        found = self.tally(item, *waves, role=role)
        if self.published is None:
            return replace(all_rows(found), waves=waves)
        return replace(self.published.rows_of_item(found, waves, role, self.say), waves=waves)
