"""What `make bench` says of several runs. Nothing is measured here."""

from tests.benchmarks.__main__ import BENCHMARKS, BY_NAME, ONCE, _line
from tests.benchmarks.figure import Figure, middle
from tests.benchmarks.missed import missed_since


def ratio(value: float) -> Figure:
    return Figure(value, "", "at least 0.8", value >= 0.8)


def test_of_three_runs_the_one_in_the_middle_is_told_with_the_spread() -> None:
    told = middle([ratio(0.9), ratio(0.6), ratio(0.72)])
    assert (told.value, told.met, told.spread) == (0.72, False, (0.6, 0.9))


def test_what_was_measured_once_has_no_spread() -> None:
    assert middle([ratio(0.9)]) == ratio(0.9)
    assert middle([Figure(None, "(not installed)"), ratio(0.9)]) == ratio(0.9)


def test_a_row_that_misses_says_by_how_much_and_since_when() -> None:
    line = _line("tap", "to bare", ratio(0.6), "2026-11-25")
    assert line.endswith("at least 0.8   MISSED by 25 %, since 2026-11-25")
    assert _line("tap", "to bare", ratio(0.8), "").endswith("at least 0.8   ok")


def test_each_goal_that_is_missed_is_one_of_a_benchmark() -> None:
    known = {*BENCHMARKS, *ONCE, *BY_NAME}
    named = missed_since()
    assert named
    assert {row.partition(": ")[0] for row in named} <= known
