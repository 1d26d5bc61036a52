"""Bases of questions that tell of nobody missing."""

from collections.abc import Collection, Mapping, Sequence

from analysis.disclosure.crowds import Crowd
from analysis.disclosure.small_groups import SMALLEST


def with_safe_bases(
    *layers: Mapping[str, Crowd], unsaid: Collection[str] = ()
) -> tuple[dict[str, Crowd], frozenset[str]]:
    """Return the base of every set, which tells of nobody missing, and the sets with silent units.

    `layers` are bases by set, each inside the next: those who answered, who replied, who were asked. A
    base that one to four people less than a larger one make is not told, nor is one whose difference to
    the base of a smaller set is; those people join it without an answer. Of `unsaid` sets no base is of
    those who replied: reports do not tell how many they are.
    """
    bases = [{key: {**layer[key], **layers[0][key]} for key in layers[0]} for layer in layers]
    levels = dict.fromkeys(layers[0], 0)
    pairs: list[tuple[str, ...]] = [
        (outer, inner)
        for outer in levels
        for inner in levels
        if inner != outer and bases[-1][inner].keys() < bases[-1][outer].keys()
    ]
    wanted = [*((key,) for key in levels), *pairs]
    while moved := [keys for keys in wanted if _misses_few(bases, levels, *keys)]:
        for key in {key for keys in moved for key in keys}:
            levels[key] += 2 if key in unsaid and not levels[key] else 1
    blanks = frozenset(key for key, level in levels.items() if level)
    return {key: bases[level][key] for key, level in levels.items()}, blanks


def _misses_few(
    bases: Sequence[Mapping[str, Crowd]], levels: Mapping[str, int], key: str, inner: str = ""
) -> bool:
    """Return whether one to four people are missing in a base, or in what it has beyond another one."""
    level = levels[key]
    if inner and levels[inner] != level:
        return False
    less = bases[-1][inner] if inner else {}
    here = {unit for unit in bases[level][key] if unit not in less}
    for larger in bases[level + 1 :]:
        there = {unit: one for unit, one in larger[key].items() if unit not in less}
        if 0 < len(_people(there, here)) < SMALLEST:
            return True
    return False


def _people(more: Crowd, base: Collection[int | str]) -> set[int]:
    return {number for unit, one in more.items() if unit not in base for number, _ in one.asked}
