"""What is true in the invented year, drawn before anybody answers.

Answers follow from it with errors and silence, so that every figure of a report can be held against
it. Months are counted from the end of a workshop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

KINDS = ("procedure", "training", "unit", "budget", "system", "law")
NEVER = 99
"""The month of what does not happen."""
FRESH = ("new", "changed")
IN_FORCE = (*FRESH, "before")
PLANNED = ("proposed", "drafted", "approved")
USES = ("not_yet", "stopped", "tried", "regular")
WITH_ANCHOR, WITHOUT = (12, 8, 20, 60), (30, 12, 20, 38)
"""How often an officer comes to each use, of a hundred, with something formal and without."""
OFTEN_FRESH, OFTEN_PLANNED = 0.08, 0.12
"""How often a kind becomes new or changed, in an administration of the middle, or is only planned."""


@dataclass(frozen=True)
class Officer:
    """What one officer does with the practice of one workshop: the month of each deed."""

    tries: int = NEVER
    regular: int = NEVER
    stops: int = NEVER
    shares: int = NEVER
    suggests: int = NEVER
    accepted: int = NEVER

    def use(self, months: int) -> str:
        """Return how far the officer uses it by a month, in the words of `USES`."""
        if months >= self.stops:
            return "stopped"
        if months >= self.regular:
            return "regular"
        return "tried" if months >= self.tries else "not_yet"


@dataclass(frozen=True)
class Ground:
    """What is formal and usual in the administration of a delegation, on the topic of a workshop.

    `fresh` are kinds that come into force or are changed after it, with their month; `planned` are
    those that never come into force, with how far they are.
    """

    before: frozenset[str] = frozenset()
    fresh: Mapping[str, int] = field(default_factory=dict)
    planned: Mapping[str, str] = field(default_factory=dict)
    few_use: bool = False
    routine: int = NEVER

    def status(self, kind: str, months: int) -> str:
        """Return how far a kind is by a month, in the codes of the answers; '' where nothing is."""
        comes = self.fresh.get(kind, NEVER)
        if months >= comes:
            return "changed" if kind in self.before else "new"
        if kind in self.before:
            return "before"
        if comes == NEVER:
            return self.planned.get(kind, "")
        return "approved" if comes - months <= 2 else "drafted"

    def embedded(self, months: int) -> bool:
        """Return whether something is in force, new or changed; a law needs a procedure beside it."""
        statuses = {kind: self.status(kind, months) for kind in KINDS}
        counting = statuses["procedure"] in IN_FORCE
        return any(
            status in FRESH and (kind != "law" or counting) for kind, status in statuses.items()
        )

    def approved(self, months: int) -> bool:
        """Return whether something is approved and not in force yet."""
        return any(self.status(kind, months) == "approved" for kind in KINDS)


@dataclass(frozen=True)
class Delegated:
    """The truth about one delegation: its ground and its officers."""

    ground: Ground
    officers: Sequence[Officer]

    def is_true(self, figure: str, months: int) -> bool:
        """Return whether a figure of the report is true of the delegation by a month."""
        uses = {one.use(months) for one in self.officers}
        return {
            "tried": bool(uses & {"tried", "regular"}),
            "in_regular_use": "regular" in uses,
            "shared": any(one.shares <= min(months, 6) for one in self.officers),
            "accepted": self._accepted(months),
            "routine": months >= self.ground.routine,
            "embedded": self.ground.embedded(months),
        }[figure]

    def _accepted(self, months: int) -> bool:
        """Return whether a suggestion was accepted, or something was approved when it was asked."""
        asked = (by for by in (6, 12) if by <= months)
        return any(one.accepted <= months for one in self.officers) or any(
            self.ground.approved(by) for by in asked
        )


def drawn_before(chance: Random) -> frozenset[str]:
    """Return the kinds that an administration had before a workshop."""
    return frozenset(kind for kind in KINDS[:-1] if chance.random() < 0.2)


def drawn(chance: Random, before: frozenset[str], culture: float, officers: int) -> Delegated:
    """Return the truth about a delegation; `culture` (0 to 1) says how much becomes formal."""
    formal = OFTEN_FRESH * (0.5 + culture)
    fresh = {kind: chance.randint(2, 11) for kind in KINDS if chance.random() < formal}
    planned = {
        kind: chance.choice(PLANNED)
        for kind in KINDS
        if chance.random() < OFTEN_PLANNED and kind not in (*fresh, *before)
    }
    weights = WITH_ANCHOR if fresh else WITHOUT
    people = tuple(_officer(chance, use) for use in chance.choices(USES, weights, k=officers))
    regular = any(one.regular < NEVER for one in people)
    usual = chance.random() < (0.35 if regular else 0.05)
    month = chance.randint(4, 11)
    few = chance.random() < 0.5
    ground = Ground(before, fresh, planned, few, month if usual else NEVER)
    return Delegated(ground, people)


def _officer(chance: Random, use: str) -> Officer:
    """Return an officer who comes to a use within a year."""
    tries = chance.randint(1, 4) if use != "not_yet" else NEVER
    later = tries + chance.randint(1, 7)
    suggests = chance.randint(1, 3) if chance.random() < 0.45 else NEVER
    decided = suggests + chance.randint(1, 8) if chance.random() < 0.4 else NEVER
    return Officer(
        tries=tries,
        regular=later if use == "regular" else NEVER,
        stops=later if use == "stopped" else NEVER,
        shares=chance.randint(1, 5) if chance.random() < _sharing(use) else NEVER,
        suggests=suggests,
        accepted=min(decided, NEVER),
    )


def _sharing(use: str) -> float:
    return 0.2 if use == "not_yet" else 0.55
