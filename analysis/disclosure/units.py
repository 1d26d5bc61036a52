"""The units of all sets as bits of whole numbers: sets of them are joined and compared at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.disclosure.crowds import Answer, Crowd, Person
from analysis.disclosure.question import BLANK, SILENT
from analysis.disclosure.small_groups import SMALLEST

Units = int
"""Some units, each of them one bit."""


@dataclass(frozen=True)
class UnitBits:
    """Crowds by set: `whole` are their units, `said` those of each code, `bits` the bit of each.

    `answers` are those of a set by the bits of their units, also of units that were taken out.
    """

    bits: Mapping[int | str, Units]
    answers: Mapping[str, Mapping[Units, Answer]]
    whole: Mapping[str, Units]
    said: Mapping[str, Mapping[str, Units]]

    @classmethod
    def of(cls, crowds: Mapping[str, Crowd]) -> "UnitBits":
        """Return the units of crowds."""
        bits: dict[int | str, Units] = {}
        for crowd in crowds.values():
            for unit in crowd:
                bits.setdefault(unit, 1 << len(bits))
        answers = {
            key: {bits[unit]: one for unit, one in crowd.items()} for key, crowd in crowds.items()
        }
        whole = {key: sum(theirs) for key, theirs in answers.items()}
        return cls(bits, answers, whole, {key: _said(theirs) for key, theirs in answers.items()})

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many units each set has."""
        return {key: units.bit_count() for key, units in self.whole.items()}

    def silent(self, key: str) -> int:
        """Return how many units of a set did not reply."""
        return self.said[key].get(SILENT, 0).bit_count()

    def together(self, units: Iterable[int | str]) -> Units:
        """Return the bits of some units."""
        return sum(self.bits[unit] for unit in units)

    def without(self, gone: Mapping[str, Units]) -> "UnitBits":
        """Return the same without some units of each set."""
        return replace(
            self,
            whole={key: units & ~gone[key] for key, units in self.whole.items()},
            said={
                key: {code: units & ~gone[key] for code, units in said.items()}
                for key, said in self.said.items()
            },
        )

    def of_few(self, key: str, units: Units) -> bool:
        """Return whether 1 to 4 people could have answered for some units of a set."""
        people: set[Person] = set()
        for unit in each(units):
            people |= self.answers[key][unit].asked
            if len(people) >= SMALLEST:
                return False
        return bool(people)


def _said(answers: Mapping[Units, Answer]) -> Mapping[str, Units]:
    """Return the units of each code: who said nothing is silent if none replied."""
    said: dict[str, Units] = {}
    for unit, one in answers.items():
        for code in one.codes or ((BLANK,) if one.replied else (SILENT,)):
            said[code] = said.get(code, 0) | unit
    return said


def is_part(smaller: Units, larger: Units) -> bool:
    """Return whether some units are part of others and not all of them."""
    return smaller != larger and not smaller & ~larger


def each(units: Units) -> Iterator[Units]:
    """Yield each unit."""
    while units:
        lowest = units & -units
        yield lowest
        units ^= lowest
