"""Change over time: the same question to the same people, counted up, same and down.

"Change over time compares the same question to the same people. `stage_now` (one tap) is asked at PRE,
M6 and M12: that is the trend." Who does not know is in no pair.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from analysis.measures.delegations.units import Delegation, Seat
from analysis.measures.scales import Paired, counted

ITEM = "stage_now"
STEPS = ("s0", "s1", "s2", "s3", "s4", "s5")
ASKED = ("PRE", "M6", "M12")


def trend(delegations: Iterable[Delegation], waves: Sequence[str] = ASKED) -> tuple[Paired, ...]:
    """Return the moves from each wave to the next, of the people who told a stage in all of them."""
    members = [member for one in delegations for member in one.members]
    told = [stages for member in members if None not in (stages := _stages(member, waves))]
    steps = [[STEPS.index(stage) for stage in stages if stage] for stages in told]
    return tuple(
        counted([stages[later] - stages[earlier] for stages in steps])
        for earlier, later in pairwise(range(len(waves)))
    )


def _stages(member: Seat, waves: Iterable[str]) -> list[str | None]:
    found = [member.told[wave].values.get(ITEM) if wave in member.told else None for wave in waves]
    return [stage if stage in STEPS else None for stage in found]
