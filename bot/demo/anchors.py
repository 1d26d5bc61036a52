"""How far an invented person says that a formal anchor is, and since when.

An administration that had a thing before the workshop mostly says so. Some supervisors and contact
points deny what officers claim, and some do not know since when a thing is in force.
"""

from collections.abc import Mapping
from random import Random

UNSURE = 0.05
"""How often an officer does not know how far a thing is."""
PLANNED = ("proposed", "drafted", "approved")
REACHED = 0.6
"""The level of a practice from which officers say that something is in force."""
OFFICER = {"new": 68, "changed": 22, "before": 10}
OFFICER_WHO_HAD_IT = {"new": 12, "changed": 38, "before": 50}
WITNESS = {"new": 34, "changed": 14, "in_force": 22, "before": 6, "dont_know": 24}
WITNESS_WHO_HAD_IT = {"new": 5, "changed": 26, "in_force": 14, "before": 45, "dont_know": 10}
DENIAL = {"not_in_force": 82, "dont_know": 18}
"""How often each is said, of a hundred."""


def officer_status(level: float, had: bool, own: Random) -> str:
    """Return what an officer says of a kind; `had` is whether it stood there before the workshop."""
    if own.random() < UNSURE:
        return "dont_know"
    if level < REACHED:
        return PLANNED[int(level / REACHED * len(PLANNED))]
    return _drawn(OFFICER_WHO_HAD_IT if had else OFFICER, own)


def witness_status(level: float, had: bool, own: Random) -> str:
    """Return what a supervisor or contact point says of a kind."""
    if not had and own.random() > level:
        return _drawn(DENIAL, own)
    return _drawn(WITNESS_WHO_HAD_IT if had else WITNESS, own)


def _drawn(weights: Mapping[str, int], own: Random) -> str:
    return own.choices(list(weights), list(weights.values()))[0]
