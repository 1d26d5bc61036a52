"""What the replies of single waves tell of a question that counts the latest answer of several."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations

import numpy as np

from analysis.disclosure.facts import Ends, Fact, Sum, added
from analysis.disclosure.question import SILENT, Question, WaveReplies
from analysis.disclosure.variables import Variables

Who = frozenset[int | str]
"""The units of a group that replied in a wave."""


def replies_of_waves(question: Question, variables: Variables) -> list[Fact]:
    """Return how many replied in each wave, where it is told, and what it means for silent units.

    No other numbers of silent units and of replies than these facts allow are possible in a group.
    """
    found: dict[object, Fact] = {}
    people: dict[tuple[int, int], dict[Who, None]] = {}
    for key in question.crowds:
        # Reports handed out before may have counted other waves, or one alone.
        counted = {n: wave for n, wave in enumerate(question.waves) if key in wave.units}
        replied = {number: _by_group(variables, key, wave) for number, wave in counted.items()}
        for number, by_group in replied.items():
            for group, who in by_group.items():
                people.setdefault((group, number), {})[who] = None
            if key in counted[number].told:
                total = sum(map(len, by_group.values()))
                every = [variables.replying(g, number, who) for g, who in by_group.items()]
                weights = added(*((one, 1) for one in every))
                found[frozenset(weights)] = Fact(weights, total, total)
        for group, answer in variables.inside(key) if replied else ():
            waves = [variables.replying(group, n, one[group]) for n, one in replied.items()]
            silent = variables.of(group, answer, (SILENT,))
            for fact in _together(silent, waves, {variables.units(group): 1.0}):
                found[frozenset(fact.weights)] = fact
    return [*found.values(), *_alike(variables, people)]


def _alike(
    variables: Variables, people: Mapping[tuple[int, int], Iterable[Who]]
) -> Iterator[Fact]:
    """Yield that two sets have the same replies for a reader who knows where they differ."""
    for where, sets in people.items():
        for one, other in combinations(sets, 2):
            both = (variables.replying(*where, one), 1), (variables.replying(*where, other), -1)
            same = partial(_same_without, one ^ other)
            yield Fact(added(*both), -np.inf, np.inf, of_left=same)


def _same_without(different: Who, _: Question, known: Collection[int | str]) -> Ends:
    return (0, 0) if different <= {*known} else (-np.inf, np.inf)


def _by_group(variables: Variables, key: str, wave: WaveReplies) -> dict[int, Who]:
    """Return the units of each group that replied in a wave, as a set has them."""
    found: dict[int, set[int | str]] = {group: set() for group, _ in variables.inside(key)}
    for unit in wave.units.get(key, ()):
        # A reader who knows what some units said has no variables of them, and others are in no base.
        if (group := variables.group_of.get(unit)) in found:
            found[group].add(unit)
    return {group: frozenset(units) for group, units in found.items()}


def _together(silent: Sum, waves: Sequence[Sum], everybody: Sum) -> Iterator[Fact]:
    """Yield that a silent unit replied in no wave, and each of the others in one or more."""
    for one in waves:
        yield Fact(added((silent, 1), (one, 1), (everybody, -1)), -np.inf, 0, of_each=True)
    every = [(one, 1.0) for one in waves]
    yield Fact(added((silent, 1), *every, (everybody, -1)), 0, np.inf, of_each=True)
