"""What may be shown: small groups are hidden so that nothing can be found by subtraction.

A group is a set of people whose answers or states would be told apart. An administration is named
only with permission; permission takes the place of hiding for facts about the administration.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from analysis.responses import Response
from surveys.wording import N_

SMALLEST = 5
"""The smallest group of people whose count is shown."""

EXACT = 1e-9
"""What is left of a combination that holds exactly, in floating point."""

HIDDEN = N_("not shown")
"""One neutral text for every hidden cell, whether nobody or a few people stand behind it."""


def shown(counts: Sequence[int], smallest: int = SMALLEST) -> tuple[int | None, ...]:
    """One column of counts with small ones hidden (None), safe beside its total.

    Zero is hidden too, so that an empty group and a small one look the same. Hidden cells must
    hold `smallest` people together and be at least two, or the next smallest is hidden as well;
    so a total minus the shown cells never gives a small group away.
    """
    order = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    hidden = [place for place in order if counts[place] < smallest]
    for place in order[len(hidden) :]:
        together = sum(counts[p] for p in hidden)
        if not hidden or (len(hidden) > 1 and together >= smallest):
            break
        hidden.append(place)
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


Cell = tuple[str, str]
"""A published count: the key of a set of workshops, and the code of an option."""


def protected(
    counts: Mapping[str, Mapping[str, int]],
    sets: Mapping[str, Collection[str]],
    single: bool,
    smallest: int = SMALLEST,
) -> frozenset[Cell]:
    """Which cells of tables over several sets of workshops are hidden, so that none can be solved.

    `counts` are people by set and option; `sets` says which workshops each set holds, so that the
    difference of two reports is seen. With `single`, everybody gave one answer and the base of each
    set is printed. A hidden cell must not be a combination of what is shown: the smallest shown
    count goes with it until none is. People in two workshops are counted once in a set, which
    only makes the differences less exact.
    """
    hidden = {
        (key, code) for key, column in counts.items() for code in _small(column, single, smallest)
    }
    everything = [(key, code) for key, column in counts.items() for code in column]
    places = _places(sets, {code for column in counts.values() for code in column})
    while True:
        found = _solved(hidden, everything, sets, places, single)
        shown_cells = [cell for cell in everything if cell not in hidden]
        if not found or not shown_cells:
            return frozenset(hidden)
        codes = {code for _, code in found}
        near = [cell for cell in shown_cells if cell[1] in codes] or shown_cells
        hidden.add(min(near, key=lambda cell: (counts[cell[0]][cell[1]], cell)))


def _small(column: Mapping[str, int], single: bool, smallest: int) -> set[str]:
    """The options of one table that are hidden by themselves, or beside its total."""
    if not single:
        return {code for code, people in column.items() if people < smallest}
    cells = shown(list(column.values()), smallest)
    return {code for code, cell in zip(column, cells, strict=True) if cell is None}


def _places(
    sets: Mapping[str, Collection[str]], codes: Collection[str]
) -> dict[tuple[str, str], int]:
    """A column of the linear system for each workshop and option."""
    workshops = sorted({workshop for held in sets.values() for workshop in held})
    pairs = [(workshop, code) for workshop in workshops for code in sorted(codes)]
    return {pair: number for number, pair in enumerate(pairs)}


def _solved(
    hidden: Collection[Cell],
    everything: Collection[Cell],
    sets: Mapping[str, Collection[str]],
    places: Mapping[tuple[str, str], int],
    single: bool,
) -> list[Cell]:
    """The hidden cells that are linear combinations of the shown cells (and bases, if `single`)."""
    import numpy as np

    def row(cells: Collection[Cell]) -> list[float]:
        made = [0.0] * len(places)
        for key, code in cells:
            for workshop in sets[key]:
                made[places[workshop, code]] += 1.0
        return made

    known = [row([cell]) for cell in everything if cell not in hidden]
    if single:
        known += [row([cell for cell in everything if cell[0] == key]) for key in sets]
    if not known or not hidden:
        return []
    shown_rows, wanted = np.array(known), np.array([row([cell]) for cell in sorted(hidden)])
    rest = wanted - wanted @ np.linalg.pinv(shown_rows) @ shown_rows
    return [
        cell for cell, left in zip(sorted(hidden), rest, strict=True) if np.abs(left).max() < EXACT
    ]


def named(people: Mapping[str, int], allowed: Iterable[str]) -> frozenset[str]:
    """Which administrations are named, so that the row of all others gives nobody away.

    `people` are those who attended, by administration. The others must be two administrations
    and `SMALLEST` people, or the smallest of those that may be named joins them.
    """
    chosen = sorted(set(allowed) & set(people), key=lambda code: (-people[code], code))
    others = [code for code in people if code not in chosen]
    while others and chosen and (len(others) < 2 or sum(people[c] for c in others) < SMALLEST):
        others.append(chosen.pop())
    return frozenset(chosen)


def nameable(found: Iterable[Response]) -> frozenset[str]:
    """Administrations that may be named: all who answered from there agree, and nobody objects.

    Every participant must have agreed before the workshop, and the contact point, if it has
    answered, must permit it too. A silent participant who answered later has not agreed.
    """
    permission: dict[str, bool] = {}
    wishes: dict[int, bool] = {}
    places: dict[int, str] = {}
    for response in found:
        where = response.administration
        if response.wave == "NCP12" and "permission" in response.values:
            yes = response.values["permission"] == "yes"
            permission[where] = yes and permission.get(where, True)
        if response.role == "participant":
            places[response.enrolment_id] = where
            if "attribution" in response.values:
                wishes[response.enrolment_id] = response.values["attribution"] == "yes"
    agreed: dict[str, bool] = {}
    for enrolment, where in places.items():
        agreed[where] = wishes.get(enrolment, False) and agreed.get(where, True)
    return frozenset(where for where, yes in agreed.items() if yes and permission.get(where, True))
