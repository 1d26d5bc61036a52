"""The facts of a report, computed once for all its sections."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

import pandas as pd

from analysis.disclosure.crowds import Person
from analysis.disclosure.published_sets import ALL
from analysis.disclosure.small_groups import nameable, open_to_own
from analysis.facts.frames import Frames
from analysis.facts.responses import Response, having, last_of_each, latest_by_person, records
from analysis.facts.unlinked import beside
from analysis.findings.current_waves import moments_of
from analysis.findings.printed_rows import PrintedRows, all_rows
from analysis.findings.published import Published
from analysis.findings.unit_states import unit_states
from analysis.measures.asked import asked_items
from analysis.measures.delegations.headlines import Outcome, outcome
from analysis.measures.delegations.reading import delegations
from analysis.measures.delegations.units import Delegation, counted_units
from analysis.measures.delegations.units import of_people as each_person
from analysis.measures.outcomes import WaveOutcome, meant_and_asked, wave_outcomes
from analysis.measures.place_outcomes import PlaceOutcome, PlaceState
from analysis.measures.tallies import Tally, tally
from analysis.measures.themes import of_texts
from surveys.names import place_in
from surveys.people import Role
from surveys.theme import TextThemes
from surveys.wording import Words
from surveys.workshop import SURVEY

Key = tuple[str, ...]
Seats = dict[int, Person]


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
    by_person: bool
    attended: tuple[Delegation, ...]
    places: tuple[PlaceOutcome, ...]
    cut_off: datetime
    say: Words
    published: Published | None = None
    _told: dict[Key, Tally] = field(default_factory=dict, init=False, repr=False)
    _asked: dict[Key, tuple[Response, ...]] = field(default_factory=dict, init=False, repr=False)
    _cases_of: dict[Key, dict[int, str]] = field(default_factory=dict, init=False, repr=False)
    _seats: dict[str, tuple[Seats, Seats]] = field(default_factory=dict, init=False, repr=False)

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
        return each_person(self.attended) if self.by_person else counted_units(self.attended)[0]

    @cached_property
    def outcome(self) -> Outcome:
        """What became of the workshops, by delegation or by person."""
        return outcome(self.units, self.moments)

    @cached_property
    def unit_states(self) -> Counter[PlaceState]:
        """How many of what is counted replied in the wave of the figures, or why they did not."""
        counted = {(one.workshop, one.place) for one in self.units}
        facts = self.frames, self.cases, self.responses, self.moments
        found = unit_states(*facts, by_person=self.by_person)
        return Counter(state for unit, state in found.items() if unit in counted)

    def outcome_at(self, wave: str) -> Outcome:
        """Return what became of all workshops that have come to a wave, at that wave."""
        everybody = delegations(self.frames, self.responses, wave)
        units = each_person(everybody) if self.by_person else counted_units(everybody)[0]
        return outcome(units, wave)

    @cached_property
    def held(self) -> tuple[str, ...]:
        """The workshops of the report that have begun, without surveys; all where none is left."""
        every = records(self.frames.workshops)
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
        return wave_outcomes(self.frames, self.cases)

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
        key = (role, *waves)
        if key not in self._asked:
            found = tuple(r for r in self.responses if r.role == role and r.wave in waves)
            self._asked[key] = last_of_each(found) if role == Role.CONTACT_POINT else found
        return self._asked[key]

    def asked(self, waves: Sequence[str], role: str) -> dict[int, str]:
        """Return who was asked in some waves, with the administration."""
        key = (role, *waves)
        if key not in self._cases_of:
            wanted = (self.cases["role"] == role) & self.cases["wave"].isin(waves)
            columns = ["participant_id", "administration", "standing"]
            people = records(having(self.cases.loc[wanted, columns], "asked"))
            self._cases_of[key] = {
                int(one["participant_id"]): str(one["administration"]) for one in people
            }
        return self._cases_of[key]

    def seats(self, wave: str, *, all_meant: bool = False) -> Seats:
        """Return the people asked in a wave by their enrolments, as the office's table counts them.

        With `all_meant` also those whom the wave is for and who were not asked.
        """
        if wave not in self._seats:
            meant, asked = meant_and_asked(wave, self.frames, self.cases)
            self._seats[wave] = _seated(meant), _seated(asked)
        meant_seats, asked_seats = self._seats[wave]
        return meant_seats if all_meant else asked_seats

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
            found = latest_by_person(self.of(*waves, role=role), item)
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


def _seated(people: pd.DataFrame) -> Seats:
    """Return the person and the administration of each enrolment."""
    columns = (people[name].tolist() for name in ("id", "participant_id", "administration_code"))
    return {int(seat): (int(who), str(place)) for seat, who, place in zip(*columns, strict=True)}
