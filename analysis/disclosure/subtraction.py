"""Which counts are hidden so that no small one can be found by adding and subtracting shown ones.

Everything that readers outside the office can compare is one system of linear equations: each count is
a sum of people told apart by their workshops and their answer. A count under five must not be a
combination of shown counts, nor may the rest of a larger one. How many people answered is never
hidden, only what they answered: a report says who is missing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from analysis.disclosure.small_groups import SMALLEST, shown

EXACT = 1e-9
"""The floating-point residue of a combination that is exact."""

Cell = tuple[str, str]
"""A count: the key of a set of workshops, and the code of an option."""

Pattern = tuple[str, ...]
"""The workshops at which the same people answered, in the order of their answers."""

Part = tuple[Pattern, str, str]
"""People of a pattern by their answer at one of its workshops: pattern, workshop, option."""

Key = TypeVar("Key")


@dataclass(frozen=True)
class Sum:
    """A count and the separate groups that it adds up (or takes away); not all are printed."""

    people: int
    parts: Mapping[Part, int]
    printed: bool = True


def withheld(
    sums: Mapping[Key, Sum],
    known: Sequence[Mapping[Part, int]],
    first: Collection[Key],
    smallest: int = SMALLEST,
) -> frozenset[Key]:
    """Return which printed counts are hidden: the `first` ones, small ones, and those that reveal them.

    `known` are sums that are always shown, such as bases. While a hidden count is a combination of
    shown counts, the smallest count of that combination is hidden too.
    """
    small = {key for key, one in sums.items() if one.people < smallest}
    hidden = dict.fromkeys(key for key in sums if key in small or key in first)
    printed = [key for key, one in sums.items() if one.printed]
    while True:
        left = [key for key in printed if key not in hidden]
        used = _used(
            [sums[key].parts for key in hidden], [*(sums[key].parts for key in left), *known]
        )
        telling = [left[place] for place in used if place < len(left)]
        if not telling:
            return frozenset(key for key in printed if key in hidden)
        hidden[min(telling, key=lambda key: (sums[key].people, str(key)))] = None


def _used(wanted: Sequence[Mapping[Part, int]], told: Sequence[Mapping[Part, int]]) -> list[int]:
    """Return the indexes of the shown sums whose combination gives a wanted one exactly."""
    import numpy as np

    if not wanted or not told:
        return []
    places = {part: n for n, part in enumerate(dict.fromkeys(p for one in told for p in one))}
    # A sum with a group that no shown sum contains cannot be computed from them.
    possible = [one for one in wanted if one.keys() <= places.keys()]
    if not possible:
        return []

    found, given = np.zeros((len(possible), len(places))), np.zeros((len(told), len(places)))
    for made, sums in ((found, possible), (given, told)):
        for row, one in enumerate(sums):
            for part, times in one.items():
                made[row, places[part]] = times
    weights = found @ np.linalg.pinv(given)
    exact = np.abs(found - weights @ given).max(axis=1) < EXACT
    return [int(n) for n in np.flatnonzero((np.abs(weights[exact]) > EXACT).any(axis=0))]


@dataclass(frozen=True)
class Counts:
    """One question in all reports: people by set and option, as they are printed.

    `sets` says which workshops each set holds. With `single` everybody gave one answer, and the
    base of each set is the sum of its options. `several` are people who answered at more than one
    workshop, each counted once in a set with the latest answer: by pattern, and by workshop and
    option what they said there.
    """

    people: Mapping[str, Mapping[str, int]]
    sets: Mapping[str, Collection[str]]
    single: bool
    several: Mapping[Pattern, Mapping[Cell, int]] = field(default_factory=dict)

    def parts(self, key: str, code: str) -> dict[Part, int]:
        """Return the groups that a count of a set adds up."""
        alone = {((w,), w, code): 1 for w in self.sets[key]}
        again = {
            (pattern, [w for w in pattern if w in self.sets[key]][-1], code): 1
            for pattern in self.several
            if set(pattern) & set(self.sets[key])
        }
        return alone | again


def protected(counts: Counts, smallest: int = SMALLEST) -> frozenset[Cell]:
    """Return which cells of tables over several sets of workshops are hidden, so that none is solvable.

    Also protected are a small difference of two sets of which one contains the other, the small
    workshops of a set together, and the answers of a few people of several workshops at one of
    them.
    """
    sums: dict[tuple[str, ...], Sum] = {
        (key, code): Sum(people, counts.parts(key, code))
        for key, column in counts.people.items()
        for code, people in column.items()
    }
    between = {**_differences(counts), **_small_together(counts, smallest), **_again(counts)}
    first = [
        (key, code)
        for key, column in counts.people.items()
        for code in _small(column, counts.single, smallest)
    ]
    known = [_total(counts, key) for key in counts.people] if counts.single else []
    small = {key: one for key, one in between.items() if one.people < smallest}
    found = withheld({**sums, **small}, known, first, smallest)
    return frozenset((key[0], key[1]) for key in found)


def _small(column: Mapping[str, int], single: bool, smallest: int) -> set[str]:
    """Return the options of one table that are hidden by themselves, or beside its total."""
    if not single:
        return {code for code, people in column.items() if people < smallest}
    cells = shown(list(column.values()), smallest)
    return {code for code, cell in zip(column, cells, strict=True) if cell is None}


def _total(counts: Counts, key: str) -> dict[Part, int]:
    return _added([(counts.parts(key, code), 1) for code in counts.people[key]])


def _added(sums: Iterable[tuple[Mapping[Part, int], int]]) -> dict[Part, int]:
    """Return the sum of sums with their signs; groups that cancel out are left out."""
    made: dict[Part, int] = {}
    for parts, sign in sums:
        for part, times in parts.items():
            made[part] = made.get(part, 0) + sign * times
    return {part: times for part, times in made.items() if times}


def _differences(counts: Counts) -> dict[tuple[str, ...], Sum]:
    """Yield what one set has beyond another that it contains."""
    pairs = [
        (outer, inner)
        for outer in counts.people
        for inner in counts.people
        if set(counts.sets[inner]) < set(counts.sets[outer])
    ]
    return {
        (outer, code, "without", inner): Sum(
            people - counts.people[inner][code],
            _added([(counts.parts(outer, code), 1), (counts.parts(inner, code), -1)]),
            printed=False,
        )
        for outer, inner in pairs
        for code, people in counts.people[outer].items()
    }


def _small_together(counts: Counts, smallest: int) -> dict[tuple[str, ...], Sum]:
    """Return the rest of a set without those of its workshops that are shown by themselves."""
    made: dict[tuple[str, ...], Sum] = {}
    alone = {tuple(held): key for key, held in counts.sets.items() if len(held) == 1}
    for key, column in counts.people.items():
        for code, people in column.items():
            inside = [alone[w,] for w in counts.sets[key] if (w,) in alone and alone[w,] != key]
            large = [one for one in inside if counts.people.get(one, {}).get(code, 0) >= smallest]
            if large:
                less = sum(counts.people[one][code] for one in large)
                parts = _added(
                    [
                        (counts.parts(key, code), 1),
                        *((counts.parts(one, code), -1) for one in large),
                    ]
                )
                made[key, code, "rest"] = Sum(people - less, parts, printed=False)
    return {key: one for key, one in made.items() if one.parts}


def _again(counts: Counts) -> dict[tuple[str, ...], Sum]:
    """Yield the answers of people of several workshops at each of them."""
    codes = sorted({code for column in counts.people.values() for code in column})
    return {
        (*pattern, "at", workshop, code): Sum(
            said.get((workshop, code), 0), {(pattern, workshop, code): 1}, printed=False
        )
        for pattern, said in counts.several.items()
        for workshop in pattern
        for code in codes
    }
