"""The secrets of a question: counts under five in sets of workshops and in what is left of them.

A secret is a number: that of its place (a part of a rest), and that of the codes it is about. So all
secrets of a reader are compared at once, and each sum is made once for all readers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np

from analysis.disclosure.facts import Numbers, Sum
from analysis.disclosure.question import BLANK, SILENT, Question
from analysis.disclosure.ranges import Wanted
from analysis.disclosure.rests import Codes, FewUnits, Rest
from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.units import UnitBits, Units
from analysis.disclosure.variables import Variables

Places = np.ndarray[Any, np.dtype[np.int64]]
MOST_CODES = 1 << 20
PARTS = 4
"""The parts of a rest: who chose some codes, and beside them who answered, who replied, and all."""


class OfRest(NamedTuple):
    """Who chose some codes in a rest, or who is in a part of the rest and did not.

    A group of less than five units (some administrations with many people) has a narrow range by
    itself, so only the `exact` count is a secret there.
    """

    key: str
    out: Codes
    exact: bool


class OfAnswer(NamedTuple):
    """What few people of two answers said in one of them.

    Nothing but the exact count is a secret: how many they are may be known, and is below five.
    """

    group: int
    answer: int
    exact: bool = True


class Secrets:
    """The secrets of a question, for all readers.

    With other codes that all tables tell in the same rows, a secret of the same place can take the
    same values, so one of them stands for all.
    """

    def __init__(self, question: Question, variables: Variables, every: UnitBits) -> None:
        self._variables = variables
        replies = (*question.options, BLANK)
        self._parts = (question.options, replies, (*replies, SILENT))
        alone = [(code,) for code in self._parts[-1]]
        self.codes = [*dict.fromkeys((*alone, question.options))]
        """All codes that secrets are about, by their numbers."""
        self._few_units = FewUnits(every, self.codes, self._parts)
        self._numbers = {codes: number for number, codes in enumerate(self.codes)}
        self._places: list[OfRest | OfAnswer] = []
        self._place = cache(self._new_place)
        self.wanted = cache(self._wanted)

    def _new_place(self, place: OfRest | OfAnswer) -> int:
        """Return the number of a place, with room for its parts and for all codes."""
        self._places.append(place)
        return (len(self._places) - 1) * PARTS * MOST_CODES

    def _code(self, codes: Codes) -> int:
        if codes not in self._numbers:
            self._numbers[codes] = len(self.codes)
            self.codes.append(codes)
        return self._numbers[codes]

    def always(self, rests: Sequence[Rest]) -> list[int]:
        """Return the secrets of rests about single codes, and about all options together."""
        if not rests:
            return []
        places = np.array([self._place(OfRest(one.key, one.out, one.exact)) for one in rests])
        few = self._few_units.found(rests)
        for number, rest in enumerate(rests):
            if rest.is_crowded:
                for code, part in np.argwhere(few[number]):
                    units = self._units(rest, self.codes[code], part)
                    few[number, code, part] = rest.few(units)
        parts = np.arange(PARTS) * MOST_CODES
        every = places[:, None, None] + np.arange(few.shape[1])[:, None] + parts
        found: list[int] = every[few].tolist()
        return found

    def of(self, rest: Rest, codes: Codes) -> list[int]:
        """Return the count of some codes and the rests beside it, if 1 to 4 people are behind them."""
        wanted, code = frozenset(codes), self._code(codes)
        parts = [0, *(n for n, part in enumerate(self._parts, 1) if wanted < {*part})]
        place = self._place(OfRest(rest.key, rest.out, rest.exact))
        return [
            place + part * MOST_CODES + code
            for part in parts
            if rest.few(self._units(rest, codes, part))
        ]

    def _units(self, rest: Rest, codes: Codes, part: int) -> Units:
        inside = rest.choosing(codes)
        return rest.parts()[part - 1] & ~inside if part else inside

    def of_two_answers(self, sizes: Numbers) -> list[int]:
        """Return what few people of two answers said, in groups of so many units."""
        few = (one for one in self._two_answers if 0 < sizes[one[0]] < SMALLEST)
        options = [self._code((code,)) for code in self._parts[0]]
        return [self._place(OfAnswer(*one)) + code for one in few for code in options]

    @cached_property
    def _two_answers(self) -> list[tuple[int, int]]:
        numbers = Counter(group for group, _ in self._variables.answers)
        return [one for one in self._variables.answers if numbers[one[0]] > 1 and one[1] >= 0]

    def one_of_each_kind(self, secrets: Iterable[int], rows: Places) -> list[int]:
        """Return the first of the secrets that are alike, where `rows` tell of each number of codes."""
        every = np.array([*secrets], np.int64)
        places, codes = np.divmod(every, MOST_CODES)
        _, first = np.unique(places * MOST_CODES + rows[codes], return_index=True)
        found: list[int] = every[np.sort(first)].tolist()
        return found

    def _wanted(self, secret: int) -> Wanted:
        """Return the sum that may not be found, or only not exactly."""
        number, code = divmod(secret, MOST_CODES)
        place, part = self._places[number // PARTS], number % PARTS
        return Wanted(self._sum(place, part, self.codes[code]), place.exact)

    def _sum(self, place: OfRest | OfAnswer, part: int, codes: Codes) -> Sum:
        of = self._variables
        if isinstance(place, OfAnswer):
            return of.of(place.group, place.answer, codes)
        if not part:
            return of.of_set(place.key, codes, place.out)
        return of.beside(place.key, codes, self._parts[part - 1], place.out)
