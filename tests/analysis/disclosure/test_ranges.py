"""The program of a reader: what a count can be beside all that is told."""

import numpy as np
import pytest

from analysis.disclosure.everybody import Everybody
from analysis.disclosure.groups import groups_of
from analysis.disclosure.merging import rows
from analysis.disclosure.question import Kind
from analysis.disclosure.ranges import Program, Wanted, telling
from analysis.disclosure.readers import Reader
from analysis.disclosure.variables import Fact, base, counted, told
from tests.analysis.disclosure.worlds import Guest, World, question

SETS = {"all": ("A", "B"), "A": ("A",)}


def world(*guests: tuple[tuple[str, tuple[str, ...]], ...]) -> World:
    people = tuple(Guest(n, f"place {n}", said) for n, said in enumerate(guests))
    return World(("x", "y"), Kind.ONE, people, SETS)


def tells(least: float, greatest: float, exact: bool = False) -> bool:
    return bool(telling(np.array([least]), np.array([greatest]), np.array([exact])).any())


def test_a_range_of_three_numbers_below_five_is_narrow() -> None:
    assert tells(2, 4)
    assert not tells(1, 4)
    assert not tells(3, 5)


def test_a_range_is_exact_when_one_whole_number_lies_in_it_or_none() -> None:
    assert tells(3, 3.5, exact=True)
    assert tells(3.2, 3.8, exact=True)
    assert not tells(3, 4, exact=True)


def test_a_sum_that_the_workshops_themselves_tell_is_not_found() -> None:
    program = Program()
    program.add(2, [Fact({0: 1.0}, 2, 2), Fact({1: 1.0}, 0, 9), Fact({1: 1.0}, 3, 3, "all")])
    known, found = Wanted({0: 1.0}, exact=True), Wanted({1: 1.0}, exact=True)
    place, holding = program.first_found([known, found])
    assert place == 1
    assert holding and holding.bases == ("all",)
    assert program.first_found([known]) == (1, None)


def test_people_are_told_apart_by_their_sets_and_by_their_answers_there() -> None:
    guests = ((("A", ("x",)),), (("B", ("x",)),), (("A", ("x",)), ("B", ("y",))))
    groups = groups_of(question(world(*guests)).crowds)
    assert len({*groups.values()}) == 3
    assert groups[2] == (("all", 0), ("A", 1))


def test_the_rest_of_two_sets_is_found_exactly() -> None:
    guests = [(("A", (code,)),) for code in "xxxxxxyyyyyy"]
    guests += [(("B", (code,)),) for code in "xxyyyyyy"]
    asked = question(world(*guests))
    reader = Reader(asked, asked, Everybody.of(asked))
    for key in SETS:
        reader.program.add(
            len(reader.variables),
            told(asked, key, rows(asked, key), reader.variables, asked),
        )
    rest = counted(reader.variables, "all", ("x",), ("A",))
    _, holding = reader.program.first_found([Wanted(rest, exact=True)])
    assert holding and {key for key, _ in holding.rows} == {"all", "A"}


def test_a_base_is_the_people_that_answered() -> None:
    asked = question(world(*[(("A", ("x",)),)] * 9))
    assert base(asked, "A", Reader(asked, asked, Everybody.of(asked)).variables).low == 9


def test_a_program_prints_nothing_into_a_report_in_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    program = Program()
    program.add(1, [Fact({0: 1.0}, 0, 5)])
    assert program.first_found([Wanted({0: 1.0}, exact=False)]) == (1, None)
    assert capfd.readouterr() == ("", "")
