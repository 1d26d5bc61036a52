"""The rules before delegations were counted, in few lines: only to hold the new ones against them.

The stage of a delegation was the best with a second tick, else the lowest of its people. What was in
force counted whenever it came, and stood for everything below. Only delegations of which nobody
answered were unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.measures.anchor_statuses import CODES, STANDING
from analysis.measures.delegations.deeds import shared, suggestion_accepted
from analysis.measures.delegations.statements import of_officer, of_witness
from analysis.measures.delegations.units import Delegation, Seat, Told

STAGES = {"tried": 1, "shared": 2, "accepted": 3, "routine": 4, "embedded": 5}
MOMENT = "M12"
BETTER = "embedded, more than claimed"


@dataclass(frozen=True)
class Stage:
    """The stage of a delegation, and whether a witness has ticked the same."""

    stage: int
    verified: bool


def old_bounds(told: Iterable[Delegation]) -> dict[str, tuple[int, int, int]]:
    """Return for each figure how many say so, at least and at most, and how many replied."""
    stages = [_stage(one) for one in told]
    known = [one for one in stages if one]
    silent = len(stages) - len(known)
    counts = {figure: sum(one.stage >= stage for one in known) for figure, stage in STAGES.items()}
    counts[BETTER] = sum(one.stage == STAGES["embedded"] and one.verified for one in known)
    return {figure: (yes, yes + silent, len(known)) for figure, yes in counts.items()}


def _stage(one: Delegation) -> Stage | None:
    seen = {kind for kind in CODES if any(_ticks(*told, kind) for told in one.witnessed(MOMENT))}
    people = [_person(member, seen) for member in one.members if member.today(MOMENT)]
    verified = [person for person in people if person.verified]
    if verified:
        return max(verified, key=lambda person: person.stage)
    return min(people, key=lambda person: person.stage, default=None)


def _ticks(wave: str, told: Told, kind: str) -> bool:
    return of_witness(wave, told).in_force(kind) is True


def _person(member: Seat, seen: set[str]) -> Stage:
    statuses = of_officer(member, MOMENT).statuses
    formal = {kind for kind, status in statuses.items() if status in STANDING}
    told = member.told[MOMENT].values
    reached = (
        told["use_any"] in ("tried", "regular", "improved"),
        shared(member, MOMENT),
        suggestion_accepted(member, MOMENT),
        told["others_use"] in ("few", "most"),
        bool(formal),
    )
    stage = max((number for number, yes in enumerate(reached, 1) if yes), default=0)
    return Stage(stage, bool(formal & seen))
