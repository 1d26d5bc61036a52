"""What officers say is in force, new or changed since the workshop, by case and with how it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.facts.frames import Frames
from analysis.facts.responses import Response
from analysis.measures.anchor_statuses import SINCE_THE_WORKSHOP, TITLE
from analysis.measures.delegations.anchors import Anchor, formal
from analysis.measures.delegations.reading import delegations
from analysis.measures.delegations.statements import of_officer
from analysis.measures.delegations.units import WITNESSED


@dataclass(frozen=True)
class FreshClaim:
    """One claim in one case. `title` is the description that was written in this case.

    `accepted` is what the office says of that title, `decided` of a dispute about the anchor; None
    while it says nothing.
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


def fresh_claims(frames: Frames, found: Iterable[Response]) -> Iterator[FreshClaim]:
    """Yield the claims of six and of twelve months, by delegation."""
    usable = tuple(found)
    cases = {
        (one.workshop, one.administration, one.participant_id, one.wave): one.case_id
        for one in usable
        if one.role == "participant"
    }
    for moment in WITNESSED:
        for one in delegations(frames, usable, moment):
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
                        )
