"""The units of all sets as bits of whole numbers: sets of them are joined and compared at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.disclosure.crowds import Answer, Crowd, Person
from analysis.disclosure.question import BLANK, SILENT
from analysis.disclosure.small_groups import SMALLEST

Units = int
"""Some units, each of them one bit."""


@dataclass(frozen=True)
class UnitBits:
    """Crowds by set: `whole` are their units, `bits` the bit of each.

    `said` are the units of a set that chose each code, `answers` those by the bits of units, and
    `crowded` the units that several people spoke for; they are also of units that were taken out.
    """

    bits: Mapping[int | str, Units]
    answers: Mapping[str, Mapping[Units, Answer]]
    whole: Mapping[str, Units]
    said: Mapping[str, Mapping[str, Units]]
    crowded: Mapping[str, Units]

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
        said = {key: _said(theirs) for key, theirs in answers.items()}
        crowded = {key: _crowded(theirs) for key, theirs in answers.items()}
        return cls(bits, answers, whole, said, crowded)

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many units each set has."""
        return {key: units.bit_count() for key, units in self.whole.items()}

    def silent(self, key: str) -> int:
        """Return how many units of a set did not reply."""
        return (self.said[key].get(SILENT, 0) & self.whole[key]).bit_count()

    def choosing(self, key: str, codes: Iterable[str]) -> Units:
        """Return the units of a set that chose one or more of some codes."""
        said, found = self.said[key], 0
        for code in codes:
            found |= said.get(code, 0)
        return found

    def together(self, units: Iterable[int | str]) -> Units:
        """Return the bits of some units."""
        return sum(self.bits[unit] for unit in units)

    def without(self, gone: Mapping[str, Units]) -> "UnitBits":
        """Return the same without some units of each set."""
        whole = {key: units & ~gone[key] for key, units in self.whole.items()}
        return replace(self, whole=whole)

    def speak_for_few(self, key: str, units: Units) -> bool:
        """Return whether less than five people spoke for some units, or were asked if nobody did."""
        if not units & self.crowded[key]:
            return units.bit_count() < SMALLEST
        answers = self.answers[key]
        return (
            len(frozenset().union(*(_speaking(answers[unit]) for unit in each(units)))) < SMALLEST
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
    """Return the units of each code."""
    said: dict[str, Units] = {}
    for unit, one in answers.items():
        for code in said_by(one):
            said[code] = said.get(code, 0) | unit
    return said


def _crowded(answers: Mapping[Units, Answer]) -> Units:
    return sum(unit for unit, one in answers.items() if len(_speaking(one)) > 1)


def _speaking(answer: Answer) -> frozenset[Person]:
    return answer.replied or answer.asked


def said_by(answer: Answer) -> Collection[str]:
    """Return the codes of an answer; of who said nothing, whether anybody replied."""
    return answer.codes or ((BLANK,) if answer.replied else (SILENT,))


def is_part(smaller: Units, larger: Units) -> bool:
    """Return whether some units are part of others and not all of them."""
    return smaller != larger and not smaller & ~larger


def each(units: Units) -> Iterator[Units]:
    """Yield each unit."""
    while units:
        lowest = units & -units
        yield lowest
        units ^= lowest
