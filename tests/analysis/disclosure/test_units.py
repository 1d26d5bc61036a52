"""Units as bits: what readers of a part know is what its own units would say."""

from itertools import combinations

import pytest

from analysis.disclosure.bases import members
from analysis.disclosure.everybody import Everybody, Places
from analysis.disclosure.question import Question
from analysis.disclosure.rests import Rest, rests_of
from analysis.disclosure.units import UnitBits, each, is_part
from tests.analysis.disclosure.worlds import Guest, World, question, random_world

SURVEYS = 40


@pytest.mark.parametrize("seed", range(SURVEYS))
def test_what_a_member_does_not_know_is_as_if_its_people_had_never_been_there(seed: int) -> None:
    asked = question(random_world(seed))
    known = Places(asked)
    for one in members(asked):
        alone, gone = Everybody.of(known.without({one})), known.gone({one})
        assert gone is not None
        left = known.everybody.units.without(gone)
        assert left.sizes == alone.units.sizes
        assert told(rests_of(left)) == told(rests_of(alone.units))


def test_somebody_who_came_from_two_administrations_is_no_part_that_can_be_taken_off() -> None:
    said = ("v",)
    guests = [
        Guest(n, f"place {n % 2}", (("A", said), ("B", ("w",))) if n < 3 else (("A", said),))
        for n in range(12)
    ]
    sets = {"all": ("A", "B"), "A": ("A",), "B": ("B",)}
    asked = question(World(("v", "w"), random_world(0).kind, tuple(guests), sets))
    moved = {
        key: {unit: one for unit, one in crowd.items() if key != "B" or unit != 1}
        for key, crowd in asked.crowds.items()
    }
    moved["B"][1] = asked.crowds["B"][2]
    known = Places(Question(asked.options, asked.kind, moved, asked=asked.asked))
    assert known.gone({"place 0"}) is None
    assert known.gone({"place 1"}) is None


def told(rests: list[Rest]) -> list[object]:
    return [
        (
            one.key,
            one.out,
            {code: (units.bit_count(), one.few(units)) for code, units in choices(one).items()},
        )
        for one in rests
    ]


def choices(rest: Rest) -> dict[str, int]:
    """The units of each code that somebody chose."""
    found = {code: rest.choosing([code]) for code in rest.every.said[rest.key]}
    return {code: units for code, units in found.items() if units}


@pytest.mark.parametrize("seed", range(SURVEYS))
def test_bits_say_what_sets_of_units_say(seed: int) -> None:
    crowds = question(random_world(seed)).crowds
    units = UnitBits.of(crowds)
    for one, other in combinations(crowds, 2):
        left = {*crowds[one]} - {*crowds[other]}
        bits = units.whole[one] & ~units.whole[other]
        people = {person for unit in left for person in crowds[one][unit].asked}
        assert units.together(left) == bits == sum(each(bits))
        assert is_part(units.whole[one], units.whole[other]) == ({*crowds[one]} < {*crowds[other]})
        assert units.of_few(one, bits) == (0 < len(people) < 5)
