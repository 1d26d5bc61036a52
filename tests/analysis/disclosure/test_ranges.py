"""The program of a reader: what a count can be beside all that is told."""

import numpy as np
import pytest

from analysis.disclosure.everybody import Everybody
from analysis.disclosure.facts import Fact
from analysis.disclosure.groups import groups_of
from analysis.disclosure.merging import rows
from analysis.disclosure.printed import base, counted, told
from analysis.disclosure.program import Left, Program
from analysis.disclosure.question import Kind
from analysis.disclosure.ranges import Found, Ranges, Wanted, telling
from analysis.disclosure.variables import Variables
from tests.analysis.disclosure.worlds import Guest, World, question

SETS = {"all": ("A", "B"), "A": ("A",)}


def world(*guests: tuple[tuple[str, tuple[str, ...]], ...]) -> World:
    people = tuple(Guest(n, f"place {n}", said) for n, said in enumerate(guests))
    return World(("x", "y"), Kind.ONE, people, SETS)


def ranges_of(asked: World) -> tuple[Variables, Ranges]:
    """Return the variables of a question and the ranges of an outsider who has read nothing of it."""
    one = question(asked)
    variables = Variables(one, Everybody.of(one))
    program = Program(variables)
    program.add(variables.facts)
    return variables, Ranges(program, Left(program, one))


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
    one, ranges = ranges_of(world(*[(("A", ("x",)),)] * 3))
    number = len(one)
    ranges.program.add([Fact({0: 1.0}, 3, 3), Fact({1: 1.0}, 3, 3, "all")])
    known, found = Wanted({0: 1.0}, exact=True), Wanted({1: 1.0}, exact=True)
    place, holding, before = ranges.first_found([known, found])
    assert place == 1 and before == [0] and number == len(one)
    assert holding and holding.bases == ("all",)
    assert ranges.first_found([known]) == Found(1, None, [0])


def test_people_are_told_apart_by_their_sets_and_by_their_answers_there() -> None:
    guests = ((("A", ("x",)),), (("B", ("x",)),), (("A", ("x",)), ("B", ("y",))))
    groups = groups_of(question(world(*guests)).crowds)
    assert len({*groups.values()}) == 3
    assert groups[2] == (("all", 0), ("A", 1))


def test_the_rest_of_two_sets_is_found_exactly() -> None:
    guests = [(("A", (code,)),) for code in "xxxxxxyyyyyy"]
    guests += [(("B", (code,)),) for code in "xxyyyyyy"]
    asked = question(world(*guests))
    variables, ranges = ranges_of(world(*guests))
    for key in SETS:
        ranges.program.add(told(asked, key, rows(asked, key), variables, asked))
    rest = counted(variables, "all", ("x",), ("A",))
    holding = ranges.first_found([Wanted(rest, exact=True)]).holding
    assert holding and {key for key, _ in holding.rows} == {"all", "A"}


def test_a_base_is_the_people_that_answered() -> None:
    asked = world(*[(("A", ("x",)),)] * 9)
    assert base(question(asked), "A", ranges_of(asked)[0]).low == 9


def test_a_program_prints_nothing_into_a_report_in_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    _, ranges = ranges_of(world(*[(("A", ("x",)),)] * 5))
    assert ranges.first_found([Wanted({1: 1.0}, exact=False)]) == Found(1, None, [])
    assert capfd.readouterr() == ("", "")
