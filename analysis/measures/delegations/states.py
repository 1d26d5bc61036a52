"""The state of a unit: yes, no, disputed or not known, from what its members say.

It is yes if a member says so, no if all members answered and none does, else not known.
A member who says no does not contradict another who says yes of the own unit.
"""

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """What is known of one fact in one unit. Only what is in force can be disputed."""

    YES = "yes"
    NO = "no"
    DISPUTED = "disputed"
    NOT_KNOWN = "not_known"


BEST_FIRST = (State.YES, State.DISPUTED, State.NOT_KNOWN, State.NO)


def of_members(words: Iterable[bool | None]) -> State:
    """Return the state from the word of every member; None is no word."""
    said = tuple(words)
    if True in said:
        return State.YES
    return State.NO if said and None not in said else State.NOT_KNOWN


def in_at_least_one(states: Iterable[State]) -> State:
    """Return the state of an administration or person in at least one of several workshops."""
    return min(states, key=BEST_FIRST.index)
