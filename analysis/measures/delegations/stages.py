"""The stage of each unit: the highest figure that is yes. A figure above it need not have one below."""

from collections.abc import Mapping

from analysis.measures.delegations.headlines import Outcome, Unit
from analysis.measures.delegations.states import State

STEPS = ("tried", "shared", "accepted", "routine", "embedded")
"""The figures from stage 1 to stage 5."""
EMBEDDED = len(STEPS)


def stages(found: Outcome) -> Mapping[Unit, int]:
    """Return the stage of the units where it is known: 0 where all say that they do not use it.

    What is disputed has no stage by itself. Nobody who is silent is on a stage.
    """
    known = {unit: _stage(found, unit) for unit in found.formal}
    return {unit: stage for unit, stage in known.items() if stage is not None}


def _stage(found: Outcome, unit: Unit) -> int | None:
    reached = [
        number
        for number, key in enumerate(STEPS, start=1)
        if found.headlines[key].states[unit] is State.YES
    ]
    if reached:
        return reached[-1]
    return 0 if found.headlines["tried"].states[unit] is State.NO else None
