"""The delegations of some workshops, from stored facts as they stood at a cut-off.

Members are the officers on the list as long as the wave of the moment is counted: who refused, stopped
or was erased keeps an empty seat, who was taken off the list has none. Nobody known has no seat.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from analysis.facts.as_of import attending
from analysis.facts.frames import Frames
from analysis.facts.responses import Response, records
from analysis.measures.anchor_statuses import CODES, TITLE
from analysis.measures.delegations.anchors import EXISTED
from analysis.measures.delegations.units import Delegation, Seat, Told
from surveys.people import Role

Where = tuple[str, str]
DESCRIPTION, DISPUTE = "description", "dispute"
ACCEPTED, REJECTED, YES, NO = "accepted", "rejected", "yes", "no"


def delegations(frames: Frames, found: Iterable[Response], moment: str) -> tuple[Delegation, ...]:
    """Return the delegations of the workshops whose wave of a moment has opened, in their order.

    `frames` are cut off, and `found` are their usable responses.
    """
    usable = tuple(found)
    waves = frames.waves
    opened = waves[(waves["key"] == moment) & waves["opened_at"].notna()]
    listed = attending(frames, moment)
    officers = listed[
        (listed["role"] == Role.PARTICIPANT)
        & listed["workshop_code"].isin(opened["workshop_code"])
    ]
    told = _told(frames, usable, _moved(records(officers)))
    members: dict[Where, list[Seat]] = defaultdict(list)
    for row in records(officers):
        seat = Seat(int(row["participant_id"]), told.get(int(row["id"]), {}))
        members[row["workshop_code"], row["administration_code"]].append(seat)
    witnesses, seen, settled = _witnesses(frames, usable), _seen(frames), _settled(frames, usable)
    return tuple(
        Delegation(
            *where,
            tuple(seats),
            tuple(witnesses.get(where, ())),
            frozenset(seen.get(where, ())),
            settled.get(where, {}),
        )
        for where, seats in sorted(members.items())
    )


def _moved(officers: Iterable[Mapping[str, Any]]) -> dict[int, datetime | None]:
    """Return since when officers work at another administration, by enrolment; None if not told."""
    return {
        int(row["id"]): row["present_since"]
        for row in officers
        if row["present_administration"] not in (None, row["administration_code"])
    }


def _told(
    frames: Frames, usable: Iterable[Response], moved: Mapping[int, datetime | None]
) -> dict[int, dict[str, Told]]:
    """Return what officers told, by enrolment and wave."""
    accepted = _accepted(frames)
    found: dict[int, dict[str, Told]] = defaultdict(dict)
    for one in usable:
        since = moved.get(one.enrolment_id)
        elsewhere = one.enrolment_id in moved and (since is None or one.answered_at >= since)
        verdicts = accepted.get(one.case_id, {})
        kinds = _listed_before(frames, one)
        found[one.enrolment_id][one.wave] = Told(
            one.values, one.deleted, verdicts, elsewhere, kinds
        )
    return found


def _listed_before(frames: Frames, one: Response) -> frozenset[str]:
    """Return the kinds that the questionnaire of a response lists as possible before the workshop."""
    version = one.questionnaire if one.wave == "PRE" else None
    asked = frames.questionnaires.get(version) if version else None
    item = asked.by_name.get(EXISTED) if asked else None
    if asked is None or item is None:
        return frozenset(CODES)
    return frozenset(option.name for option in asked.options(item)) & frozenset(CODES)


def _accepted(frames: Frames) -> dict[int, dict[str, bool]]:
    """Return how the office has decided about descriptions that have not been changed since."""
    written = {
        (row["case_id"], row["item"]): row["answered_at"]
        for row in records(frames.answers[frames.answers["item"].str.startswith(TITLE)])
    }
    found: dict[int, dict[str, bool]] = defaultdict(dict)
    decided = frames.anchor_decisions
    for row in records(decided[decided["about"] == DESCRIPTION]):
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
    for one in sorted(usable, key=attrgetter("answered_at", "case_id")):
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
