"""Nobody finds a count of a few people who also knows how many replied in each of two waves.

A question of two waves counts the latest answer of each person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from random import Random

import highspy
import numpy as np
import pytest

from analysis.disclosure.crowds import Crowd, of_person
from analysis.disclosure.protection import protected
from analysis.disclosure.question import Kind, Question, Row, WaveReplies
from analysis.findings.questions import REPLIED, counted_sets
from tests.analysis.disclosure.attacker import Attacker
from tests.analysis.disclosure.worlds import SILENT, Said, World, question, random_world

WAVES = "ab"
SUBSETS: tuple[str, ...] = ("a", "b", "ab")
"""In which of the waves somebody can reply."""
Replied = Mapping[tuple[int, str], str]
"""In which waves each guest replied about each workshop."""


def waves_of(world: World, seed: int) -> Replied:
    """Return in which waves each guest replied; who is silent in none."""
    draw, often = Random(seed), Random(seed).choice(((1, 1, 1), (1, 1, 9), (9, 1, 9)))
    return {
        (guest.number, workshop): "" if said == SILENT else draw.choices(SUBSETS, often)[0]
        for guest in world.guests
        for workshop, said in guest.said
    }


def in_wave(world: World, replied: Replied, wave: str, place: str = "") -> dict[str, set[int]]:
    """Return who of a set replied in a wave, without the people of a place."""
    return {
        key: {
            guest.number
            for guest in world.of(key)
            if not place or guest.place != place
            if any(wave in replied[guest.number, w] for w in guest.workshops if w in held)
        }
        for key, held in world.sets.items()
    }


def told_in(world: World, replied: Replied, wave: str) -> frozenset[str]:
    """Return the sets of which it is told how many replied in a wave."""
    crowds: dict[str, Crowd] = {
        key: {
            f"{guest.number} {workshop}": of_person(
                guest.number, guest.place, (there,), (workshop, there)
            )
            for guest in world.of(key)
            for workshop in guest.workshops
            if workshop in held
            for there in [REPLIED if wave in replied[guest.number, workshop] else "silent"]
        }
        for key, held in world.sets.items()
    }
    return counted_sets(Question((REPLIED, "silent"), Kind.ONE, crowds))


class Beside(Attacker):
    """An attacker who knows the replies of each wave in the sets that tell them, too."""

    def __init__(
        self,
        world: World,
        asked: Question,
        told: Mapping[str, tuple[Row, ...]],
        replied: Replied,
        waves: tuple[WaveReplies, ...],
        place: str = "",
    ) -> None:
        super().__init__(world, asked, told, place)
        parts = [[*self._parts(column)] for column in self.columns]
        self._add(sum(map(len, parts)))
        first, every = len(self.columns), []
        for number, ways in enumerate(parts):
            own = [*range(first, first + len(ways))]
            self._row([number, *own], [-1.0, *(1.0 for _ in own)], 0)
            every += zip(own, ways, strict=True)
            first += len(ways)
        for wave, found in zip(WAVES, waves, strict=True):
            there = in_wave(world, replied, wave, place)
            for key in sorted(found.told):
                held = world.sets[key]
                numbers = [n for n, way in every if any(wave in way.get(w, "") for w in held)]
                self._row(numbers, [1.0] * len(numbers), len(there[key]))

    def _parts(self, column: tuple[tuple[str, Said], ...]) -> Iterator[dict[str, str]]:
        """Yield in which waves people who said the same may have replied, by workshop."""
        ways = [("",) if said == SILENT else SUBSETS for _, said in column]
        for way in product(*ways):
            yield dict(zip((workshop for workshop, _ in column), way, strict=True))

    def _add(self, number: int) -> None:
        first = len(self.columns)
        self.solver.addVars(
            number, np.zeros(number), np.full(number, float(len(self.world.guests)))
        )
        places = np.arange(first, first + number, dtype=np.int32)
        integer = np.full(number, highspy.HighsVarType.kInteger)
        self.solver.changeColsIntegrality(number, places, integer)

    def _row(self, numbers: list[int], weights: list[float], value: int) -> None:
        places = np.array(numbers, np.int32)
        self.solver.addRow(value, value, len(numbers), places, np.array(weights))


@pytest.mark.parametrize("seed", range(8))
def test_neither_outsiders_nor_members_find_a_few_beside_the_replies_of_two_waves(
    seed: int,
) -> None:
    world = random_world(seed)
    replied = waves_of(world, seed)
    units = (
        {key: frozenset[int | str](them) for key, them in in_wave(world, replied, w).items()}
        for w in WAVES
    )
    told = (told_in(world, replied, wave) for wave in WAVES)
    waves = tuple(map(WaveReplies, units, told))
    asked, tables = protected(replace(question(world), waves=waves))
    people = [guest.place for guest in world.guests]
    largest = max(sorted({*people}), key=people.count)
    for reader in ("", *([largest] if people.count(largest) >= 5 else [])):
        assert list(Beside(world, asked, tables, replied, waves, reader).finds()) == [], reader
