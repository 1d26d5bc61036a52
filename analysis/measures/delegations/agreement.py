"""Whether sources agree on what is in force: counts and Cohen's kappa, for the office.

"Pairs = delegation x kind in which an officer and a witness both said in force or not in force in
words; one pair per witness; kappa from ten pairs of five delegations, no test." Where officers of a
delegation differ, the one who says that it is in force is taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.measures.anchor_statuses import CODES
from analysis.measures.delegations.statements import of_officer, of_witness
from analysis.measures.delegations.units import Delegation
from analysis.measures.kappa import counted_pairs, kappa

DELEGATIONS = 5


@dataclass(frozen=True)
class Agreement:
    """Pairs by what the officer and the witness say: in force with both, one of them, or neither."""

    both: int = 0
    only_officer: int = 0
    only_witness: int = 0
    neither: int = 0
    delegations: int = 0

    @property
    def pairs(self) -> int:
        return self.both + self.only_officer + self.only_witness + self.neither

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None of too few pairs or delegations."""
        if self.delegations < DELEGATIONS:
            return None
        return kappa(self.both, self.only_officer, self.only_witness, self.neither)


def agreement(delegations: Iterable[Delegation], moment: str) -> Agreement:
    """Return how far witnesses agree with the officers of their delegations at a moment."""
    found = [pairs for one in delegations if (pairs := _pairs(one, moment))]
    counts = counted_pairs(pair for pairs in found for pair in pairs)
    return Agreement(*counts, delegations=len(found))


def _pairs(delegation: Delegation, moment: str) -> list[tuple[bool, bool]]:
    said = [of_officer(member, moment) for member in delegation.members]
    heard = [of_witness(*one) for one in delegation.witnessed(moment)]
    pairs: list[tuple[bool, bool]] = []
    for kind in CODES:
        words = [word for one in said if (word := one.in_force(kind)) is not None]
        others = [word for one in heard if (word := one.in_force(kind)) is not None]
        pairs.extend((any(words), other) for other in others if words)
    return pairs
