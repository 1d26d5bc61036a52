"""Outcomes of the fieldwork: dispositions and response rates.

Counts cases, so a person in two workshops counts twice here. In waves of contact points it counts
administrations, each by the case that has come furthest. Answers are not read.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from analysis.facts.frames import Frames
from analysis.figures import Share
from analysis.measures.asked import workshops_asked
from analysis.measures.places_of_waves import furthest, of_places
from analysis.measures.wave_rows import CaseRow, PersonRow, WaveRows
from surveys.people import Role
from surveys.planning.dispositions import Disposition, Standing
from surveys.planning.response_rates import ResponseRates, response_rates

Seats = Mapping[int, tuple[int, str]]
"""The person and the administration of each enrolment."""

Everybody = tuple[list[PersonRow], list[PersonRow]]
"""The enrolments that a wave is for, and those of them who were asked."""

ORDER = ("PRE", "END", "M3", "M6", "M12", "SUP6", "SUP12", "NCP12")


@dataclass(frozen=True)
class WaveOutcome:
    """One wave over all its workshops. `cases` is the sum of `dispositions`, open ones included.

    People enrolled in the role are `asked` or `not_asked`, as `Standing` says. Those `invited` and
    `uninvited` make up the `reachable` ones: asked >= reachable >= started >= completed.
    `of_administrations` says that these are administrations and not people. `fates` are the dispositions
    of those asked: who refused or stopped before and has no case here is a refusal.
    """

    wave: str
    role: str
    not_asked: int
    asked: int
    cases: int
    invited: int
    uninvited: int
    started: int
    completed: int
    joined_late: int
    left_after_answering: int
    dispositions: tuple[tuple[Disposition, int], ...]
    missed: bool = False
    imported: int = 0
    fates: tuple[tuple[Disposition, int], ...] = ()

    @property
    def rates(self) -> ResponseRates:
        """The response rates of those asked."""
        return response_rates(dict(self.fates))

    @property
    def of_administrations(self) -> bool:
        """Whether administrations are counted: their contact points answer for them."""
        return self.role == Role.CONTACT_POINT

    @property
    def reachable(self) -> int:
        """How many people a message reached, or came by themselves."""
        return self.invited + self.uninvited

    @property
    def of_reachable(self) -> Share:
        """Response rate among those who could be reached."""
        return Share(self.completed, self.reachable)

    @property
    def of_asked(self) -> Share:
        """Response rate among all who were asked."""
        return Share(self.completed, self.asked)


@dataclass(frozen=True)
class Fieldwork:
    """The outcomes of waves, and whom each was for. `cases` comes from `with_facts`."""

    frames: Frames
    cases: pd.DataFrame
    _asked: dict[tuple[str, ...], dict[int, str]] = field(
        default_factory=dict, init=False, repr=False
    )
    _seats: dict[str, tuple[Seats, Seats]] = field(default_factory=dict, init=False, repr=False)
    _people: dict[str, Everybody] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def _rows(self) -> WaveRows:
        return WaveRows(self.frames, self.cases)

    def asked(self, waves: Sequence[str], role: str, item: str = "") -> dict[int, str]:
        """Return the people of a role who were asked in some waves, with the administration.

        They are those whom the office's table counts, so that no base beside it tells of a refusal.
        With an `item` only the workshops count whose waves have it.
        """
        key = (role, item, *waves)
        if key not in self._asked:
            there = workshops_asked(self.frames, item, waves) if item else None
            self._asked[key] = {
                one.participant: one.administration
                for wave in waves
                for one in self.meant_and_asked(wave)[1]
                if one.role == role and (there is None or one.workshop in there.get(wave, ()))
            }
        return self._asked[key]

    def seats(self, wave: str, *, all_meant: bool) -> Seats:
        """Return the people asked in a wave by their enrolments, as the office's table counts them.

        With `all_meant` also those whom the wave is for and who were not asked.
        """
        if wave not in self._seats:
            meant, asked = self.meant_and_asked(wave)
            self._seats[wave] = _seated(meant), _seated(asked)
        meant_seats, asked_seats = self._seats[wave]
        return meant_seats if all_meant else asked_seats

    def outcomes(self) -> tuple[WaveOutcome, ...]:
        """Return the outcomes of every wave that opened or was missed."""
        return tuple(self._outcome(key) for key in sorted(self._rows.waves, key=_place))

    def meant_and_asked(self, key: str) -> Everybody:
        """Return the enrolments that a wave is for, and those of them who were asked.

        After a handover the successor counts for both. Who declined or stopped before a wave stays in
        its base wherever it asked others: a base without them would say how many they are, and a rate
        without them would be too good.
        """
        if key not in self._people:
            self._people[key] = self._meant_and_asked(key)
        return self._people[key]

    def _meant_and_asked(self, key: str) -> Everybody:
        asked = [one for one in self._rows.cases_of(key) if one.standing.asked]
        seats = {one.enrolment for one in asked}
        meant = self._meant(key, seats)
        asking = {one.workshop for one in asked}
        return meant, [
            one
            for one in meant
            if one.enrolment in seats or (one.said_no and one.workshop in asking)
        ]

    def _meant(self, key: str, asked: Collection[int]) -> list[PersonRow]:
        """Return the enrolments that a wave is for, with nobody known who answered there."""
        waves = self._rows.waves.get(key, ())
        roles, workshops = {one.role for one in waves}, {one.workshop for one in waves}
        unlinked = (one for one in self._rows.unlinked if one.enrolment in asked)
        return [
            one
            for one in (*self._rows.listed(key), *unlinked)
            if one.role in roles
            and one.workshop in workshops
            and (not one.handed_over or one.enrolment in asked)
        ]

    def _outcome(self, key: str) -> WaveOutcome:
        waves, due = self._rows.waves[key], self._rows.cases_of(key)
        meant, people = self.meant_and_asked(key)
        role = waves[0].role
        if role == Role.CONTACT_POINT:
            due, meant, people = furthest(due), of_places(meant), of_places(people)
        fates = Counter(one.outcome for one in due)
        steps = {step: _having(due, step) for step in Standing.__dataclass_fields__}
        asked, completed = steps["asked"], steps["completed"]
        return WaveOutcome(
            wave=key,
            role=role,
            not_asked=len(meant) - len(people),
            asked=len(people),
            cases=len(due),
            invited=len(steps["invited"]),
            uninvited=len(steps["uninvited"]),
            started=len(steps["started"]),
            completed=len(completed),
            joined_late=sum(one.joined_late for one in asked),
            left_after_answering=sum(one.withdrawn for one in completed),
            dispositions=tuple((d, fates[d]) for d in Disposition),
            missed=all(one.missed for one in waves),
            imported=sum(one.imported for one in due),
            fates=_fates(asked, len(people)),
        )


def wave_outcomes(frames: Frames, cases: pd.DataFrame) -> tuple[WaveOutcome, ...]:
    """Return outcomes of every wave that opened or was missed. `cases` comes from `with_facts`."""
    return Fieldwork(frames, cases).outcomes()


def _seated(people: Iterable[PersonRow]) -> Seats:
    return {one.enrolment: (one.participant, one.administration) for one in people}


def _place(key: str) -> tuple[int, str]:
    return (ORDER.index(key) if key in ORDER else len(ORDER), key)


def _having(cases: Iterable[CaseRow], step: str) -> list[CaseRow]:
    return [one for one in cases if getattr(one.standing, step)]


def _fates(asked: Sequence[CaseRow], people: int) -> tuple[tuple[Disposition, int], ...]:
    """Return the outcomes of the cases that were asked, and a refusal of everybody without a case."""
    found = Counter(one.outcome for one in asked)
    found[Disposition.REFUSAL] += max(0, people - len(asked))
    return tuple(found.items())
