"""The same delegations at two waves: where a figure holds now, and where no more.

Only units whose state is known at both are compared. Shared and accepted are deeds, which stay done.
"""

from analysis.measures.delegations.headlines import Headline
from analysis.measures.delegations.states import State
from analysis.measures.scales import Paired, counted

KNOWN = (State.NO, State.YES)


def moved(earlier: Headline, later: Headline) -> Paired:
    """Return in how many units a figure holds that did not before, as before, and no more."""
    both = [
        (earlier.states[unit], state)
        for unit, state in later.states.items()
        if state in KNOWN and earlier.states.get(unit) in KNOWN
    ]
    return counted([KNOWN.index(now) - KNOWN.index(then) for then, now in both])
