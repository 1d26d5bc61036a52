"""No reader of all reports finds a count of one to four people, however it is computed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import pytest

from analysis.disclosure.bases import first_tables, members
from analysis.disclosure.crowds import Answer, choosing, of_person, stands
from analysis.disclosure.merging import largest
from analysis.disclosure.protection import Work, found_beside, protected
from analysis.disclosure.question import Kind, Question, Row, Telling, WaveReplies
from analysis.disclosure.telling_less import tables_of
from analysis.findings.questions import blank
from tests.analysis.disclosure.attacker import Attacker
from tests.analysis.disclosure.worlds import SILENT, Guest, World, question, random_world

SURVEYS, SOME, FEW, SLICES = 200, 40, 8, 20
READERS = 2
"""The administrations with most people of each survey; others know less."""
TOGETHER = pytest.mark.xdist_group("some surveys")
"""One worker runs the tests of the same surveys, which are worked out once."""


@lru_cache(maxsize=SURVEYS)
def told(seed: int) -> tuple[World, Question, Mapping[str, tuple[Row, ...]]]:
    world = random_world(seed)
    return world, *protected(question(world))


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(first, marks=[TOGETHER] if first < SOME else [])
        for first in range(0, SURVEYS, SURVEYS // SLICES)
    ],
)
def test_t12_neither_outsiders_nor_members_find_a_count_of_a_few_people(first: int) -> None:
    """Slow on purpose: integer programs of 200 surveys, in slices of ten."""
    for seed in range(first, first + SURVEYS // SLICES):
        world, asked, tables = told(seed)
        people = Counter(guest.place for guest in world.guests)
        readers = [place for place, number in people.most_common(READERS) if number >= 5]
        for reader in ("", *readers):
            assert list(Attacker(world, asked, tables, reader).finds()) == [], (seed, reader)


@TOGETHER
def test_t12_every_printed_count_and_its_rest_are_five_people_of_three_administrations() -> None:
    for seed in range(SOME):
        _, asked, tables = told(seed)
        for key, rows in tables.items():
            crowd, places = asked.crowds[key], asked.places_of(key)
            for row in (row for row in rows if row.telling is Telling.COUNT):
                inside = choosing(crowd, row.codes)
                rest = [one for one in crowd.values() if one not in inside]
                for units in (inside, rest) if len(rows) > 1 or rest else (inside,):
                    assert stands({p for one in units for p in one.asked}, places), (seed, key)


@TOGETHER
def test_the_largest_has_a_row_of_its_own_wherever_an_unordered_question_is_told() -> None:
    for seed in range(SOME):
        _, asked, tables = told(seed)
        for key, rows in tables.items():
            if asked.kind is not Kind.ORDERED:
                alone = {row.codes[0] for row in rows if len(row.codes) == 1}
                assert largest(asked.crowds[key], asked.options) <= alone, (seed, key)


@TOGETHER
def test_something_is_told_of_most_surveys() -> None:
    kept = [bool(tables) for _, _, tables in map(told, range(SOME))]
    assert sum(kept) > 0.9 * SOME


@TOGETHER
def test_a_table_is_hidden_only_if_it_would_tell_of_a_few_beside_the_others_however_merged() -> (
    None
):
    for seed in range(FEW):
        _, asked, tables = told(seed)
        sizes = sorted((-len(crowd), key) for key, crowd in asked.crowds.items())
        in_order = replace(asked, crowds={key: asked.crowds[key] for _, key in sizes})
        for key in {*first_tables(in_order)} - {*tables}:
            for rows in tables_of(asked, key):
                assert found_beside(asked, {**tables, key: rows}, ()), (seed, key)


def test_a_question_is_worked_out_once_and_again_when_an_answer_has_changed() -> None:
    first, again, other = Work(), Work(), Work()
    asked = question(random_world(SURVEYS))
    found = protected(asked, first)
    assert first.variables and first.facts and first.programs
    assert protected(question(random_world(SURVEYS)), again) == found
    assert again == Work()
    key, unit = next((key, unit) for key, crowd in asked.crowds.items() for unit in crowd)
    fewer = {**asked.crowds, key: {u: a for u, a in asked.crowds[key].items() if u != unit}}
    protected(replace(asked, crowds=fewer), other)
    assert other.programs


def test_members_are_administrations_with_five_people_or_more_who_were_asked() -> None:
    places = ["FJ"] * 5 + ["WS"] * 4
    guests = tuple(Guest(n, place, (("A", ("x",)),)) for n, place in enumerate(places))
    world = World(("x", "y"), Kind.ONE, guests, {"all": ("A",)})
    assert members(question(world)) == ["FJ"]


def test_a_member_whose_people_are_most_of_the_others_does_not_find_the_last_one() -> None:
    """All but four of 24 said x: three of a member said y, so it would know of one more at most."""
    said = [("FJ", "y")] * 3 + [("FJ", "x")] * 2
    said += [(f"place {n}", "xy"[n == 0]) for n in range(19)]
    guests = tuple(Guest(n, place, (("A", (code,)),)) for n, (place, code) in enumerate(said))
    world = World(("x", "y"), Kind.ONE, guests, {"all": ("A",)})
    asked, tables = protected(question(world))
    assert list(Attacker(world, asked, tables, "FJ").finds()) == []


def test_a_set_of_which_nothing_is_told_is_protected_from_all_others() -> None:
    """Nothing is told of the small workshop, which is what all have beyond the large one."""
    said = [("A", "x")] * 9 + [("A", "y")] * 9 + [("B", "x")] * 2 + [("B", "y")] * 3
    guests = tuple(
        Guest(n, f"place {n}", ((workshop, (code,)),)) for n, (workshop, code) in enumerate(said)
    )
    sets = {"all": ("A", "B"), "A": ("A",), "B": ("B",)}
    _, tables = protected(question(World(("x", "y"), Kind.ONE, guests, sets)))
    assert "B" not in tables
    assert {"all", "A"} - {*tables}


def test_silence_of_a_few_is_not_the_difference_of_two_bases() -> None:
    """Seven of all are silent, five of them in A: the bases would tell the two of B."""
    guests = tuple(
        Guest(n, f"place {n}", (("A" if n < 30 else "B", SILENT if silent else ("xy"[n % 2],)),))
        for n in range(60)
        for silent in [n < 5 or n in (30, 31)]
    )
    sets = {"all": ("A", "B"), "A": ("A",), "B": ("B",)}
    world = World(("x", "y"), Kind.ONE, guests, sets)
    asked, tables = protected(question(world))
    assert asked.blanks == {*sets}
    assert list(Attacker(world, asked, tables).finds()) == []


def test_beside_the_replies_nobody_is_left_over_of_those_without_an_answer() -> None:
    people = {number: f"place {number}" for number in range(33)}
    crowd: dict[int | str, Answer] = {
        number: of_person(number, place, ("not",) if number < 1 else ("use",), ())
        for number, place in people.items()
        if number < 24
    }
    crowd |= blank({n: place for n, place in people.items() if n >= 24}, silent=True)
    asked = Question(("not", "use"), Kind.ORDERED, {"all": crowd}, frozenset({"all"}), (1,))
    _, tables = protected(asked)
    assert [row.units for row in tables["all"]] == [10, 23], "ten did not reply or do not use it"
    _, tables = protected(replace(asked, replies=frozenset({"all"})))
    assert tables == {}, "nine did not reply, so one does not use it"


def test_beside_the_replies_of_two_waves_nobody_is_left_over_either() -> None:
    """Ten replied in one wave and twelve in the other, so eight or more of 30 in none of them."""
    people = {number: f"place {number}" for number in range(30)}
    crowd: dict[int | str, Answer] = {
        number: of_person(number, place, ("not",) if number < 1 else ("use",), ())
        for number, place in people.items()
        if number < 22
    }
    crowd |= blank({n: place for n, place in people.items() if n >= 22}, silent=True)
    asked = Question(("not", "use"), Kind.ORDERED, {"all": crowd}, frozenset({"all"}), (1,))
    _, tables = protected(asked)
    assert [row.units for row in tables["all"]] == [9, 21], "nine are silent or do not use it"
    waves = [frozenset[int | str](range(*ends)) for ends in ((10,), (10, 22))]
    told = tuple(WaveReplies({"all": units}, frozenset({"all"})) for units in waves)
    _, tables = protected(replace(asked, waves=told))
    assert tables == {}, "one at most does not use it"
    untold = (told[0], replace(told[1], told=frozenset()))
    _, tables = protected(replace(asked, waves=untold))
    assert "all" in tables, "how many replied in the other wave is not told"
