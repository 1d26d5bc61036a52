"""What officers say is in force, new or changed since the workshop, by case and with how it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.facts.frames import Frames
from analysis.facts.responses import Response
from analysis.measures.anchor_statuses import SINCE_THE_WORKSHOP, TITLE
from analysis.measures.delegations.anchors import Anchor, existed, formal
from analysis.measures.delegations.reading import DelegationFacts
from analysis.measures.delegations.statements import of_officer, of_witness
from analysis.measures.delegations.units import SUPERVISORS, WITNESSED, Delegation


@dataclass(frozen=True)
class FreshClaim:
    """One claim in one case. `title` is the description that was written in this case.

    `accepted` is what the office says of that title, `decided` of a dispute about the anchor; None
    while it says nothing. `sources` are what all sources of the delegation say of the kind, as pairs of
    a role and a code.
    """

    case: int
    wave: str
    workshop: str
    administration: str
    status: str
    anchor: Anchor
    title: str = ""
    accepted: bool | None = None
    decided: bool | None = None
    sources: tuple[tuple[str, str], ...] = ()


def fresh_claims(frames: Frames, found: Iterable[Response]) -> Iterator[FreshClaim]:
    """Yield the claims of six and of twelve months, by delegation."""
    usable = tuple(found)
    cases = {
        (one.workshop, one.administration, one.participant_id, one.wave): one.case_id
        for one in usable
        if one.role == "participant"
    }
    known = DelegationFacts(frames, usable)
    for moment in WITNESSED:
        for one in known.at(moment):
            anchors = {anchor.kind: anchor for anchor in formal(one, moment).anchors}
            for member in one.members:
                for kind, status in of_officer(member, moment).statuses.items():
                    if status in SINCE_THE_WORKSHOP:
                        told = member.told[moment]
                        yield FreshClaim(
                            cases[one.workshop, one.place, member.number, moment],
                            moment,
                            one.workshop,
                            one.place,
                            status,
                            anchors[kind],
                            told.values.get(f"{TITLE}{kind}", ""),
                            told.accepted.get(kind),
                            one.decision(kind, moment),
                            _sources(one, kind, moment),
                        )


def _sources(one: Delegation, kind: str, moment: str) -> tuple[tuple[str, str], ...]:
    """Return who says what of a kind; who says nothing of it is left out."""
    said = [("officer", of_officer(member, moment)) for member in one.members]
    said += [
        ("supervisor" if wave in SUPERVISORS else "contact point", of_witness(wave, told))
        for wave, told in one.witnessed(moment)
    ]
    words = [(role, kind in say.none_of, say.statuses.get(kind, "")) for role, say in said]
    told = [(role, "none" if none else status) for role, none, status in words if none or status]
    before = [("before the workshop", kind) for member in one.members if kind in existed(member)]
    return (*told, *before)
