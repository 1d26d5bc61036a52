"""What officers of one administration have in common: what it had before, and how open they are.

It is drawn from a stream of its own, and each person has one too: what is answered from it changes
no other answer of the year.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

KINDS = ("procedure", "training", "unit", "budget", "system")
"""What an administration can have had before the workshop."""
HAD_NOTHING = 0.65
KNOWS = 0.8
"""How often an officer knows of a thing that is there."""
UNSURE = 0.06


class Openness(StrEnum):
    """Whether the officers of an administration let it see their answers."""

    ALL = "all"
    MOST = "most"
    SILENT = "silent"


@dataclass(frozen=True)
class Habits:
    """What one administration had before, and how open its officers are."""

    before: tuple[str, ...]
    openness: Openness

    def existing(self, own: Random) -> list[str]:
        """Return what an officer names as there already, in the order of the list."""
        known = [kind for kind in self.before if own.random() < KNOWS]
        unsure = own.random() < UNSURE
        return known or ["dont_know" if unsure or self.before else "none"]

    def may_see(self, own: Random) -> str | None:
        """Return whether an officer lets the administration see the answers; None to skip."""
        if self.openness is Openness.MOST:
            return own.choices(("yes", "no", None), (82, 10, 8))[0]
        return "yes" if self.openness is Openness.ALL else None


def habits_of(administrations: Iterable[str], seed: int) -> dict[str, Habits]:
    """Return the habits of administrations; the same for the same seed."""
    random = Random(f"administrations {seed}")  # noqa: S311 - repeatable, not secret
    return {code: _drawn(random) for code in sorted(administrations)}


def own_chances(seed: int) -> Iterator[Random]:
    """Yield a stream of chance for one person after the other."""
    number = 0
    while True:
        yield Random(f"person {number} of {seed}")  # noqa: S311 - repeatable, not secret
        number += 1


def _drawn(random: Random) -> Habits:
    most = 0 if random.random() < HAD_NOTHING else random.choice((1, 1, 2, 3))
    before = tuple(sorted(random.sample(KINDS, most), key=KINDS.index))
    openness = random.choices(list(Openness), (30, 55, 15))[0]
    return Habits(before, openness)
