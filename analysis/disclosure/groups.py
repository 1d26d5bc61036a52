"""The groups of the units of a question: all that published sets of workshops tell apart.

The units of a group are in the same sets and gave them the same answers.
"""

from collections.abc import Mapping

from analysis.disclosure.crowds import Answer, Crowd, Slot

Group = tuple[tuple[str, int], ...]
"""The sets of workshops that hold the units of a group, each with the number of their answer there."""

NO_ANSWER, NO_REPLY = -1, -2
"""The numbers of what a unit said in a set where it gave no answer, or was silent, and not in another.

The latest answer counts in a larger set, so readers could conclude who gave none later.
"""


def groups_of(crowds: Mapping[str, Crowd]) -> dict[int | str, Group]:
    """Return the group of each unit: what sets of workshops tell apart."""
    slots: dict[int | str, dict[str, tuple[Slot, int]]] = {}
    for key, crowd in crowds.items():
        for unit, answer in crowd.items():
            slots.setdefault(unit, {})[key] = _told_by(answer)
    found: dict[int | str, Group] = {}
    for unit, given in slots.items():
        different = dict.fromkeys(given.values())
        numbers = {slot: n for n, slot in enumerate(different)}
        if len(different) > 1:
            numbers |= {slot: slot[1] for slot in different if slot[1]}
        found[unit] = tuple((key, numbers[slot]) for key, slot in given.items())
    return found


def _told_by(answer: Answer) -> tuple[Slot, int]:
    """Return what tells an answer apart; those without one are alike, and so are the silent ones."""
    if answer.codes:
        return answer.slot, 0
    return (), NO_ANSWER if answer.replied else NO_REPLY
