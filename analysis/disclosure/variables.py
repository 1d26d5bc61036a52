"""The variables of one question: the units of each group and what they chose."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np

from analysis.disclosure.crowds import Answer
from analysis.disclosure.everybody import Everybody
from analysis.disclosure.facts import Fact, Numbers, Sum, added
from analysis.disclosure.groups import NO_ANSWER, NO_REPLY
from analysis.disclosure.question import BLANK, SILENT, Kind, Question
from analysis.disclosure.units import said_by


class Variables:
    """The variables of one question: units of each group, and what they chose in each answer.

    Of several options together, the people of one or more of them are a variable of their own.
    `facts` are what is true of every group: nobody chooses an option twice, or two of a scale, and who
    chooses none has passed the question or is silent. How many a set asked is known.
    """

    def __init__(self, question: Question, everybody: Everybody) -> None:
        self._question, self._everybody = question, everybody
        self._several = question.kind is Kind.SEVERAL
        alone = [(code,) for code in (*question.options, BLANK, SILENT)]
        together = [question.options] if self._several and len(question.options) > 1 else []
        self._places: dict[tuple[str, ...], tuple[list[int], list[tuple[str, ...]]]] = {}
        self._offsets = {codes: place for place, codes in enumerate((*alone, *together))}
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._inside: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        sets = everybody.units.sizes
        self._in_set: dict[str, list[tuple[int, int]]] = {key: [] for key in sets}
        sizes = Counter(everybody.groups.values())
        self.sizes = np.array([*sizes.values()], float)
        self._groups = [frozenset(key for key, _ in group) for group in sizes]
        numbers = {group: number for number, group in enumerate(sizes)}
        for number, group in enumerate(sizes):
            for key, answer in group:
                self._in_set[key].append((number, answer))
        self.group_of = {unit: numbers[group] for unit, group in everybody.groups.items()}
        self.answers = [
            (group, answer)
            for group, sets_of in enumerate(sizes)
            for answer in sorted({answer for _, answer in sets_of})
        ]
        # First the units of all groups, then what they said in each answer: one block for each.
        size = len(self._offsets)
        self._starts = {where: len(sizes) + n * size for n, where in enumerate(self.answers)}
        self._fixed = len(sizes) + len(self.answers) * size
        self._counting: dict[int | str, list[int]] = {}
        self.facts = [fact for where in self.answers for fact in self._choices(*where)]
        for key, size in sets.items():
            units = {self.units(group): 1.0 for group, _ in self.inside(key)}
            self.facts.append(Fact(units, size, size))

    def __len__(self) -> int:
        return self._fixed + len(self._numbers)

    def counts(self, units: Collection[int | str], first: int = 0) -> Numbers:
        """Return how many of some units each variable counts, from the `first` one on."""
        found = np.zeros(len(self))
        if first < self._fixed:
            for unit in units:
                found[self._counted_by(unit)] += 1
        for (group, answer, what), number in self._numbers.items():
            if number >= first:
                there = [unit for unit in units if self.group_of[unit] == group]
                found[number] = sum(self._is_counted(unit, answer, what) for unit in there)
        return found[first:]

    def _counted_by(self, unit: int | str) -> list[int]:
        """Return the variables in blocks that count a unit."""
        if unit not in self._counting:
            group = self.group_of[unit]
            found = [self.units(group)]
            for number, answer in self._answers_of(unit).items():
                start, said = self._starts[group, number], said_by(answer)
                places = [self._offsets.get((code,)) for code in said]
                if answer.codes:
                    places.append(self._offsets.get(self._question.options))
                found += [start + place for place in {*places} if place is not None]
            self._counting[unit] = found
        return self._counting[unit]

    def _is_counted(self, unit: int | str, answer: int, what: Collection[Any]) -> bool:
        """Return whether a unit is counted: it chose one of some options, or replied in a wave."""
        if isinstance(what, frozenset):
            return unit in what
        return not self._answers_of(unit)[answer].codes.isdisjoint(what)

    def _answers_of(self, unit: int | str) -> dict[int, Answer]:
        """Return the answers of a unit by the numbers that its group has for them."""
        every = self._everybody
        bit = every.units.bits[unit]
        return {number: every.units.answers[key][bit] for key, number in every.groups[unit]}

    def of(self, group: int, answer: int, codes: Sequence[str]) -> Sum:
        """Return how many of a group chose one or more of some codes in one of its answers."""
        return self._of_all([(group, answer)], codes)

    def of_set(self, key: str, codes: Sequence[str], out: Collection[str] = ()) -> Sum:
        """Return how many in a set, and in none of others, chose one or more of some codes."""
        return self._of_all(self.inside(key, out), codes)

    def _of_all(self, answers: Sequence[tuple[int, int]], codes: Sequence[str]) -> Sum:
        places, others = self._in_blocks(tuple(codes))
        starts = self._starts
        found = {starts[where] + place: 1.0 for where in answers for place in places}
        if others:
            found |= {self._number(*where, one): 1.0 for where in answers for one in others}
        return found

    def _in_blocks(self, codes: tuple[str, ...]) -> tuple[list[int], list[tuple[str, ...]]]:
        """Return where the variables of some codes are in each block, and the codes of others."""
        if codes not in self._places:
            sums = self._sums(codes)
            places = [self._offsets[one] for one in sums if one in self._offsets]
            self._places[codes] = places, [one for one in sums if one not in self._offsets]
        return self._places[codes]

    def _sums(self, codes: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the codes that have a variable together: several options, and each other code."""
        options: tuple[str, ...] = ()
        if self._several:
            options = tuple(code for code in codes if code not in (BLANK, SILENT))
        sums: list[tuple[str, ...]] = [(code,) for code in codes if code not in options]
        return [*sums, options] if options else sums

    def beside(
        self, key: str, codes: Sequence[str], every: Sequence[str], out: Collection[str] = ()
    ) -> Sum:
        """Return how many of a set and of no other chose one of `every` codes and none of `codes`."""
        if not self._several:
            return self.of_set(key, [code for code in every if code not in codes], out)
        return added((self.of_set(key, every, out), 1), (self.of_set(key, codes, out), -1))

    def spelled(self, key: str, codes: Sequence[str]) -> tuple[str, ...]:
        """Return codes with that of the silent ones, if the row of blanks of a set holds them."""
        silent = BLANK in codes and SILENT in self._question.in_base(key)
        return tuple(dict.fromkeys((*codes, SILENT))) if silent else tuple(codes)

    def inside(self, key: str, out: Collection[str] = ()) -> list[tuple[int, int]]:
        """Return the groups in a set and in none of others, each with the number of its answer there.

        Groups have numbers, in the order of `sizes`.
        """
        name = (key, *out)
        if name not in self._inside:
            self._inside[name] = [
                (group, answer)
                for group, answer in self._in_set[key]
                if self._groups[group].isdisjoint(out)
            ]
        return self._inside[name]

    def units(self, group: int) -> int:
        """Return the variable of the units of a group."""
        return group

    def replying(self, group: int, wave: int, units: frozenset[int | str]) -> Sum:
        """Return how many of a group replied in a wave, in the sets where these `units` of it did."""
        return {self._number(group, wave, units): 1.0}

    def unite(self, key: str, codes: tuple[str, ...]) -> list[Fact]:
        """Add the people of one or more of several options in a set, if they are not there yet."""
        if not self._several or len(codes) < 2 or codes in self._offsets:
            return []
        new = [where for where in self.inside(key) if (*where, codes) not in self._numbers]
        return [fact for where in new for fact in self._union(*where, codes)]

    def _number(self, *name: Any) -> int:
        """Return the variable of a name that no block has."""
        return self._numbers.setdefault(name, len(self))

    def _choices(self, group: int, answer: int) -> Iterator[Fact]:
        units, options = self.units(group), self._question.options
        if answer in (NO_ANSWER, NO_REPLY):
            other = BLANK if answer == NO_REPLY else SILENT
            yield Fact(self.of(group, answer, (*options, other)), 0, 0, of_each=True)
        every = self.of(group, answer, (*options, BLANK, SILENT))
        yield Fact(added((every, 1), ({units: 1.0}, -1)), 0, 0, of_each=True)
        if self._question.kind is Kind.SEVERAL and len(options) > 1:
            yield from self._union(group, answer, options)

    def _union(self, group: int, answer: int, codes: tuple[str, ...]) -> Iterator[Fact]:
        union, answered = (
            next(iter(self.of(group, answer, one))) for one in (codes, self._question.options)
        )
        parts = [next(iter(self.of(group, answer, (code,)))) for code in codes]
        if union != answered:
            yield Fact({union: 1.0, answered: -1.0}, -np.inf, 0, of_each=True)
        yield Fact({**dict.fromkeys(parts, 1.0), union: -1.0}, 0, np.inf, of_each=True)
        for part in parts:
            yield Fact({union: 1.0, part: -1.0}, 0, np.inf, of_each=True)
