"""The delegations of some workshops, from stored facts as they stood at a cut-off.

Members are the officers on the list as long as the wave of the moment is counted: who refused, stopped
or was erased keeps an empty seat, who was taken off the list has none. Nobody known has no seat.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.facts.as_of import attending
from analysis.facts.frames import Frames
from analysis.facts.responses import Response, in_time, records
from analysis.measures.anchor_statuses import CODES, TITLE
from analysis.measures.delegations.anchors import EXISTED
from analysis.measures.delegations.units import Delegation, Seat, Told
from surveys.people import Role
from surveys.questionnaire import Questionnaire

Where = tuple[str, str]
DESCRIPTION, DISPUTE = "description", "dispute"
_ALL = frozenset(CODES)
_OF_OFFICER = (
    "id",
    "participant_id",
    "workshop_code",
    "administration_code",
    "present_administration",
    "present_since",
)
ACCEPTED, REJECTED, YES, NO = "accepted", "rejected", "yes", "no"


def delegations(frames: Frames, found: Iterable[Response], moment: str) -> tuple[Delegation, ...]:
    """Return the delegations of the workshops whose wave of a moment has opened, in their order.

    `frames` are cut off, and `found` are their usable responses.
    """
    return DelegationFacts(frames, tuple(found)).at(moment)


@dataclass(frozen=True)
class DelegationFacts:
    """What is known of all delegations, read once for all moments."""

    frames: Frames
    usable: tuple[Response, ...]
    _found: dict[str, tuple[Delegation, ...]] = field(default_factory=dict, init=False, repr=False)

    def at(self, moment: str) -> tuple[Delegation, ...]:
        """Return the delegations of the workshops whose wave of a moment has opened, in their order."""
        if moment not in self._found:
            self._found[moment] = self._at(moment)
        return self._found[moment]

    def _at(self, moment: str) -> tuple[Delegation, ...]:
        waves = self.frames.waves
        opened = {
            *waves.loc[(waves["key"] == moment) & waves["opened_at"].notna(), "workshop_code"]
        }
        seats = self._seats(attending(self.frames, moment))
        return tuple(
            Delegation(
                *where,
                members,
                tuple(self._witnesses.get(where, ())),
                frozenset(self._seen.get(where, ())),
                self._settled.get(where, {}),
            )
            for where, members in seats.items()
            if where[0] in opened
        )

    def _seats(self, listed: pd.DataFrame) -> Mapping[Where, tuple[Seat, ...]]:
        """Return the seats of the officers on a list, by delegation in their order."""
        return self._usual_seats if listed is self.frames.enrolments else self._seated(listed)

    @cached_property
    def _usual_seats(self) -> Mapping[Where, tuple[Seat, ...]]:
        """The seats at every moment, where all waves are counted until the same one."""
        return self._seated(self.frames.enrolments)

    def _seated(self, listed: pd.DataFrame) -> Mapping[Where, tuple[Seat, ...]]:
        officers = records(listed.loc[listed["role"] == Role.PARTICIPANT, list(_OF_OFFICER)])
        told = _told(self.usable, self._accepted, _moved(officers), self._kinds)
        members: dict[Where, list[Seat]] = defaultdict(list)
        for row in officers:
            seat = Seat(int(row["participant_id"]), told.get(int(row["id"]), {}))
            members[row["workshop_code"], row["administration_code"]].append(seat)
        return {where: tuple(seats) for where, seats in sorted(members.items())}

    @cached_property
    def _accepted(self) -> dict[int, dict[str, bool]]:
        return _accepted(self.frames)

    @cached_property
    def _kinds(self) -> Mapping[tuple[str, int], frozenset[str]]:
        return _listed_before(self.frames.questionnaires)

    @cached_property
    def _witnesses(self) -> dict[Where, list[Seat]]:
        return _witnesses(self.frames, self.usable)

    @cached_property
    def _seen(self) -> dict[Where, set[tuple[str, str]]]:
        return _seen(self.frames)

    @cached_property
    def _settled(self) -> dict[Where, dict[tuple[str, str], bool]]:
        return _settled(self.frames, self.usable)


def _moved(officers: Iterable[Mapping[str, Any]]) -> dict[int, datetime | None]:
    """Return since when officers work at another administration, by enrolment; None if not told."""
    return {
        int(row["id"]): row["present_since"]
        for row in officers
        if row["present_administration"] not in (None, row["administration_code"])
    }


def _told(
    usable: Iterable[Response],
    accepted: Mapping[int, Mapping[str, bool]],
    moved: Mapping[int, datetime | None],
    listed_before: Mapping[tuple[str, int], frozenset[str]],
) -> dict[int, dict[str, Told]]:
    """Return what officers told, by enrolment and wave."""
    found: dict[int, dict[str, Told]] = defaultdict(dict)
    for one in usable:
        since = moved.get(one.enrolment_id)
        elsewhere = one.enrolment_id in moved and (since is None or one.answered_at >= since)
        verdicts = accepted.get(one.case_id, {})
        version = one.questionnaire if one.wave == "PRE" else None
        kinds = listed_before.get(version, _ALL) if version else _ALL
        found[one.enrolment_id][one.wave] = Told(
            one.values, one.deleted, verdicts, elsewhere, kinds
        )
    return found


def _listed_before(
    questionnaires: Mapping[tuple[str, int], Questionnaire],
) -> Mapping[tuple[str, int], frozenset[str]]:
    """Return the kinds that each questionnaire which asks for them lists as possible before."""
    return {
        version: frozenset(option.name for option in asked.options(item)) & _ALL
        for version, asked in questionnaires.items()
        if (item := asked.by_name.get(EXISTED)) is not None
    }


def _accepted(frames: Frames) -> dict[int, dict[str, bool]]:
    """Return how the office has decided about descriptions that have not been changed since."""
    found: dict[int, dict[str, bool]] = defaultdict(dict)
    decided = frames.anchor_decisions
    decided = decided[decided["about"] == DESCRIPTION]
    if decided.empty:
        return found
    answers = frames.answers[frames.answers["case_id"].isin(decided["case_id"])]
    written = {
        (row["case_id"], row["item"]): row["answered_at"]
        for row in records(answers[answers["item"].str.startswith(TITLE)])
    }
    for row in records(decided):
        case, kind = int(row["case_id"]), str(row["anchor"])
        unchanged = written.get((case, f"{TITLE}{kind}")) == row["answered_at"]
        if unchanged and row["decision"] in (ACCEPTED, REJECTED):
            found[case][kind] = row["decision"] == ACCEPTED
    return found


def _witnesses(frames: Frames, usable: Iterable[Response]) -> dict[Where, list[Seat]]:
    """Return the seats of supervisors and contact points; those who hand over are one contact point."""
    officers = _supervised(frames)
    seats: dict[Where, dict[tuple[str, int], dict[str, Told]]] = defaultdict(dict)
    people: dict[tuple[Where, tuple[str, int]], int] = {}
    for one in in_time(usable):
        if one.role not in (Role.SUPERVISOR, Role.CONTACT_POINT) or not one.linked:
            continue
        where = (one.workshop, one.administration)
        seat = (one.role, one.participant_id if one.role == Role.SUPERVISOR else 0)
        seats[where].setdefault(seat, {})[one.wave] = Told(one.values, one.deleted)
        people[where, seat] = one.participant_id
    return {
        where: [
            Seat(person := people[where, seat], told, officers.get((where[0], person)))
            for seat, told in theirs.items()
        ]
        for where, theirs in seats.items()
    }


def _supervised(frames: Frames) -> dict[tuple[str, int], int]:
    """Return the officer whom a supervisor of a workshop is asked about, by their numbers."""
    listed = frames.enrolments
    bosses = listed[(listed["role"] == Role.SUPERVISOR) & listed["about_enrolment_id"].notna()]
    officers = dict(zip(listed["id"], listed["participant_id"], strict=True))
    return {
        (row["workshop_code"], int(row["participant_id"])): int(officers[about])
        for row in records(bosses)
        if (about := int(row["about_enrolment_id"])) in officers
    }


def _seen(frames: Frames) -> dict[Where, set[tuple[str, str]]]:
    """Return the anchors whose document the office has seen, each with the wave that told of it."""
    found: dict[Where, set[tuple[str, str]]] = defaultdict(set)
    for row in records(frames.verifications):
        where = (row["workshop_code"], row["administration_code"])
        found[where].add((row["anchor"], row["key"]))
    return found


def _settled(
    frames: Frames, usable: Iterable[Response]
) -> dict[Where, dict[tuple[str, str], bool]]:
    """Return the decisions about disputes; of those about one anchor in a wave the newest counts."""
    cases = {one.case_id: one for one in usable}
    found: dict[Where, dict[tuple[str, str], bool]] = defaultdict(dict)
    decided = frames.anchor_decisions
    for row in records(decided[decided["about"] == DISPUTE]):
        one = cases.get(row["case_id"])
        if one is not None and row["decision"] in (YES, NO):
            where = (one.workshop, one.administration)
            found[where][row["anchor"], one.wave] = row["decision"] == YES
    return found
