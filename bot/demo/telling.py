"""What invented people say of what is true: with errors, gaps in what they know, and silence.

An error is a claim of more than there is. Who knows less than there is leaves a box open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from bot.demo.truth import IN_FORCE, KINDS, Ground, Officer

ERROR = 0.06
"""How often a person of the demonstration claims more than there is."""
CLAIMED_AGAIN = 0.5
"""How often somebody who has claimed too much says so again."""
SHARING = ("briefed", "trained", "shared")
WITNESSES_SAY = ("new", "before", "not_in_force")


@dataclass(frozen=True)
class Teller:
    """A person who tells of the ground of a delegation at a month."""

    ground: Ground
    months: int
    chance: Random
    error: float = ERROR

    def use(self, officer: Officer) -> str:
        """Return how far an officer says that the own use is."""
        use = officer.use(self.months)
        if use in ("not_yet", "stopped") and self._errs():
            return "tried"
        if use == "not_yet":
            return self.chance.choices(("not_yet", "preparing"), (7, 3))[0]
        return "improved" if use == "regular" and self.chance.random() < 0.25 else use

    def others_use(self) -> str:
        """Return who else uses it: the unit can look more or less far than it is."""
        usual = self.months >= self.ground.routine
        if (usual and self.chance.random() < 0.85) or (not usual and self._errs(0.5)):
            return "most"
        return "few" if usual or self.ground.few_use else "nobody"

    def actions(self, officer: Officer) -> list[str]:
        """Return what an officer says is done; sharing is one or two of three things."""
        done = ["reported"] if self.chance.random() < 0.5 else []
        if officer.shares <= self.months or self._errs():
            done += self.chance.sample(SHARING, self.chance.randint(1, 2))
        if officer.suggests <= self.months:
            done.append("proposed")
        return done + [code for code in ("drafted", "abroad") if self.chance.random() < 0.15]

    def suggestion(self, officer: Officer) -> str:
        """Return what an officer says became of a suggestion, which waits for half a year."""
        if officer.accepted <= self.months:
            return "accepted"
        if officer.suggests > self.months:
            return "none"
        if self._errs():
            return "accepted"
        return "waiting" if self.months <= 6 else "refused"

    def still(self, kind: str) -> bool:
        """Return whether an officer who told of a kind as in force says so again."""
        in_force = self.ground.status(kind, self.months) in IN_FORCE
        return self.chance.random() < (0.95 if in_force else CLAIMED_AGAIN)

    def anchors(self) -> Mapping[str, str] | None:
        """Return the status of each kind that an officer knows of; None of who knows nothing."""
        if self.chance.random() < 0.1:
            return None
        said = {kind: self._status(kind) for kind in KINDS}
        return {kind: status for kind, status in said.items() if status}

    def _status(self, kind: str) -> str:
        status = self.ground.status(kind, self.months)
        if not status:
            return "new" if self._errs(0.3) else ""
        if self.chance.random() > (0.8 if status in IN_FORCE[:-1] else 0.6):
            return ""
        if self.chance.random() < 0.04:
            return "dont_know"
        return "new" if status not in IN_FORCE[:-1] and self._errs() else status

    def seen(self, kind: str) -> str:
        """Return what a contact point says of a kind, who does not always know since when."""
        status = self.ground.status(kind, self.months)
        told = status if status in IN_FORCE else "not_in_force"
        sure = self.chance.random()
        if sure < 0.6:
            in_doubt = told in IN_FORCE and self.chance.random() < 0.2
            return "in_force" if in_doubt else told
        return "dont_know" if sure < 0.9 else self.chance.choice(WITNESSES_SAY)

    def seen_by_supervisor(self) -> Mapping[str, str]:
        """Return the status of each kind that a supervisor ticks."""
        ticked = (kind for kind in KINDS if self.chance.random() < self._known(kind))
        return {kind: self.seen(kind) for kind in ticked}

    def _known(self, kind: str) -> float:
        return 0.7 if self.ground.status(kind, self.months) in IN_FORCE else 0.08

    def _errs(self, often: float = 1.0) -> bool:
        return self.chance.random() < self.error * often
