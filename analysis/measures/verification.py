"""Verification of anchors: what people reported, what the office has verified, and what it still may.

The listing is for the office only: it repeats the words with which somebody described the evidence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from analysis.facts.as_of import until
from analysis.facts.frames import Frames, load
from analysis.facts.responses import Response, records, responses, with_facts
from analysis.measures.anchor_statuses import CODES, STANDING, TICKS, TITLE, statuses
from analysis.measures.delegations.claims import FreshClaim, fresh_claims
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.delegations.units import WITNESSED

EVIDENCE = {one: one.name.lower().replace("_", " ") for one in Evidence}


@dataclass(frozen=True)
class Claim:
    """One anchor reported in one case. `by`, `how` and `at` are of the office's verification.

    `grade` is claimed, described, corroborated or document seen. `stands` says whether what is new or
    changed since the workshop counts, or is disputed; '' of what is in no headline.
    `read` is what the office says of the description: accepted, rejected, or '' while nobody has read
    it.
    """

    case: int
    wave: str
    administration: str
    anchor: str
    status: str
    described_as: str
    grade: str
    by: str = ""
    how: str = ""
    at: datetime | None = None
    stands: str = ""
    read: str = ""


def claims(connection: Connection, workshop_code: str, now: datetime) -> list[Claim]:
    """Return every anchor reported in a workshop, by administration and case."""
    frames, found = _read(connection, [workshop_code], now)
    seen = {(one["case_id"], one["anchor"]): one for one in records(frames.verifications)}
    told = [
        claim
        for response in found
        if response.role == "participant" and response.wave in WITNESSED
        for claim in _claims(response, found)
    ]
    fresh = {(one.case, one.anchor.kind): _fresh(one) for one in fresh_claims(frames, found)}
    older = {(one.case, one.anchor): one for one in told}
    verified = (_verified(claim, seen.get(key)) for key, claim in (older | fresh).items())
    return sorted(verified, key=lambda one: (one.administration, one.case))


def fresh_claims_of(
    connection: Connection, codes: Sequence[str], now: datetime
) -> list[FreshClaim]:
    """Return what is claimed as new or changed in some workshops, in all if `codes` is empty."""
    return list(fresh_claims(*_read(connection, codes, now)))


def _read(
    connection: Connection, codes: Sequence[str], now: datetime
) -> tuple[Frames, tuple[Response, ...]]:
    frames = until(load(connection, list(codes) or None), now)
    return frames, responses(frames, with_facts(frames))


def _fresh(one: FreshClaim) -> Claim:
    evidence = one.anchor.evidence or Evidence.CLAIMED
    read = "" if one.accepted is None else "accepted" if one.accepted else "rejected"
    return Claim(
        one.case,
        one.wave,
        one.administration,
        one.anchor.kind,
        one.status,
        one.title,
        EVIDENCE[evidence],
        stands=str(one.anchor.standing),
        read=read,
    )


def _claims(response: Response, found: tuple[Response, ...]) -> Iterator[Claim]:
    ticked, told = response.codes(TICKS[response.wave]), statuses(response)
    others = [one for one in found if _is_witness(one, response)]
    described = _described(response, [code for code in CODES if told.get(code) in STANDING])
    for code, status in told.items():
        if code in ticked:
            agreed = status in STANDING and any(
                statuses(one).get(code) in STANDING for one in others
            )
            evidence = Evidence.DESCRIBED if code in described else Evidence.CLAIMED
            yield Claim(
                response.case_id,
                response.wave,
                response.administration,
                code,
                status.value,
                _title(response, code) if code in described else "",
                EVIDENCE[Evidence.CORROBORATED if agreed else evidence],
            )


def _is_witness(other: Response, response: Response) -> bool:
    """Return whether another person in another role speaks of the same delegation and day."""
    return (
        other.wave in WITNESSED[response.wave]
        and (other.workshop, other.administration) == (response.workshop, response.administration)
        and other.participant_id != response.participant_id
    )


def _described(response: Response, in_force: Sequence[str]) -> frozenset[str]:
    """Return the anchors with a title. Earlier versions asked for a proof of the first one in force."""
    titled = [code for code in in_force if response.described(f"{TITLE}{code}")]
    proved = in_force[:1] if response.described("proof") else []
    return frozenset((*titled, *proved))


def _title(response: Response, code: str) -> str:
    """Return what somebody wrote about an anchor: its title, or in earlier versions a proof."""
    return response.values.get(f"{TITLE}{code}") or response.values.get("proof", "")


def _verified(claim: Claim, seen: dict[str, object] | None) -> Claim:
    if seen is None:
        return claim
    at = seen["verified_at"]
    return replace(
        claim,
        grade=claim.grade if claim.stands else EVIDENCE[Evidence.DOCUMENT_SEEN],
        by=str(seen["verified_by"]),
        how=str(seen["how"]),
        at=at if isinstance(at, datetime) else None,
    )
