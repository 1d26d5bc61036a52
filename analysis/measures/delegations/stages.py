"""The stage of each unit: the highest figure that is yes. A figure above it need not have one below."""

from collections.abc import Mapping

from analysis.measures.delegations.headlines import Outcome, Unit
from analysis.measures.delegations.states import State

STEPS = ("tried", "shared", "accepted", "routine", "embedded")
"""The figures from stage 1 to stage 5."""
EMBEDDED = len(STEPS)


def stages(found: Outcome) -> Mapping[Unit, int]:
    """Return the stage of the units where it is known: 0 where all say that they do not use it.

    What is disputed has no stage by itself. Who did not reply at the moment is on no stage, also where a
    deed was told before.
    """
    known = {unit: _stage(found, unit) for unit in found.headlines["tried"].repliers}
    return {unit: stage for unit in found.formal if (stage := known.get(unit)) is not None}


def _stage(found: Outcome, unit: Unit) -> int | None:
    reached = [
        number
        for number, key in enumerate(STEPS, start=1)
        if found.headlines[key].states[unit] is State.YES
    ]
    if reached:
        return reached[-1]
    return 0 if found.headlines["tried"].states[unit] is State.NO else None
