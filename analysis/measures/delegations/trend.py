"""Change over time: the same question to the same people, counted up, same and down.

"Change over time compares the same question to the same people. `stage_now` (one tap) is asked at PRE,
M6 and M12: that is the trend." The same people are counted from wave to wave: those who told a stage in
every wave of their workshop. Who does not know is in no pair.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter

from analysis.measures.delegations.units import Delegation, Seat
from analysis.measures.scales import Paired, counted

ITEM = "stage_now"
STEPS = ("s0", "s1", "s2", "s3", "s4", "s5")
ASKED = ("PRE", "M6", "M12")
Between = tuple[str, str]
"""A wave, and the next one."""


@dataclass(frozen=True)
class StagesTold:
    """The steps that one person told of a workshop, by wave in their order."""

    workshop: str
    steps: Mapping[str, int]

    def move(self, between: Between) -> int | None:
        """Return how many steps it went up from a wave to the next; None if these are no neighbours."""
        if between not in pairwise(self.steps):
            return None
        return self.steps[between[1]] - self.steps[between[0]]


def told_in_all(
    delegations: Iterable[Delegation], moments: Mapping[str, str]
) -> Mapping[int, StagesTold]:
    """Return what people told who told a stage in all waves, two or more, of a workshop.

    The waves until the moment of the workshop count in which anybody told one.
    Each person counts once: who told of several workshops, with the last of them by its code.
    """
    found: dict[int, StagesTold] = {}
    in_order = sorted(delegations, key=attrgetter("workshop"))
    for workshop, theirs in groupby(in_order, key=attrgetter("workshop")):
        members = [member for one in theirs for member in one.members]
        waves = _waves(members, moments[workshop])
        for member in members:
            steps = {wave: step for wave in waves if (step := _step(member, wave)) is not None}
            if len(waves) > 1 and len(steps) == len(waves):
                found[member.number] = StagesTold(workshop, steps)
    return found


def _waves(members: Sequence[Seat], moment: str) -> list[str]:
    """Return the waves until a moment in which anybody told a stage."""
    until = ASKED[: ASKED.index(moment) + 1] if moment in ASKED else ASKED[:1]
    return [wave for wave in until if any(_step(one, wave) is not None for one in members)]


def _step(member: Seat, wave: str) -> int | None:
    told = member.told.get(wave)
    stage = told.values.get(ITEM) if told else None
    return STEPS.index(stage) if stage in STEPS else None


def neighbours(told: Iterable[StagesTold]) -> list[Between]:
    """Return the waves between which somebody's stages are compared, in their order."""
    pairs = {pair for one in told for pair in pairwise(one.steps)}
    return sorted(pairs, key=lambda pair: [ASKED.index(wave) for wave in pair])


def trend(
    delegations: Iterable[Delegation], moments: Mapping[str, str]
) -> Mapping[Between, Paired]:
    """Return the moves of the same people from each wave to the next."""
    told = [*told_in_all(delegations, moments).values()]
    return {
        pair: counted([move for one in told if (move := one.move(pair)) is not None])
        for pair in neighbours(told)
    }
