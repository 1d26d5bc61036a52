"""The program of a reader: what a count can be beside all that is told."""

import pytest

from analysis.disclosure.merging import Kind, rows
from analysis.disclosure.protection import Reader
from analysis.disclosure.ranges import Fact, Program, Range, base, counted, groups_of, told
from tests.analysis.disclosure.worlds import Guest, World, question

SETS = {"all": ("A", "B"), "A": ("A",)}


def world(*guests: tuple[tuple[str, tuple[str, ...]], ...]) -> World:
    people = tuple(Guest(n, f"place {n}", said) for n, said in enumerate(guests))
    return World(("x", "y"), Kind.ONE, people, SETS)


def test_a_range_of_three_numbers_below_five_is_narrow() -> None:
    assert Range(2, 4).narrow
    assert not Range(1, 4).narrow
    assert not Range(3, 5).narrow


def test_people_are_told_apart_by_their_sets_and_by_their_answers_there() -> None:
    guests = ((("A", ("x",)),), (("B", ("x",)),), (("A", ("x",)), ("B", ("y",))))
    groups = groups_of(question(world(*guests)).crowds)
    assert sorted(groups.values()) == [1, 1, 1]
    assert (("all", 0), ("A", 1)) in groups


def test_the_rest_of_two_sets_is_found_exactly() -> None:
    guests = [(("A", (code,)),) for code in "xxxxxxyyyyyy"]
    guests += [(("B", (code,)),) for code in "xxyyyyyy"]
    asked = question(world(*guests))
    reader = Reader(asked, asked)
    for key in SETS:
        reader.program.add(
            len(reader.variables),
            told(asked, key, rows(asked, key), reader.variables, asked),
        )
    rest = counted(reader.variables, "all", ("x",), ("A",))
    found = reader.program.range_of(rest, lambda _: True)
    assert (found.least, found.greatest) == (2, 2)
    assert {key for key, _ in found.binding} == {"all", "A"}


def test_a_base_is_the_people_that_answered() -> None:
    asked = question(world(*[(("A", ("x",)),)] * 9))
    assert base(asked, "A", Reader(asked, asked).variables).low == 9


def test_a_program_prints_nothing_into_a_report_in_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    program = Program()
    program.add(1, [Fact({0: 1.0}, 0, 5)])
    assert program.range_of({0: 1.0}, lambda found: found.narrow).greatest == 5
    assert capfd.readouterr() == ("", "")
