"""Anchors of a delegation, and whether it is embedded: in force, new or changed since the workshop.

- A claim is an officer's. Supervisors and contact points confirm or deny, they never add.
- "Only an anchor (delegation x kind) can be disputed: one source claims new or changed, another source
  of the same delegation denies the same kind in words": none yet, not in force, or there before. A box
  left open, "I do not know" and "in force, I do not know since when" deny nothing.
- Baseline: what a member ticked before the workshop denies *new* only, not *changed*, and only while
  no description is accepted: what existed may be another text.
- Embedded: yes = one undisputed anchor (law only with a procedure); else disputed = one disputed
  anchor; else not known = a member silent, "I do not know", or a status not given; else no.
- The office decides a dispute; a document that it has seen decides yes by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.measures.anchor_statuses import CODES, PIPELINE, SINCE_THE_WORKSHOP, Status
from analysis.measures.delegations.evidence import (
    Description,
    Evidence,
    description,
    evidence_of,
)
from analysis.measures.delegations.statements import Statement, of_officer, of_witness
from analysis.measures.delegations.states import State
from analysis.measures.delegations.units import Delegation, Seat


class Standing(StrEnum):
    """What is known of one kind of anchor in one delegation."""

    FRESH = "yes"
    DISPUTED = "disputed"
    DISMISSED = "no"
    BEFORE = "was_there_before"
    SINCE_NOT_ASKED = "since_not_asked"
    COMING = "pipeline"


EXISTED = "exists_today"
"""The question before the workshop for what existed then."""
CONFIRMING = SINCE_THE_WORKSHOP | {Status.IN_FORCE}
"""What another person says of a kind to corroborate it."""
EXISTS = (Standing.FRESH, Standing.BEFORE, Standing.SINCE_NOT_ASKED)


@dataclass(frozen=True)
class Anchor:
    """One kind of anchor in one delegation. `status` is the furthest of what is not in force yet.

    `stood_before` says that a member ticked something of the kind before the workshop, `asked_before`
    that a member told what existed then.
    """

    kind: str
    standing: Standing
    evidence: Evidence | None = None
    status: str = ""
    stood_before: bool = False
    asked_before: bool = False


@dataclass(frozen=True)
class Formal:
    """What is formal in a delegation: its anchors, and whether one counts as embedded.

    `evidence` is the best of the anchors that count; None unless embedded.
    """

    state: State
    anchors: tuple[Anchor, ...] = ()
    evidence: Evidence | None = None

    def has(self, standing: Standing) -> bool:
        """Return whether an anchor stands like this."""
        return any(one.standing is standing for one in self.anchors)


def formal(delegation: Delegation, moment: str) -> Formal:
    """Return what is formal in a delegation at a moment."""
    said = [(member, of_officer(member, moment)) for member in delegation.members]
    heard = [of_witness(*one) for one in delegation.witnessed(moment)]
    before = frozenset[str]().union(*(existed(member) for member in delegation.members))
    found = (
        _anchor(kind, delegation, moment, said, heard, stood_before=kind in before)
        for kind in CODES
        if any(kind in one.statuses for _, one in said)
    )
    anchors = tuple(one for one in found if one)
    counting = [one for one in anchors if _counts(one, anchors)]
    fresh = [one.evidence for one in counting if one.standing is Standing.FRESH and one.evidence]
    unsure = not said or any(statement.unsure for _, statement in said)
    return Formal(_state(counting, unsure=unsure), anchors, max(fresh, default=None))


def _counts(anchor: Anchor, anchors: Iterable[Anchor]) -> bool:
    """Return whether an anchor can make a delegation embedded; a law does so with a procedure."""
    if anchor.kind != "law":
        return True
    return any(one.kind == "procedure" and one.standing in EXISTS for one in anchors)


def _state(counting: Iterable[Anchor], *, unsure: bool) -> State:
    standings = {one.standing for one in counting}
    if Standing.FRESH in standings:
        return State.YES
    if Standing.DISPUTED in standings:
        return State.DISPUTED
    return State.NOT_KNOWN if unsure else State.NO


def _anchor(
    kind: str,
    delegation: Delegation,
    moment: str,
    said: Sequence[tuple[Seat, Statement]],
    heard: Sequence[Statement],
    *,
    stood_before: bool,
) -> Anchor | None:
    claims = [(member, one) for member, one in said if one.claims(kind)]
    if not claims:
        return _unclaimed(kind, [one.statuses.get(kind, "") for _, one in said], stood_before)
    asked = any(_asked_before(member, kind) for member, _ in said)
    given = [description(member, kind, moment) for member, _ in claims]
    denied = any(one.denies(kind) for _, one in said) or any(one.denies(kind) for one in heard)
    denied |= stood_before and _open_to_baseline(kind, [one for _, one in claims], given)
    seen = delegation.document_seen(kind, moment)
    confirmed = any(one.statuses.get(kind) in CONFIRMING for one in heard)
    decided = True if seen else delegation.decision(kind, moment)
    return Anchor(
        kind,
        _claimed(decided, denied=denied),
        evidence_of(given, confirmed=confirmed, seen=seen),
        stood_before=stood_before,
        asked_before=asked,
    )


def _claimed(decided: bool | None, *, denied: bool) -> Standing:
    if decided is None:
        return Standing.DISPUTED if denied else Standing.FRESH
    return Standing.FRESH if decided else Standing.DISMISSED


def _open_to_baseline(
    kind: str, claims: Iterable[Statement], given: Iterable[Description]
) -> bool:
    """Return whether what stood before denies the claims: all say new, and none describes it."""
    return {one.statuses[kind] for one in claims} == {Status.NEW} and not any(
        one.accepted for one in given
    )


def existed(member: Seat) -> frozenset[str]:
    """Return the kinds that a member ticked before the workshop."""
    told = member.told.get("PRE")
    return told.codes(EXISTED) if told else frozenset()


def _asked_before(member: Seat, kind: str) -> bool:
    """Return whether a member told what existed before, of a kind that was on the list."""
    told = member.told.get("PRE")
    answered = existed(member) - {Status.DONT_KNOW}
    return told is not None and bool(answered) and kind in told.kinds


def _unclaimed(kind: str, statuses: Sequence[str], stood_before: bool) -> Anchor | None:
    """Return an anchor that nobody claims as new or changed; None if nobody tells of one."""
    for status, standing in (
        (Status.BEFORE, Standing.BEFORE),
        (Status.IN_FORCE, Standing.SINCE_NOT_ASKED),
    ):
        if status in statuses:
            return Anchor(kind, standing, stood_before=stood_before)
    coming = [one for one in PIPELINE if one in statuses]
    if not coming:
        return None
    furthest = coming[-1]
    return Anchor(kind, Standing.COMING, status=furthest, stood_before=stood_before)


def grades(found: Iterable[Formal]) -> Mapping[Evidence, int]:
    """Return how many embedded delegations have each grade as their best; they add up to embedded."""
    best = [one.evidence for one in found if one.state is State.YES]
    return {grade: best.count(grade) for grade in Evidence}
