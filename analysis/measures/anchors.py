"""Formal anchors: what is in force, what is planned, and how good the evidence is.

Works on the answers of one person and on what supervisors and contact points said independently.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.facts.responses import Response
from analysis.measures.anchor_statuses import (
    CODES,
    PIPELINE,
    STANDING,
    TICKS,
    TITLE,
    statuses,
)
from analysis.measures.ladder import KINDS, Grade

IN_FORCE = "in_force"
DONT_KNOW = "dont_know"
ENDED = "ended"
WAVES = ("M6", "M12")
"""The waves in which officers report anchors."""
_OTHERS = {"M6": ("SUP6",), "M12": ("SUP6", "SUP12", "NCP12")}
OFFICE = 0
"""The office as a witness, in place of the number of a participant."""
USES = ("tried", "regular", "improved")


@dataclass(frozen=True)
class Anchors:
    """The anchors one person reports: status by code, codes with a proof, and what is known.

    `known` is None when the question was not answered or answered "I do not know".
    """

    status: Mapping[str, str]
    described: frozenset[str] = frozenset()
    known: bool | None = None

    @property
    def in_force(self) -> frozenset[str]:
        return frozenset(code for code, status in self.status.items() if status == IN_FORCE)

    @property
    def pipeline(self) -> dict[str, str]:
        """The status by kind of what is proposed, drafted or approved; a law counts as a rule here."""
        found: dict[str, str] = {}
        for code in CODES:
            status = self.status.get(code, "")
            kind = kind_of(code)
            if status in PIPELINE:
                found[kind] = max(found.get(kind, status), status, key=PIPELINE.index)
        return found


def kind_of(code: str) -> str:
    """Return the kind of anchor of a code: a law and a procedure are both rules."""
    return "rule" if code in ("procedure", "law") else code


def reported(by_wave: Mapping[str, Response], wave: str) -> Anchors:
    """Return what one person reports up to a wave. At M12 anchors of M6 continue unless they ended.

    Where "which are still in force?" was not answered they keep their last known status; "I do not
    know" removes them without saying that they ended.
    """
    so_far = Anchors({})
    if "M6" in by_wave:
        so_far = claimed(by_wave["M6"], "M6")
    if wave != "M12" or "M12" not in by_wave:
        return so_far
    later = by_wave["M12"]
    still = later.codes("still")
    unsure = DONT_KNOW in still
    status = dict(so_far.status)
    for code in so_far.in_force if still else ():
        status[code] = DONT_KNOW if unsure else IN_FORCE if code in still else ENDED
    new = claimed(later, "M12")
    merged = Anchors(status | dict(new.status), so_far.described | new.described)
    if merged.in_force:
        return Anchors(merged.status, merged.described, True)
    answered = {so_far.known, new.known} - {None}
    return Anchors(merged.status, merged.described, False if answered and not unsure else None)


def claimed(response: Response, wave: str) -> Anchors:
    """Return the anchors claimed in one response, with the evidence for them.

    Since when something is in force makes no difference here.
    """
    ticked = response.codes(TICKS[wave])
    told = statuses(response)
    status = {
        code: IN_FORCE if how in STANDING else how.value
        for code, how in told.items()
        if code in ticked
    }
    in_force = [code for code in CODES if status.get(code) == IN_FORCE]
    known = None if not ticked or DONT_KNOW in ticked else bool(in_force)
    return Anchors(status, _described(response, in_force), known)


def _described(response: Response, in_force: Sequence[str]) -> frozenset[str]:
    """Return the anchors with a title. Earlier versions asked for a proof of the first one in force."""
    titled = [code for code in in_force if response.described(f"{TITLE}{code}")]
    proved = in_force[:1] if response.described("proof") else []
    return frozenset((*titled, *proved))


@dataclass(frozen=True)
class Verified:
    """An anchor of an administration, reported in a wave, whose evidence the office has seen."""

    workshop: str
    administration: str
    wave: str
    anchor: str


@dataclass(frozen=True)
class Witness:
    """The statement of one supervisor or contact point on an administration and workshop.

    For evidence that was seen, the office itself is the witness (`OFFICE`).
    """

    participant_id: int
    anchors: frozenset[str]
    sees_use: bool = False
    sees_routine: bool = False


def witnesses(found: Iterable[Response], wave: str) -> dict[tuple[str, str], list[Witness]]:
    """Return the witnesses for a wave by workshop and administration; M3 has none."""
    heard: dict[tuple[str, str], list[Witness]] = {}
    for response in found:
        if response.wave in _OTHERS.get(wave, ()):
            where = (response.workshop, response.administration)
            heard.setdefault(where, []).append(_witness(response))
    return heard


def with_verified(
    heard: dict[tuple[str, str], list[Witness]], verified: Iterable[Verified], waves: Iterable[str]
) -> dict[tuple[str, str], list[Witness]]:
    """Return the witnesses, with the office as witness of what it has verified in one of the waves."""
    until = frozenset(waves)
    for proof in verified:
        if proof.wave in until:
            witness = Witness(OFFICE, frozenset((proof.anchor,)))
            heard.setdefault((proof.workshop, proof.administration), []).append(witness)
    return heard


def confirmed(response: Response) -> frozenset[str]:
    """Return the anchors that a supervisor or contact point says are in force, since whenever."""
    return frozenset(code for code, how in statuses(response).items() if how in STANDING)


def _witness(response: Response) -> Witness:
    return Witness(
        response.participant_id,
        confirmed(response),
        sees_use=response.values.get("observes") in USES,
        sees_routine=response.values.get("others_use") in ("few", "most"),
    )


def graded(anchors: Anchors, others: Iterable[Witness]) -> tuple[tuple[str, Grade], ...]:
    """Return the scoring kinds in force with their grades. Law and procedure together are one rule."""
    agreed = frozenset(code for witness in others for code in witness.anchors)
    grades: dict[str, Grade] = {}
    for code in anchors.in_force:
        if code == "law" and "procedure" not in anchors.in_force:
            continue
        grade = Grade.DESCRIBED if code in anchors.described else Grade.CLAIMED
        grade = Grade.VERIFIED if code in agreed else grade
        kind = kind_of(code)
        # A law that others confirm does not confirm the procedure that makes it count.
        if code != "law":
            grades[kind] = max(grade, grades.get(kind, grade))
    return tuple((kind, grades[kind]) for kind in KINDS if kind in grades)
