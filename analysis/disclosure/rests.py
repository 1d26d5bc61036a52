"""What is left of sets of workshops beside the sets inside them, and where it is of few people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

import numpy as np

from analysis.disclosure.facts import Flags, Numbers
from analysis.disclosure.question import BLANK, SILENT
from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.units import UnitBits, Units, is_part

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Rest:
    """A set less the sets `out` that it contains: the `units` that are left of `every` one."""

    key: str
    out: Codes
    units: Units
    every: UnitBits

    @property
    def exact(self) -> bool:
        """Whether it is of so few units that their number alone makes a range narrow."""
        return self.units.bit_count() < SMALLEST

    @cached_property
    def is_crowded(self) -> bool:
        """Whether several people spoke for one of its units."""
        return bool(self.units & self.every.crowded[self.key])

    @cached_property
    def answered(self) -> Units:
        """The units that chose an option."""
        return self.replied & ~self.every.said[self.key].get(BLANK, 0)

    @cached_property
    def replied(self) -> Units:
        """The units that replied, with or without an answer."""
        return self.units & ~self.every.said[self.key].get(SILENT, 0)

    def parts(self) -> tuple[Units, Units, Units]:
        """Return who answered, who replied, and all."""
        return self.answered, self.replied, self.units

    def choosing(self, codes: Iterable[str]) -> Units:
        """Return the units that chose one or more of some codes."""
        return self.every.choosing(self.key, codes) & self.units

    def few(self, units: Units) -> bool:
        """Return whether these are 1 to 4 units with 1 to 4 people behind them."""
        return 0 < units.bit_count() < SMALLEST and self.every.speak_for_few(self.key, units)


def rests_of(every: UnitBits) -> list[Rest]:
    """Return each set whole, less each set inside it, and less all of these."""
    return [Rest(key, *left, every) for key in every.whole for left in _parts(key, every.whole)]


def _parts(key: str, whole: Mapping[str, Units]) -> Iterator[tuple[Codes, Units]]:
    """Yield a set whole, less each set inside it, and less all of these, with the units left."""
    units = whole[key]
    inside = [other for other, theirs in whole.items() if is_part(theirs, units)]
    yield (), units
    for other in inside:
        yield (other,), units & ~whole[other]
    if len(inside) > 1:
        yield tuple(inside), units & ~reduce(or_, (whole[other] for other in inside))


class FewUnits:
    """Where 1 to 4 units are behind single codes, or beside them, for all rests of a question at once.

    `codes` are counted, and beside them the `parts` that hold more than them.
    """

    def __init__(
        self, every: UnitBits, codes: Sequence[Codes], parts: tuple[Codes, Codes, Codes]
    ) -> None:
        self._width = (len(every.bits) + 7) // 8
        self._said = {key: self._table(every, key, codes) for key in every.whole}
        self._codes = len(codes)
        sets = [{*one} for one in parts]
        self._inside = np.array([[{*one} <= part for part in sets] for one in codes], np.float32)
        self._asked = np.array([[{*one} < part for part in sets] for one in codes])

    def _table(self, every: UnitBits, key: str, codes: Sequence[Codes]) -> Numbers:
        """Return a column of units for each of the codes, for who answered, who replied, and all."""
        whole = Rest(key, (), every.whole[key], every)
        return self._bits([*map(whole.choosing, codes), *whole.parts()]).T

    def _bits(self, units: Sequence[Units]) -> Numbers:
        """Return a row of ones and zeros for each of some sets of units."""
        written = b"".join(one.to_bytes(self._width, "little") for one in units)
        rows = np.frombuffer(written, np.uint8).reshape(len(units), self._width)
        return np.unpackbits(rows, axis=1, bitorder="little").astype(np.float32)

    def found(self, rests: Sequence[Rest]) -> Flags:
        """Return of rests and codes where few are: who chose them, then beside them in each part."""
        left = self._bits([rest.units for rest in rests])
        counts = np.array(
            [row @ self._said[rest.key] for row, rest in zip(left, rests, strict=True)]
        )
        return self._few(counts[:, : self._codes], counts[:, self._codes :])

    def _few(self, chose: Numbers, parts: Numbers) -> Flags:
        beside = parts[:, None, :] - chose[:, :, None] * self._inside
        beside[:, ~self._asked] = 0
        every = np.concatenate([chose[:, :, None], beside], axis=2)
        return (every > 0) & (every < SMALLEST)
